// A record is what is inside a sealed token, here with its compact binary form. Ids are written as 64-bit numbers,
// moments as 40-bit seconds, epochs as variable-length numbers in the order of the kind's `hangsOn`.
import {
  type Anchor,
  type AnchorIds,
  entriesOf,
  readJson,
  scopeKey,
  type Shape,
  shape,
  type TokenKind,
  tokenKinds,
} from '@hallpass/protocol';
import { AppId, PageId, PersonId } from '../store/ids.ts';

export interface TokenRecord {
  kind: SealedKind;
  app: AppId;
  /** Platform-wide id of the person. */
  user: PersonId;
  /** Only in page tokens. */
  page: PageId | undefined;
  /** Web session it came from, undefined when it came from none. */
  session: string | undefined;
  /** The completed log-in it belongs to. */
  login: string | undefined;
  /** Epoch seconds. */
  issuedAt: number;
  /** Epoch seconds; 0 = never. */
  expiresAt: number;
  /** Long-lived tokens show `issued_at`. */
  longLived: boolean;
  /** Received by a native log-in: may be extended without the secret. */
  native: boolean;
  /** The way in which the log-in was done, for `metadata` in debug_token. */
  authType: string | undefined;
  authNonce: string | undefined;
  /** One for each anchor of the kind; 0 where the anchor has no id. */
  epochs: number[];
  /** The token key that it was settled under. Not inside the token, which names its key outside. */
  key?: number;
}

export type SealedKind = Extract<TokenKind, 'user' | 'page' | 'session_info' | 'system_user'>;

const kindNumbers: Record<SealedKind, number> = { user: 1, page: 2, session_info: 3, system_user: 4 };
const kindOf = new Map(entriesOf(kindNumbers).map(([kind, n]) => [n, kind]));

const LONG = 1;
const NATIVE = 2;
const HAS_SESSION = 4;
const HAS_LOGIN = 8;
const HAS_METADATA = 16;
const OPENING_BRACKET = 91;
const CLOSING_BRACKET = 93;

/** A record that was stored as JSON until its token is made. JSON leaves out what is undefined. */
export const recordShape = shape.object<TokenRecord>({
  kind: shape.keyOf(kindNumbers),
  app: AppId.shape,
  user: PersonId.shape,
  page: shape.optional(PageId.shape),
  session: shape.optional(shape.text),
  login: shape.optional(shape.text),
  issuedAt: shape.number,
  expiresAt: shape.number,
  longLived: shape.boolean,
  native: shape.boolean,
  authType: shape.optional(shape.text),
  authNonce: shape.optional(shape.text),
  epochs: shape.listOf(shape.number),
  key: shape.optional(shape.number),
});
const metadataShape: Shape<[type: string, nonce: string]> = (value): value is [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every(shape.text);

/** The ids of what a token can hang on. */
export interface TokenIds extends AnchorIds {
  app: AppId;
  user?: PersonId;
  page?: PageId;
}

export const anchorIds = (record: TokenRecord): TokenIds => ({
  app: record.app,
  user: record.user,
  page: record.page,
  session: record.session,
  login: record.login,
});

/** The scope keys of a record with the epoch each had when it was minted. */
export function scopesOf(record: TokenRecord): { anchor: Anchor; scope: string; epoch: number }[] {
  const ids = anchorIds(record);
  const scopes: { anchor: Anchor; scope: string; epoch: number }[] = [];
  const anchors = tokenKinds[record.kind].hangsOn;
  for (let i = 0; i < anchors.length; i++) {
    const anchor = anchors[i];
    const scope = anchor && scopeKey(anchor, ids);
    if (anchor !== undefined && scope !== undefined) scopes.push({ anchor, scope, epoch: record.epochs[i] ?? 0 });
  }
  return scopes;
}

const anchorsOf = (kind: SealedKind): readonly Anchor[] => tokenKinds[kind].hangsOn;

/** The epoch that a record has for one anchor; 0 where its kind does not hang on it. */
export function epochAt(record: TokenRecord, anchor: Anchor): number {
  const at = anchorsOf(record.kind).indexOf(anchor);
  return at < 0 ? 0 : (record.epochs[at] ?? 0);
}

/** Writes a record; ids must be decimal numbers below 2^64. */
export function encodeRecord(record: TokenRecord): Buffer {
  const metadata =
    record.authType || record.authNonce
      ? Buffer.from(JSON.stringify([record.authType ?? '', record.authNonce ?? '']))
      : undefined;
  const out = Buffer.allocUnsafe(96 + (metadata?.length ?? 0) + record.epochs.length * 5);
  let at = 0;
  out[at++] = kindNumbers[record.kind];
  out[at++] =
    (record.longLived ? LONG : 0) |
    (record.native ? NATIVE : 0) |
    (record.session ? HAS_SESSION : 0) |
    (record.login ? HAS_LOGIN : 0) |
    (metadata ? HAS_METADATA : 0);
  at = out.writeBigUInt64BE(BigInt(record.app), at);
  at = out.writeBigUInt64BE(BigInt(record.user), at);
  if (record.kind === 'page') at = out.writeBigUInt64BE(BigInt(record.page ?? '0'), at);
  if (record.session) at = out.writeBigUInt64BE(BigInt(record.session), at);
  if (record.login) at = out.writeBigUInt64BE(BigInt(record.login), at);
  at = out.writeUIntBE(record.issuedAt, at, 5);
  at = out.writeUIntBE(record.expiresAt, at, 5);
  for (const epoch of record.epochs) {
    let rest = epoch;
    while (rest > 127) {
      out[at++] = (rest & 127) | 128;
      rest = Math.floor(rest / 128);
    }
    out[at++] = rest;
  }
  if (metadata) at += metadata.copy(out, at);
  return out.subarray(0, at);
}

/**
 * Reads what `encodeRecord` wrote; undefined for anything else (a record of a version we do not know).
 * @param key the token key that sealed it
 */
export function decodeRecord(bytes: Buffer, key: number): TokenRecord | undefined {
  if (bytes.length < 28) return undefined;
  const kind = kindOf.get(bytes.readUInt8(0));
  if (kind === undefined) return undefined;
  const flags = bytes.readUInt8(1);
  const ids = 2 + (kind === 'page' ? 1 : 0) + (flags & HAS_SESSION ? 1 : 0) + (flags & HAS_LOGIN ? 1 : 0);
  if (bytes.length < 2 + ids * 8 + 10) return undefined;
  let at = 2;
  // Only ids of its kind were sealed here.
  const id = <T extends string>(): T => {
    const value = bytes.readBigUInt64BE(at).toString();
    at += 8;
    return value as T;
  };
  const app = id<AppId>();
  const user = id<PersonId>();
  const page = kind === 'page' ? id<PageId>() : undefined;
  const session = flags & HAS_SESSION ? id<string>() : undefined;
  const login = flags & HAS_LOGIN ? id<string>() : undefined;
  const issuedAt = bytes.readUIntBE(at, 5);
  const expiresAt = bytes.readUIntBE(at + 5, 5);
  at += 10;
  const epochs: number[] = [];
  for (let i = 0; i < tokenKinds[kind].hangsOn.length; i++) {
    let value = 0;
    let factor = 1;
    let byte: number | undefined;
    do {
      byte = bytes[at++];
      if (byte === undefined) return undefined;
      value += (byte & 127) * factor;
      factor *= 128;
    } while (byte > 127);
    epochs.push(value);
  }
  let authType: string | undefined;
  let authNonce: string | undefined;
  if (flags & HAS_METADATA) {
    if (bytes[at] !== OPENING_BRACKET || bytes.at(-1) !== CLOSING_BRACKET) return undefined;
    const [type, nonce] = readJson(metadataShape, bytes.toString('utf8', at));
    authType = type || undefined;
    authNonce = nonce || undefined;
  } else if (at !== bytes.length) return undefined;
  return {
    kind,
    app,
    user,
    page,
    session,
    login,
    issuedAt,
    expiresAt,
    longLived: (flags & LONG) !== 0,
    native: (flags & NATIVE) !== 0,
    authType,
    authNonce,
    epochs,
    key,
  };
}
