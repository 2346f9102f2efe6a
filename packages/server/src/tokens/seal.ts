// This module seals and opens tokens: `EAA` + a spelling of version · key id · nonce · ciphertext and tag.
// XChaCha20-Poly1305 (a 192-bit nonce never runs out); prefix, version and key id are bound in as associated data.
import { type Random, tokenKinds } from '@hallpass/protocol';
import sodium from 'sodium-native';
import { keyedHash } from '../hash.ts';
import type { KeyRing, TokenKey } from './keys.ts';
import { decodeRecord, encodeRecord, type TokenRecord } from './record.ts';
import { spell, unspell } from './spelling.ts';

const VERSION = 1;
const NONCE = 24;
const TAG = 16;
const HEAD = 3;
/** Longest token that is looked at, in characters. */
const MAX_TOKEN = 4096;

const associated = (prefix: string, head: Uint8Array): Buffer => Buffer.concat([Buffer.from(prefix), head]);
/** `EAA` or `XAA` + version + key id; one small buffer per prefix and key, made once. */
const associatedCache = new Map<string, Buffer>();
function associatedData(prefix: string, id: number): Buffer {
  const cacheKey = `${prefix}${id}`;
  let made = associatedCache.get(cacheKey);
  if (!made) {
    made = associated(prefix, Buffer.from([VERSION, id >> 8, id & 255]));
    if (associatedCache.size < 1024) associatedCache.set(cacheKey, made);
  }
  return made;
}

function sealWith(key: TokenKey, nonce: Uint8Array, record: TokenRecord, plain: Buffer): string {
  const prefix = tokenKinds[record.kind].prefix as string;
  const out = Buffer.allocUnsafe(HEAD + NONCE + plain.length + TAG);
  out[0] = VERSION;
  out.writeUInt16BE(key.id, 1);
  out.set(nonce, HEAD);
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(
    out.subarray(HEAD + NONCE),
    plain,
    associatedData(prefix, key.id),
    null,
    nonce,
    key.seal,
  );
  return prefix + spell(out);
}

/** Seals with a random nonce. */
export function seal(ring: KeyRing, random: Random, record: TokenRecord): string {
  return given(ring, record, sealWith(ring.active, random.bytes(NONCE), record, encodeRecord(record)));
}

/** Seals so that the same record gives the same string (page tokens): the nonce is a keyed hash of the record. */
export function sealDeterministic(ring: KeyRing, record: TokenRecord): string {
  const plain = encodeRecord(record);
  return given(ring, record, sealWith(ring.active, keyedHash(ring.active.nonce, plain, NONCE), record, plain));
}

/** The text in which a sealed token goes out. */
const given = ({ spellings }: KeyRing, { app, user, page }: TokenRecord, sealed: string): string =>
  spellings ? spellings.given(sealed, { app, person: user, page }) : sealed;

type UnsealResult =
  | { ok: true; record: TokenRecord; keyId: number }
  | { ok: false; why: 'malformed' | 'unknown_key' | 'undecryptable' };

const scratch = Buffer.alloc(MAX_TOKEN);

/** Opens one token string. Never throws; says nothing about how close a guess was. */
export function open(ring: KeyRing, presented: string): UnsealResult {
  const text = ring.spellings ? ring.spellings.sealed(presented) : presented;
  if (text.length < 64 || text.length > MAX_TOKEN) return { ok: false, why: 'malformed' };
  const prefix = text.slice(0, 3);
  if (prefix !== 'EAA' && prefix !== 'XAA') return { ok: false, why: 'malformed' };
  const bytes = unspell(text.slice(3));
  if (!bytes || bytes.length < HEAD + NONCE + TAG + 28 || bytes[0] !== VERSION) return { ok: false, why: 'malformed' };
  const id = bytes.readUInt16BE(1);
  const key = ring.byId.get(id);
  if (!key) return { ok: false, why: 'unknown_key' };
  const length = bytes.length - HEAD - NONCE - TAG;
  const plain = scratch.subarray(0, length);
  try {
    sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
      plain,
      null,
      bytes.subarray(HEAD + NONCE),
      associatedData(prefix, id),
      bytes.subarray(HEAD, HEAD + NONCE),
      key.seal,
    );
  } catch {
    return { ok: false, why: 'undecryptable' };
  }
  const record = decodeRecord(plain, id);
  if (!record || tokenKinds[record.kind].prefix !== prefix) return { ok: false, why: 'malformed' };
  return { ok: true, record, keyId: id };
}
