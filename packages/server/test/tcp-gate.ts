// Stands between a node and PostgreSQL, and breaks the line as networks do.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface Gate {
  /** The address of the database, through the gate. */
  url: string;
  /** Ends all connections and lets no new one in, as while the server is down. */
  shut(): void;
  /** Nothing passes any more and nobody is told, as when a cable is pulled. */
  silent: boolean;
  open(): void;
  close(): Promise<void>;
}

export async function openGate(url: string): Promise<Gate> {
  const target = new URL(url);
  const clients = new Set<Socket>();
  let refusing = false;
  const server = createServer((client) => {
    if (refusing) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(target.port || 5432), target.hostname);
    clients.add(client);
    client.on('data', (data) => gate.silent || upstream.write(data));
    upstream.on('data', (data) => gate.silent || client.write(data));
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => {});
      one.on('close', () => {
        clients.delete(client);
        other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String((server.address() as AddressInfo).port);
  const cut = (): void => {
    for (const client of clients) client.destroy();
  };
  const gate: Gate = {
    url: through.href,
    silent: false,
    shut() {
      refusing = true;
      cut();
    },
    open() {
      refusing = false;
      gate.silent = false;
      cut();
    },
    async close() {
      refusing = true;
      cut();
      server.close();
      await once(server, 'close');
    },
  };
  return gate;
}
