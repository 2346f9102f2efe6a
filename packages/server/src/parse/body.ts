// This module reads the body of a request: inflated within limits, then read as it is declared. Mobile SDKs send gzip;
// Meta's server SDK sends a JSON body with every GET.
import { gunzip, type ZlibOptions } from 'node:zlib';
import { graphError } from '@hallpass/protocol';
import { type GatheredParams, limits, readBodyBytes, readContentType } from '@hallpass/protocol/request';
import type { HttpRequest } from '../wire/call.ts';
import type { Work } from '../wire/work.ts';

/** Takes in the parameters of a body that is not empty; a promise only where it has to be inflated. */
export function readBody(incoming: HttpRequest, into: GatheredParams, work: Work): void | Promise<void> {
  const { headers } = incoming;
  const type = readContentType(headers['content-type']);
  const bytes = Buffer.from(incoming.body.buffer, incoming.body.byteOffset, incoming.body.byteLength);
  if (bytes.length > limits.body) throw graphError('param.body_too_large');
  const encoding = headers['content-encoding'];
  if (encoding === undefined || encoding === '' || encoding === 'identity') return readBodyBytes(bytes, type, into);
  if (!/^(?:x-)?gzip$/i.test(encoding)) throw graphError('param.encoding');
  return inflate(bytes).then((plain) => {
    work.spend('byte', plain.length);
    return readBodyBytes(plain, type, into);
  });
}

/** Inflates as a stream: it stops when more than a body may have has come out. */
function inflate(bytes: Buffer): Promise<Buffer> {
  const options: ZlibOptions = { maxOutputLength: limits.body, info: true };
  return new Promise((resolve, reject) => {
    gunzip(bytes, options, (error, result) => {
      if (error)
        return reject(
          (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
            ? graphError('param.body_too_large')
            : graphError('param.request'),
        );
      // With `info` the result names the engine as well; bytes it did not use are something hidden behind the end.
      const { buffer, engine } = result as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
      if (engine.bytesWritten !== bytes.length) return reject(graphError('param.request'));
      resolve(buffer);
    });
  });
}
