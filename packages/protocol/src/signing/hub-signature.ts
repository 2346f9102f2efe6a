// A signature shows that the platform sent a notice: X-Hub-Signature-256 is `sha256=` and the hex HMAC-SHA256 of the
// body with the app secret; X-Hub-Signature beside it is `sha1=` and the HMAC-SHA1, for receivers written before 2021.
// Source: "Validating payloads" of webhooks.
import { hex, hmac, hmacSha1 } from './hmac.ts';

/** Gives both headers for this very body. @throws TypeError for an empty secret */
export async function hubSignatures(
  body: string,
  appSecret: string,
): Promise<{ 'X-Hub-Signature': string; 'X-Hub-Signature-256': string }> {
  return {
    'X-Hub-Signature': `sha1=${hex(await hmacSha1(appSecret, body))}`,
    'X-Hub-Signature-256': `sha256=${hex(await hmac(appSecret, body))}`,
  };
}
