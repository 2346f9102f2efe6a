// These are the keys of an installation. Everything hangs on one root key; each purpose has its own key derived from
// it. Token keys are a ring: every token names the key that sealed it, so keys change without refusing anybody.
import type { Random } from '@hallpass/protocol';
import { deriveKey } from '../hash.ts';
import type { TokenSpellings } from '../wire/token-spellings.ts';

/** One signing key, with the keys derived from it for each use. */
export interface TokenKey {
  /** 1 … 65535 */
  id: number;
  /** Only the active one seals. What a fenced or withdrawn one sealed is opened to say that it is dead, and why. */
  status: 'active' | 'accepted' | 'fenced' | 'withdrawn';
  /** When it got this status, epoch seconds. */
  since: number;
  seal: Buffer;
  nonce: Buffer;
  appToken: Buffer;
}

/** Keys that are not in tokens: derived from the root key, one per purpose. */
export interface PurposeKeys {
  /** Hash of codes and nonces, by kind. */
  singleUse: Buffer;
  /** Links that work once. */
  link: Buffer;
  webSession: Buffer;
  interaction: Buffer;
  /** Seals dialogs that nobody has logged in to yet. */
  dialog: Buffer;
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
  /** Other texts for sealed tokens, where an emulator gives some. */
  spellings?: TokenSpellings | undefined;
}

/**
 * @param fence name of the last fence, empty without one: sessions, links and dialogs of before it are unknown after it
 */
export function purposeKeys(root: Uint8Array, installation: string, fence = ''): PurposeKeys {
  const key = (purpose: string) => deriveKey(root, purpose, installation);
  const fenced = (purpose: string) => key(fence === '' ? purpose : `${purpose}/${fence}`);
  return {
    singleUse: key('single-use'),
    link: fenced('link'),
    webSession: fenced('web-session'),
    interaction: fenced('interaction'),
    dialog: fenced('dialog'),
    csrf: fenced('csrf'),
    device: key('device'),
    scopedId: key('scoped-id'),
    fingerprint: key('fingerprint'),
    compare: key('compare'),
    opaque: key('opaque'),
    audit: key('audit'),
  };
}

export function tokenKey(
  id: number,
  status: TokenKey['status'],
  secret: Uint8Array,
  installation: string,
  since = 0,
): TokenKey {
  return {
    id,
    status,
    since,
    seal: deriveKey(secret, 'token-seal', installation),
    nonce: deriveKey(secret, 'token-nonce', installation),
    appToken: deriveKey(secret, 'app-token', installation),
  };
}

/** @throws Error when there is not exactly one active key */
export function keyRing(installation: string, keys: readonly TokenKey[], spellings?: TokenSpellings): KeyRing {
  const active = keys.filter((key) => key.status === 'active');
  if (active.length !== 1 || !active[0])
    throw new Error(`an installation needs exactly one active token key, this one has ${active.length}`);
  return { installation, active: active[0], byId: new Map(keys.map((key) => [key.id, key])), spellings };
}

/** True when what this key sealed may live. */
export const isBelieved = ({ status }: TokenKey): boolean => status === 'active' || status === 'accepted';

/** A new secret for a token key. */
export const newKeySecret = (random: Random): Uint8Array => random.bytes(32);
