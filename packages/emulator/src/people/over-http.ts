// The way of a headless browser to a server that another process runs.
import { request } from 'node:http';
import type { WebTransport } from '@hallpass/server/testing';

/** @param url of the server, without TLS, e.g. `http://localhost:4000` */
export function overHttp(url: string): WebTransport {
  return ({ method, path, headers, body }) =>
    new Promise((resolve, reject) => {
      const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      request(new URL(path, url), { method, headers: { ...headers, ...length } }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(parts).toString(),
          }),
        );
      })
        .on('error', reject)
        .end(body);
    });
}
