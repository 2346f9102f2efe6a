// A refusal is one error of the catalogue, with its parameters, on its way to whoever asked. It is made fresh each
// time, because a shared error object would carry one caller's words into another caller's answer (threats IV-14).
import { type CatalogueError, type ErrorKey, type ErrorParams, errors } from './errors.ts';
import { redact } from '../tokens/redact.ts';
import { compareVersions, parseVersion, versions } from '../apps/versions.ts';
import type { ErrorBody } from '../wire/wire.ts';

const LONGEST_PARAMETER = 200;
/** Text that is repeated whole has at most as much as a request line brings. */
const LONGEST_WHOLE = 16_384;
/** `what` is a list or sentence of our own, such as all the values that a parameter can have. */
const LONGEST_OF_OURS = 8000;
const LONGEST_HEADER_TEXT = 256;

/** A refusal is thrown as this error. `message` has its parameters filled in; it may be logged and shown. */
export class GraphError extends Error {
  readonly key: ErrorKey;
  readonly params: Readonly<Record<string, string>>;
  /** HTTP status, without the settings that change it. */
  readonly status: number;
  /** Seconds for Retry-After, where the caller knows better than the default. */
  retryAfter: number | undefined;
  /** The exact fault, for the developer of the app: goes to the log, and into the answer of an emulator only. */
  detail: string | undefined;

  constructor(key: ErrorKey, params: Record<string, string>) {
    const entry: CatalogueError = errors[key];
    const longest = (name: string): number =>
      name === 'what' ? LONGEST_OF_OURS : entry.whole ? LONGEST_WHOLE : LONGEST_PARAMETER;
    const cut = Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, shorten(value, longest(name))]),
    );
    super(fill(errors[key].message, cut));
    this.name = 'Refusal';
    this.key = key;
    this.params = cut;
    this.status = errors[key].status;
  }

  /** The entry of the catalogue. */
  get entry(): Readonly<CatalogueError> {
    return errors[this.key];
  }

  /**
   * The wording as a version of the Graph has it; the present one where nothing else is known. @param version `v25.0`
   */
  messageIn(version: string): string {
    const { older } = this.entry;
    const asked = parseVersion(version);
    return older && asked && compareVersions(asked, older.before) < 0 ? fill(older.message, this.params) : this.message;
  }

  /** Adds what exactly was wrong. */
  because(detail: string): this {
    this.detail = detail;
    return this;
  }

  /** Sets the Retry-After of the answer, in seconds. */
  retryIn(seconds: number): this {
    this.retryAfter = seconds;
    return this;
  }
}

/** Makes the refusal to be thrown: `throw refuse('param.required', { name: 'code' })`. */
export function graphError<K extends ErrorKey>(
  key: K,
  ...params: keyof ErrorParams<K> extends never ? [] : [ErrorParams<K>]
): GraphError {
  return new GraphError(key, params[0] ?? {});
}

/** The same for a key that is only known at run time (a verdict of `evaluate`, a dead token's reason). */
export function refuseUnchecked(key: ErrorKey, params: Record<string, string>): GraphError {
  return new GraphError(key, params);
}

/**
 * The body of the answer, `error` first and its keys in the documented order. @param version of the Graph that answers,
 * whose wording it is
 */
export function errorBody(refusal: GraphError, traceId: string, version: string = versions.newest): ErrorBody {
  const { type, code, subcode, transient, userTitle, userMessage, hash } = refusal.entry;
  return {
    error: {
      message: refusal.messageIn(version),
      type,
      ...(code === undefined ? {} : { code }),
      ...(hash ? { error_data: { hash: digitsOf(traceId) } } : {}),
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      ...(transient === undefined ? {} : { is_transient: transient }),
      ...(userTitle === undefined ? {} : { error_user_title: userTitle }),
      ...(userMessage === undefined ? {} : { error_user_msg: userMessage }),
      fbtrace_id: traceId,
    },
  };
}

/** Decimal digits that stand for a trace id, as `error_data.hash` is written: FNV-1a of 64 bits. */
function digitsOf(traceId: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(traceId))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString();
}

/**
 * The value of the WWW-Authenticate header: `OAuth "Facebook Platform" "invalid_token" "message"`, printable ASCII
 * only.
 */
export function wwwAuthenticate(refusal: GraphError, version: string = versions.newest): string {
  const text = refusal
    .messageIn(version)
    .replace(/[^ -~]|["\\]/g, '')
    .slice(0, LONGEST_HEADER_TEXT);
  return `OAuth "Facebook Platform" "${refusal.entry.www}" "${text}"`;
}

/**
 * Shortens what the caller wrote, as it may be shown: a credential that stands in a wrong place is not repeated
 * (threats ST-02).
 */
function shorten(value: string, most: number): string {
  return redact(value.slice(0, 4 * most))
    .slice(0, most)
    .toWellFormed();
}

function fill(message: string, params: Record<string, string>): string {
  return message.replace(/\{(\w+)\}/g, (_, name: string) =>
    Object.hasOwn(params, name) ? (params[name] ?? '') : 'unknown',
  );
}
