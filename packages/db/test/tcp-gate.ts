// Stands between a client and PostgreSQL and breaks the line in the ways networks do.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface Gate {
  /** The address of the database, through the gate. */
  url: string;
  /** Ends all connections, as a restart does. New ones are let in, unless `refusing`. */
  cut(): void;
  /** Ends all connections and lets no new one in, as while the server is down. */
  shut(): void;
  /** Everything passes again, on new connections. */
  open(): void;
  /** New connections are ended at once. */
  refusing: boolean;
  /** Nothing passes any more and nobody is told, as when a cable is pulled. */
  silent: boolean;
  /** Ends the connection right after it has passed this text on to the database. */
  cutAfter: string | undefined;
  close(): Promise<void>;
}

export async function openGate(url: string): Promise<Gate> {
  const target = new URL(url);
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    if (gate.refusing) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(target.port || 5432), target.hostname);
    clients.add(client);
    client.on('data', (data) => {
      if (gate.silent) return;
      upstream.write(data);
      if (gate.cutAfter !== undefined && data.includes(gate.cutAfter)) client.destroy();
    });
    upstream.on('data', (data) => gate.silent || client.write(data));
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => {});
      one.on('close', () => {
        clients.delete(client);
        // Bytes that were already passed on still arrive.
        other.end();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  const gate: Gate = {
    url: through.href,
    refusing: false,
    silent: false,
    cutAfter: undefined,
    cut: () => {
      for (const client of clients) client.destroy();
    },
    shut() {
      gate.refusing = true;
      gate.cut();
    },
    open() {
      gate.refusing = false;
      gate.silent = false;
      gate.cut();
    },
    async close() {
      gate.cut();
      server.close();
      await once(server, 'close');
    },
  };
  return gate;
}
