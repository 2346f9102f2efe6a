// Makes requests for tests, as the socket would hand them over.
import type { HttpRequest } from '../src/wire/call.ts';

export interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  scheme?: HttpRequest['scheme'];
}

/** `target` is the path with its query. A body of text without a Content-Type header is sent as a form. */
export function incoming(
  target: string,
  { method, headers = {}, body = '', scheme = 'http' }: Asked = {},
): HttpRequest {
  const ask = target.indexOf('?');
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const type: Record<string, string> =
    bytes.length > 0 && headers['content-type'] === undefined
      ? { 'content-type': 'application/x-www-form-urlencoded' }
      : {};
  return {
    method: method ?? (bytes.length > 0 ? 'POST' : 'GET'),
    host: 'graph.hall.example',
    scheme,
    path: ask < 0 ? target : target.slice(0, ask),
    query: ask < 0 ? '' : target.slice(ask + 1),
    headers: { host: 'graph.hall.example', ...type, ...headers },
    body: bytes,
    address: '198.51.100.7',
  };
}
