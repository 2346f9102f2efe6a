// These functions tell what a presented string is by its look alone, and prove that a caller holds the app secret.
// Sources: the access-token guides (`{app-id}|{app-secret}`) and the page on securing requests (appsecret_proof).
import { hex, hmac, isHmac } from '../signing/hmac.ts';

const LONGEST_TOKEN = 4096;
const LARGEST_ID = 9_223_372_036_854_775_807n;

/** The look of an access token. Nothing about it is verified yet. */
export type ParsedCredential =
  | { shape: 'none' }
  /** `EAA…` or `XAA…`: to be opened. */
  | { shape: 'sealed'; text: string }
  /**
   * It has a bar. `app` is undefined where this cannot be `{app-id}|{something}`; that answers as a wrong something
   * does.
   */
  | { shape: 'joined'; app: string | undefined; rest: string }
  /** Neither of these. */
  | { shape: 'unreadable' };

/** True for the one spelling of an id: digits without leading zero, from 1 to 9223372036854775807. */
export function isId(text: string): boolean {
  return /^[1-9]\d{0,18}$/.test(text) && (text.length < 19 || BigInt(text) <= LARGEST_ID);
}

/** Sorts an access token by its look; never throws. */
export function classify(presented: string | undefined): ParsedCredential {
  if (presented === undefined || presented === '') return { shape: 'none' };
  const bar = presented.indexOf('|');
  if (bar >= 0) {
    const app = presented.slice(0, bar);
    const rest = presented.slice(bar + 1);
    const fits = presented.length <= LONGEST_TOKEN && isId(app) && /^[!-{}~]+$/.test(rest);
    return { shape: 'joined', app: fits ? app : undefined, rest };
  }
  const fits = presented.length <= LONGEST_TOKEN && /^[EX]AA[A-Za-z0-9]+$/.test(presented);
  return fits ? { shape: 'sealed', text: presented } : { shape: 'unreadable' };
}

/**
 * Says why a string does not open, by its look alone: how near it came is no secret, for it shows. Sources: recorded
 * answers to tokens that were cut by a column (pixelant/pxa_social_feed#114), that had a query behind them
 * (facebookarchive/react-native-fbsdk#220), and to tokens of another kind (Cap-go/capacitor-social-login#404).
 */
export function unreadableBecause(presented: string): 'token.undecryptable' | 'token.mangled' | 'token.malformed' {
  if (presented.length > LONGEST_TOKEN || !/^[EX]AA/.test(presented)) return 'token.malformed';
  return /^[EX]AA[A-Za-z0-9]*$/.test(presented) ? 'token.undecryptable' : 'token.mangled';
}

/** `appsecret_proof`: 64 lower-case hex digits, key the app secret, message the token of the call. */
export async function appsecretProof(token: string, secret: string): Promise<string> {
  return hex(await hmac(secret, token));
}

/** `appsecret_proof` beside an `appsecret_time`, in epoch seconds; the message is `{token}|{time}`. */
export async function timedProof(token: string, secret: string, time: number): Promise<string> {
  return appsecretProof(`${token}|${time}`, secret);
}

/**
 * True when `presented` proves that the caller of a token holds the app secret; in constant time.
 * With `time` (epoch seconds as it was sent) the proof must be over token and time; whether that time is near enough is
 * for the caller to say.
 */
export async function isAppsecretProof(
  presented: string,
  token: string,
  secret: string,
  time?: string,
): Promise<boolean> {
  if (!/^[0-9a-f]{64}$/.test(presented)) return false;
  const bytes = Uint8Array.from(presented.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return isHmac(bytes, secret, time === undefined ? token : `${token}|${time}`);
}

/**
 * True when a token can be one that this software sealed, by its look alone: after the prefix stands the version of its
 * form. A token of the real service looks different there, so it can be told apart before it is sent anywhere.
 */
export const looksSealedHere = (text: string): boolean =>
  /^[EX]AAAQ[A-Za-z0-9]{59,}$/.test(text) && text.length <= LONGEST_TOKEN;
