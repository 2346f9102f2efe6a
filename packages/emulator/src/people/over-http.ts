// The way of a headless browser to a server that another process runs.
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { WebTransport } from '@hallpass/server/testing';

/** @param url of the server, without TLS, e.g. `http://localhost:4000` */
export function overHttp(url: string): WebTransport {
  return ({ method, path, headers, body }) =>
    new Promise((resolve, reject) => {
      const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      request(new URL(path, url), { method, headers: { ...headers, ...length } }, (response) => {
        const { statusCode: status = 0, headers: answered } = response;
        text(response).then((body) => resolve({ status, headers: answered, text: body }), reject);
      })
        .on('error', reject)
        .end(body);
    });
}
