// Every request has an id (`fbtrace_id`). Chance is asked for in large pieces: one id costs a slice of text.
import type { Random } from '@hallpass/protocol';

const LENGTH = 11;
const BYTES = 3 * 1024;

/** A source of ids, each 11 characters of base64url. */
export function traceIds(random: Random): () => string {
  let text = '';
  let at = 0;
  return () => {
    if (at + LENGTH > text.length) {
      text = Buffer.from(random.bytes(BYTES)).toString('base64url');
      at = 0;
    }
    at += LENGTH;
    return text.slice(at - LENGTH, at);
  };
}
