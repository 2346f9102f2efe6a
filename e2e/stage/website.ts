// This is the website of an app, on a free port of this machine: people come back to it, and it remembers how.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that a browser made. */
interface Arrival {
  path: string;
  query: URLSearchParams;
  referer: string | undefined;
}

export interface Website {
  /** Without a final slash. The same site as the platform in the eyes of a browser, but another origin. */
  url: string;
  /** An address of another site altogether, which serves these pages too. */
  elsewhere: string;
  /** The address to which apps have people sent back. */
  callback: string;
  /** Requests of the callback, first one first. */
  arrivals: Arrival[];
  /** Puts a page at `path`. */
  show(path: string, html: string, headers?: Record<string, string>): void;
  /** Forgets arrivals and pages. */
  clear(): void;
  close(): Promise<void>;
}

export async function openWebsite(): Promise<Website> {
  const arrivals: Arrival[] = [];
  const shown = new Map<string, { html: string; headers: Record<string, string> }>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/callback')
      arrivals.push({ path: url.pathname, query: url.searchParams, referer: request.headers.referer });
    const page = shown.get(url.pathname) ?? {
      html: '<!doctype html><title>The app</title><h1>Back at the app</h1>',
      headers: {},
    };
    response.writeHead(url.pathname === '/favicon.ico' ? 204 : 200, {
      'content-type': 'text/html; charset=utf-8',
      ...page.headers,
    });
    response.end(url.pathname === '/favicon.ico' ? undefined : page.html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://localhost:${port}`;
  return {
    url,
    elsewhere: `http://127.0.0.1:${port}`,
    callback: `${url}/callback`,
    arrivals,
    show: (path, html, headers = {}) => void shown.set(path, { html, headers }),
    clear() {
      arrivals.length = 0;
      shown.clear();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
