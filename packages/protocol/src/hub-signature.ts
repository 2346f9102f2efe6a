// X-Hub-Signature-256 of a notice: `sha256={hex HMAC-SHA256 of the body, with the app secret}`. A receiver that computes the
// same over the bytes it got knows who sent them. Source: "Validating payloads" of webhooks.
import { hmac } from './hmac.ts';

export async function hubSignature(body: string, appSecret: string): Promise<string> {
  const bytes = await hmac(appSecret, body);
  return `sha256=${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
