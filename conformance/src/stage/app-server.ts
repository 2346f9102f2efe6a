// This module runs the server of an app, for cases about calls to it: real, on this machine, and kept from each other
// by a port of their own.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Called {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface AppServer {
  /** Without a final slash. */
  url: string;
  calls: Called[];
  /** Resolves with the first call that fits, also one that is still to come. */
  called(fits: (call: Called) => boolean): Promise<Called>;
}

/** Runs `use` beside a server that answers what `answer` says. */
export async function withAppServer(
  use: (app: AppServer) => Promise<void>,
  answer: (call: Called) => string = () => '',
): Promise<void> {
  const calls: Called[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://app');
    const body = Buffer.concat((await request.toArray()) as Buffer[]).toString();
    const call = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
    };
    response.end(answer(call));
    calls.push(call);
    for (const heard of waiting) heard();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  try {
    await use({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      calls,
      async called(fits) {
        for (;;) {
          const call = calls.find(fits);
          if (call) return call;
          await new Promise<void>((resolve) => {
            const heard = (): void => {
              waiting.delete(heard);
              resolve();
            };
            waiting.add(heard);
          });
        }
      },
    });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
