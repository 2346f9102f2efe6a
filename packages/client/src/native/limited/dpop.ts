// The key by which a device renews its Limited Login, and the proofs that it makes with it (RFC 9449). Source: the
// proofs of the iOS SDK: ES256, the key in the header, `ath` the hash of the id_token.
import { sha256, toBase64url } from '@hallpass/protocol';
import { randomText } from '../log-in/pkce.ts';
import type { Surroundings } from '../surroundings.ts';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' };

/** The private key, as the store of the program keeps it. */
export interface DeviceKey {
  crv: string;
  x: string;
  y: string;
  d: string;
}

export async function createDeviceKey(): Promise<DeviceKey> {
  const { privateKey } = await crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  const { crv = '', x = '', y = '', d = '' } = await crypto.subtle.exportKey('jwk', privateKey);
  return { crv, x, y, d };
}

const publicKey = ({ crv, x, y }: DeviceKey) => ({ crv, kty: 'EC', x, y });

/** Names the key (RFC 7638): the log-in binds its id_token to it. */
export const thumbprint = (key: DeviceKey): Promise<string> => sha256(JSON.stringify(publicKey(key)));

interface ProvenCall {
  method: string;
  /** The address without its query. */
  address: string;
  /** The token that the proof is about. */
  token: string;
}

export async function proofOf(
  key: DeviceKey,
  { method, address, token }: ProvenCall,
  surroundings: Pick<Surroundings, 'now' | 'bytes'>,
): Promise<string> {
  const head = { typ: 'dpop+jwt', alg: 'ES256', jwk: publicKey(key) };
  const iat = Math.floor(surroundings.now() / 1000);
  const claims = { htm: method, htu: address, iat, jti: randomText(surroundings), ath: await sha256(token) };
  const signed = [head, claims].map(encode).join('.');
  const jwk = { ...publicKey(key), d: key.d };
  const imported = await crypto.subtle.importKey('jwk', jwk, CURVE, false, ['sign']);
  const signature = await crypto.subtle.sign(SIGNING, imported, new TextEncoder().encode(signed));
  return `${signed}.${toBase64url(new Uint8Array(signature))}`;
}

const encode = (value: object): string => toBase64url(new TextEncoder().encode(JSON.stringify(value)));
