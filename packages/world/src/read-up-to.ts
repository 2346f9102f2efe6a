// A body that comes in parts is read up to a greatest size, so that a sender without end fills no memory.

/**
 * Reads a stream of bytes to its end.
 *
 * @param most bytes that are taken
 * @returns undefined where more come: then the stream is closed, and its rest is not read
 */
export async function readUpTo(stream: AsyncIterable<Uint8Array>, most: number): Promise<Buffer | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of stream) {
    length += part.length;
    if (length > most) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
