// Calls of webhooks are signed as the Standard Webhooks specification says: over the id, the time and the body, so that
// neither a changed nor an old call passes. The id is the same at every try, so that a receiver can tell a second one.
import { createHmac, timingSafeEqual } from 'node:crypto';

const PREFIX = 'whsec_';
/** Seconds by which the clocks of both ends may differ. */
const TOLERANCE = 300;

export const webhookSecretOf = (bytes: Uint8Array): string => `${PREFIX}${Buffer.from(bytes).toString('base64')}`;

function signatureOf(secret: string, id: string, at: string, body: string): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`;
}

interface WebhookHeaders {
  'webhook-id': string;
  'webhook-timestamp': string;
  'webhook-signature': string;
}

/** @param at real time, epoch seconds */
export function webhookHeaders(secret: string, id: string, at: number, body: string): WebhookHeaders {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': signatureOf(secret, id, String(at), body),
  };
}

/** Tells whether a call came from this vault, now. @param headers by their names in small letters */
export function isWebhookCall(
  headers: Readonly<Record<string, string | undefined>>,
  body: string,
  secret: string,
  now: number,
): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': given } = headers;
  if (id === undefined || at === undefined || given === undefined || !/^\d{1,15}$/.test(at)) return false;
  if (Math.abs(Number(at) - now) > TOLERANCE) return false;
  const right = Buffer.from(signatureOf(secret, id, at, body));
  return given.split(' ').some((one) => {
    const tried = Buffer.from(one);
    return tried.length === right.length && timingSafeEqual(tried, right);
  });
}
