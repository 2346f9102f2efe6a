// This is the server of an app, for tests: a real one on this machine that keeps what it was sent, and a way out to it
// without the fence (the real one is tested with the command line, which owns it).
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Outbound } from '../../src/index.ts';
import type { TestWorld } from '../world.ts';

export interface Got {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface Receiver {
  url: string;
  got: Got[];
  /** The answer of the receiver; 200 without a body unless set. */
  answer: (got: Got, response: ServerResponse) => void;
  /** Resolves when `count` requests have come in all. */
  received(count: number): Promise<Got[]>;
  outbound: Outbound;
  close(): Promise<void>;
}

export async function receiver(): Promise<Receiver> {
  let heard = (): void => {};
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const url = new URL(request.url ?? '/', 'http://receiver');
    const got = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(parts).toString(),
    };
    it.got.push(got);
    it.answer(got, response);
    heard();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const it: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    got: [],
    answer: (_got, response) => void response.end(),
    async received(count) {
      while (it.got.length < count) await new Promise<void>((resolve) => void (heard = resolve));
      return it.got;
    },
    outbound: {
      async send({ url, method, headers, body }) {
        try {
          const response = await fetch(url, {
            method,
            headers: { ...headers },
            body: body ?? null,
            redirect: 'manual',
          });
          return {
            ms: 1,
            status: response.status,
            reason: response.statusText,
            body: await response.text(),
          };
        } catch {
          return { ms: 1, fault: 'unreachable' };
        }
      },
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return it;
}

/** A server that answers what an app answers to hub.challenge, and 200 to all else. */
export function answersChallenges(it: Receiver): void {
  it.answer = ({ query }, response) => void response.end(query.get('hub.challenge') ?? '');
}

/** Resolves when nothing of the outbox is being sent or due. */
export async function settled({ server: { installation }, clock }: TestWorld): Promise<void> {
  const busy = () =>
    installation.db.read
      .selectFrom('outbox')
      .select('id')
      .where('state', '=', 'waiting')
      .where((e) => e.or([e('due_at', '<=', clock.now()), e('lease_owner', 'is not', null)]))
      .limit(1)
      .execute();
  while ((await busy()).length > 0) await new Promise((resolve) => void setImmediate(resolve));
}
