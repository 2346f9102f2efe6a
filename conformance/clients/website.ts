// This is a small website that uses a client: it listens on a free port of this machine, so that a browser can come
// back to it.
import type { WorldSeed } from '@hallpass/server/testing';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { worldWithApp } from '../src/stage/cast.ts';

type Asked = IncomingMessage & { query: Record<string, string> };
type Answering = (request: Asked, response: ServerResponse) => void;

export interface Website {
  /** Without a final slash. */
  url: string;
  /** Says who answers from now on. */
  answer(answering: Answering): void;
  close(): Promise<void>;
}

/**
 * Opens the port before there is anything to answer, so that the address of the callback is known when the world is
 * made.
 */
export async function openWebsite(): Promise<Website> {
  let answering: Answering = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => {
    const query = Object.fromEntries(new URL(request.url ?? '/', 'http://localhost').searchParams);
    answering(Object.assign(request, { query }), response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    answer: (next) => void (answering = next),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The cast, with `callback` registered for its app Shop, which does not insist on https. */
export const worldWithCallback = (callback: string): WorldSeed =>
  worldWithApp('shop', { enforceHttps: false, redirectUris: [callback] });
