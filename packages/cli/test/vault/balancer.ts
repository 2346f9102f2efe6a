// A load balancer for tests, as simple as there are: every request goes to the next process in turn, and where that one is
// gone, to the one after it.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Balancer {
  url: string;
  /** Addresses of the processes, in their turn. */
  targets: string[];
  /** The addresses that were asked so far. */
  asked: string[];
  close(): void;
}

export async function startBalancer(): Promise<Balancer> {
  const targets: string[] = [];
  const asked: string[] = [];
  let turn = 0;
  const server = createServer((incoming, outgoing) => void balance(incoming, outgoing));
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    targets,
    asked,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };

  async function balance(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const first = turn++;
    for (let tries = 0; tries < targets.length; tries++) {
      const target = targets[(first + tries) % targets.length] ?? '';
      if (await passOn(target, incoming, body, outgoing)) return;
    }
    outgoing.writeHead(502).end();
  }

  /** Answers false where nobody took the request. */
  function passOn(target: string, incoming: IncomingMessage, body: Buffer, outgoing: ServerResponse): Promise<boolean> {
    const { method, url = '/', headers } = incoming;
    return new Promise((resolve) => {
      const asking = request(`${target}${url}`, { method, headers, agent: false }, (answer) => {
        asked.push(target);
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.on('error', () => outgoing.destroy());
        answer.pipe(outgoing);
        resolve(true);
      });
      asking.on('error', () => {
        if (outgoing.headersSent) outgoing.destroy();
        resolve(outgoing.headersSent);
      });
      asking.end(body);
    });
  }
}
