// This module makes and reads a signed_request: `{signature}.{payload}`, both base64url; the signature is HMAC-SHA256
// with the app secret over the encoded payload. It goes to apps in the SDK's answers and cookies and in the deauthorize
// and data-deletion callbacks.
import { fromBase64url, toBase64url } from './base64url.ts';
import { hmac, isHmac } from './hmac.ts';
import type { SignedRequestFields, SignedRequestPayload } from '../wire/wire.ts';

const ALGORITHM = 'HMAC-SHA256';
/** Seconds that the signer's clock may be ahead of ours. */
const AHEAD = 60;

export interface AgeLimit {
  /** Epoch seconds. */
  now: number;
  /** The age that `issued_at` may have. */
  maxAgeSeconds: number;
}

/** Signs a payload; `algorithm` is added. */
export async function signSignedRequest(payload: SignedRequestFields, secret: string): Promise<string> {
  const encoded = toBase64url(new TextEncoder().encode(JSON.stringify({ ...payload, algorithm: ALGORITHM })));
  return `${toBase64url(await hmac(secret, encoded))}.${encoded}`;
}

/**
 * The payload, or undefined for anything but one signed with this secret by HMAC-SHA256.
 * With `age`, also undefined when it was issued too long ago or more than a minute in the future.
 */
export async function parseSignedRequest(
  text: string,
  secret: string,
  age?: AgeLimit,
): Promise<SignedRequestPayload | undefined> {
  const [signature, encoded, ...more] = text.split('.');
  if (!signature || !encoded || more.length > 0 || secret === '') return undefined;
  const presented = fromBase64url(signature);
  if (!presented || !(await isHmac(presented, secret, encoded))) return undefined;
  const payload = readPayload(encoded);
  if (!payload || !age) return payload;
  const old = age.now - payload.issued_at;
  return old > age.maxAgeSeconds || old < -AHEAD ? undefined : payload;
}

function readPayload(encoded: string): SignedRequestPayload | undefined {
  const bytes = fromBase64url(encoded);
  if (!bytes) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
  const payload = value as Partial<SignedRequestPayload> | null;
  return payload?.algorithm === ALGORITHM && Number.isFinite(payload.issued_at)
    ? (payload as SignedRequestPayload)
    : undefined;
}
