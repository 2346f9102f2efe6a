// Takes a body off the socket, and no more than may be: too much is known before anything else is looked at.
import type { IncomingMessage } from 'node:http';

const nothing = new Uint8Array(0);

/** Finds out whether a request announces a body, and of how many bytes (undefined if it comes in chunks). */
export function announcedBody(headers: Readonly<Record<string, string>>): { any: boolean; length: number | undefined } {
  if (headers['transfer-encoding'] !== undefined) return { any: true, length: undefined };
  const length = Number(headers['content-length'] ?? 0);
  return { any: length > 0, length };
}

/** Reads to the end. Undefined where more than `limit` bytes come; rejects when the sender goes away. */
export function readBytes(request: IncomingMessage, limit: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length > limit) {
        request.off('data', onData);
        resolve(undefined);
      } else chunks.push(chunk);
    };
    request.on('data', onData);
    request.once('end', () =>
      resolve(chunks.length === 1 ? chunks[0] : chunks.length === 0 ? nothing : Buffer.concat(chunks)),
    );
    request.once('error', reject);
  });
}
