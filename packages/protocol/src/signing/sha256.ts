// The plain hash of the wire: challenges of PKCE (RFC 7636, S256), thumbprints of keys and hashes of tokens (DPoP).
import { toBase64url } from './base64url.ts';

/** SHA-256 of a text in base64url, 43 letters. The challenge of a PKCE verifier is this hash of it. */
export async function sha256(text: string): Promise<string> {
  return toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}
