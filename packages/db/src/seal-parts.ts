// These parts are common to all forms of sealed text: the place that a value is bound to, and the one spelling of bytes.

/** The place of a sealed value. A row that must not be rolled back to an older value carries its version in `row`. */
export interface SealedLocation {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

/** The sealed text was changed, moved, or made with a key that is not here. Says nothing of the content. */
export class SealError extends Error {
  override readonly name = 'SealError';
}

/**
 * Reads base64url. One spelling of each value is accepted: spare bits in the last letter would be a second one.
 *
 * @throws SealError for another spelling, and for fewer bytes than `least`
 */
export function bytesOf(text: string, least: number): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length < least || bytes.toString('base64url') !== text) throw new SealError('The sealed value is damaged.');
  return bytes;
}

/** Each part stands with its length before it, so that no two places read the same. */
function withLengths(parts: readonly string[]): Buffer {
  const bound = Buffer.alloc(parts.reduce((size, part) => size + 4 + Buffer.byteLength(part), 0));
  let at = 0;
  for (const part of parts) {
    const length = bound.write(part, at + 4);
    bound.writeUInt32BE(length, at);
    at += 4 + length;
  }
  return bound;
}

const MOST_COLUMNS = 100;

/** Binds values of one form and one key to their places. Call it for the bytes of a place: form, key, table, column, row. */
export function binder(form: string, keyId: string): (place: SealedLocation) => Uint8Array {
  /** The bytes that are the same for all rows of a column; columns are few. */
  const columns = new Map<string, Buffer>();
  return ({ table, column, row }) => {
    const name = `${table}\0${column}`;
    let head = columns.get(name);
    if (head === undefined) {
      head = withLengths([form, keyId, table, column]);
      if (columns.size < MOST_COLUMNS) columns.set(name, head);
    }
    const length = Buffer.byteLength(row);
    const bound = Buffer.allocUnsafe(head.length + 4 + length);
    bound.set(head);
    bound.writeUInt32BE(length, head.length);
    bound.write(row, head.length + 4);
    return bound;
  };
}
