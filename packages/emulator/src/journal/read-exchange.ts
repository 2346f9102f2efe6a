// Reads from a request and its answer what a report tells of: the path without what names one thing, tokens, errors.
import { isVersion, parseJson, shape, type Version } from '@hallpass/protocol';

/** The numbers and words of a refusal. */
export interface AnsweredError {
  code: number;
  subcode: number | undefined;
  message: string;
}

/** Bodies beyond this are not searched for tokens and errors. */
const LONGEST_BODY = 256 * 1024;

export function textOf(body: string | Uint8Array): string {
  if (body.length > LONGEST_BODY) return '';
  return typeof body === 'string'
    ? body
    : Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
}

/** Path without its version, and with `{id}` for what names one thing. */
export function pathOf(path: string): { version: Version | undefined; path: string } {
  const segments = path.split('/').filter((segment) => segment !== '');
  const version = isVersion(segments[0]) ? segments[0] : undefined;
  const rest = version === undefined ? segments : segments.slice(1);
  return { version, path: `/${rest.map(kindOf).join('/')}` };
}

/** A segment that is a word stays; an id, also one with a prefix or a `_`, and whatever is long becomes `{id}`. */
function kindOf(segment: string): string {
  if (/^act_\d+$/.test(segment)) return 'act_{id}';
  if (/^\d[\d_]*$/.test(segment) || segment.length > 40) return '{id}';
  return segment;
}

/** Sealed tokens and app tokens, also where the `|` is percent-encoded. */
const tokenForm = /\bEAA[A-Za-z0-9]{20,}|\b\d{5,25}(?:\||%7[Cc])[A-Za-z0-9_-]{16,}/g;
export const tokensIn = (text: string): string[] =>
  (text.match(tokenForm) ?? []).map((token) => token.replace(/%7c/i, '|'));

interface ErrorBody {
  code: number;
  error_subcode?: number;
  message: string;
}

const errorBody = shape.object<{ error: ErrorBody }>({
  error: shape.object<ErrorBody>({
    code: shape.number,
    error_subcode: shape.optional(shape.number),
    message: shape.text,
  }),
});
const batchBody = shape.listOf(
  shape.either(shape.object<{ code: number; body: string }>({ code: shape.number, body: shape.text }), shape.nothing),
);

/** The errors in an answer: its own, or those of the items of a batch. */
export function errorsIn(text: string, type: string): AnsweredError[] {
  if (!text.includes('"error"') && !text.includes('\\"error\\"')) return [];
  if (!/json|javascript/.test(type)) return [];
  const single = parseJson(errorBody, text);
  if (single) return [factsOf(single.error)];
  return (parseJson(batchBody, text) ?? []).flatMap((item) => (item ? errorsIn(item.body, type) : []));
}

/** Ids in a message would make one error many. */
const factsOf = ({ code, error_subcode, message }: ErrorBody): AnsweredError => ({
  code,
  subcode: error_subcode,
  message: message.replace(/\d{6,}/g, '…'),
});
