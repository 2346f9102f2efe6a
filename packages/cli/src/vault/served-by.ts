// The service of a vault speaks Request and Response; the socket of this server plain data. An answer that is written line
// by line goes out as it comes.
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { HttpRequest, HttpResponse, ServeOptions } from '@hallpass/server';
import type { Service } from '@hallpass/vault';
import { LINES } from '@hallpass/vault/client';

/** The options of a socket that serve this service. */
export function servedBy(service: Service): Required<Pick<ServeOptions, 'handle' | 'write' | 'longestBody'>> {
  const inLines = new WeakMap<HttpResponse, ReadableStream<Uint8Array>>();
  return {
    async handle(request) {
      const answer = await service.fetch(requestOf(request));
      const { status, headers, body } = answer;
      const plain = { status, headers: Object.fromEntries(headers) };
      if (body === null || headers.get('content-type') !== LINES)
        return { ...plain, body: new Uint8Array(await answer.arrayBuffer()) };
      const lines = { ...plain, body: '' };
      inLines.set(lines, body);
      return lines;
    },
    write(answer, response, usual) {
      const lines = inLines.get(answer);
      if (lines) void send(answer, lines, response);
      else usual();
    },
    async longestBody({ method, url, headers }) {
      const [path = ''] = url.split('?');
      return service.longestBody({ method, path, authorization: headers['authorization'] });
    },
  };
}

function requestOf({ method, scheme, host, path, query, headers, body }: HttpRequest): Request {
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.byteLength > 0;
  return new Request(`${scheme}://${host}${path}${query === '' ? '' : `?${query}`}`, {
    method,
    headers: { ...headers },
    ...(hasBody && { body: Buffer.from(body) }),
  });
}

async function send(
  { status, headers }: HttpResponse,
  lines: ReadableStream<Uint8Array>,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(status, headers);
  // The caller may go away; the work goes on without.
  await pipeline(Readable.fromWeb(lines), response).catch(() => undefined);
}
