// The life of a user token that a log-in gives is decided here. Source: the access-token guides ("Access tokens
// generated via web login are short-lived", "Mobile apps … get long-lived tokens by default") and the Marketing API's
// ("if you follow the server-side authentication flow, you get a persistent token").
import { lifetimes, type LifetimeFacts } from '@hallpass/protocol';

/** The dialog answers to one of these forms of address; the same words as the redirect rules use. */
export const loginForms = ['web', 'localhost', 'loopback', 'native', 'desktop', 'relay', 'explorer'] as const;
export type LoginForm = (typeof loginForms)[number];

interface TokenLife {
  /** Epoch seconds; 0 = never. */
  expiresAt: number;
  longLived: boolean;
  /** May be extended without the app secret. */
  native: boolean;
}

/**
 * An address that only a program on the person's own device can receive at: a scheme of the app, or loopback (RFC
 * 8252).
 */
export const isNative = (form: LoginForm): boolean => form === 'native' || form === 'loopback';

/**
 * A token of the Graph API Explorer is short-lived whatever the app may have: "A short-lived token expires in an hour or
 * two", says the Marketing API's guide of it.
 * @param flow `server` where a code is exchanged, `client` where the token itself comes back from the dialog
 */
export function loginTokenLife(form: LoginForm, flow: 'server' | 'client', facts: LifetimeFacts): TokenLife {
  if (isNative(form)) return { expiresAt: lifetimes.longUserToken(facts), longLived: true, native: true };
  if (flow === 'server' && form !== 'explorer' && facts.marketingTier === 'standard')
    return { expiresAt: lifetimes.longUserToken(facts), longLived: true, native: false };
  return { expiresAt: lifetimes.shortUserToken(facts), longLived: false, native: false };
}

/** Computes the life of a token that an exchange gives: long-lived, without any mark of its own. */
export const exchangedLife = (facts: LifetimeFacts): Omit<TokenLife, 'native'> => ({
  expiresAt: lifetimes.longUserToken(facts),
  longLived: true,
});
