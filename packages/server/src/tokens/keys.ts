// The keys of an installation. Everything hangs on one root key; each purpose has its own key derived from it. Token
// keys are a ring: every token names the key that sealed it, so keys change without refusing anybody.
import type { Random } from '@hallpass/protocol';
import { deriveKey } from '../hash.ts';

/** One signing key, with the keys derived from it for each use. */
export interface TokenKey {
  /** 1 … 65535 */
  id: number;
  status: 'active' | 'accepted';
  seal: Buffer;
  nonce: Buffer;
  appToken: Buffer;
}

/** Keys that are not in tokens: derived from the root key, one per purpose. */
export interface PurposeKeys {
  /** Hash of single-use values, by kind. */
  singleUse: Buffer;
  webSession: Buffer;
  interaction: Buffer;
  csrf: Buffer;
  /** The cookie of a browser that has logged in before. */
  device: Buffer;
  scopedId: Buffer;
  fingerprint: Buffer;
  compare: Buffer;
  /** Paging cursors and other opaque values that are not secrets. */
  opaque: Buffer;
  audit: Buffer;
}

/** All keys in force. Replaced as a whole when the ring changes; never mutated. */
export interface KeyRing {
  installation: string;
  active: TokenKey;
  byId: ReadonlyMap<number, TokenKey>;
}

export function purposeKeys(root: Uint8Array, installation: string): PurposeKeys {
  const key = (purpose: string) => deriveKey(root, purpose, installation);
  return {
    singleUse: key('single-use'),
    webSession: key('web-session'),
    interaction: key('interaction'),
    csrf: key('csrf'),
    device: key('device'),
    scopedId: key('scoped-id'),
    fingerprint: key('fingerprint'),
    compare: key('compare'),
    opaque: key('opaque'),
    audit: key('audit'),
  };
}

export function tokenKey(id: number, status: 'active' | 'accepted', secret: Uint8Array, installation: string): TokenKey {
  return {
    id,
    status,
    seal: deriveKey(secret, 'token-seal', installation),
    nonce: deriveKey(secret, 'token-nonce', installation),
    appToken: deriveKey(secret, 'app-token', installation),
  };
}

/** @throws Error when there is not exactly one active key */
export function keyRing(installation: string, keys: readonly TokenKey[]): KeyRing {
  const active = keys.filter((key) => key.status === 'active');
  if (active.length !== 1 || !active[0]) throw new Error(`an installation needs exactly one active token key, this one has ${active.length}`);
  return { installation, active: active[0], byId: new Map(keys.map((key) => [key.id, key])) };
}

/** A new secret for a token key. */
export const newKeySecret = (random: Random): Uint8Array => random.bytes(32);
