// This table lists the kinds of tokens that somebody may hold, and what each of them needs to stay alive. Nothing about
// a kind is written anywhere else.
import type { DebugTokenData } from '@hallpass/protocol';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A call that gives a new token with a full life for one that is still alive: no kind can be extended after its end. */
export interface Extension {
  grant: string;
  host: string;
  /** `POST` with the secret of the app in its body; `GET` where the service documents no other way. */
  method: 'GET' | 'POST';
  path: string;
  /** The parameter that carries the token. */
  parameter: 'fb_exchange_token' | 'access_token';
  /** The call also shows these of the app. */
  app: 'id_and_secret' | 'secret' | 'nothing';
  /** Other parameters of the call. */
  also?: Readonly<Record<string, string>>;
  /** Seconds after the issue before which the call is refused. */
  earliest: number;
}

export interface TokenKind {
  /** The kind in words, for people. */
  label: string;
  /** The service that issues it. */
  service: ServiceName;
  /** `type` of debug_token; absent where debug_token knows no such token. */
  type?: NonNullable<DebugTokenData['type']>;
  /** The kind that its extension gives, where that is another one. */
  becomes?: 'user_long' | 'instagram_long' | 'threads_long';
  /** Seconds from issue to end; undefined where it has no end of its own. */
  life?: number;
  /** False where an end is a mistake of the holder: the token was meant to have none. */
  mayEnd: boolean;
  extension?: Extension;
  /** A new one is read with the token of another kind, while that one is alive. */
  derivedFrom?: 'user_long' | 'system_user_never';
  /** Once it is dead only a person can give another. */
  needsPerson: boolean;
  /** The source of these facts. */
  source: string;
}

interface Service {
  label: string;
  /** The addresses of the real service; an app may have others. */
  graph: string;
  dialog: string;
  /** The server that redeems codes. */
  tokens: string;
  /** Its dialog documents PKCE. */
  pkce: boolean;
  /** It answers debug_token: what a token is needs not be believed. */
  inspects: boolean;
  /** The kind of token that a code is redeemed for. */
  short: 'user_short' | 'instagram_short' | 'threads_short';
  source: string;
}

/** The services that issue tokens of this family. */
export const services = {
  facebook: {
    label: 'Facebook',
    graph: 'https://graph.facebook.com',
    dialog: 'https://www.facebook.com/dialog/oauth',
    tokens: 'https://graph.facebook.com',
    pkce: true,
    inspects: true,
    short: 'user_short',
    source: 'the guide to a manual log-in flow',
  },
  instagram: {
    label: 'Instagram',
    graph: 'https://graph.instagram.com',
    dialog: 'https://www.instagram.com/oauth/authorize',
    tokens: 'https://api.instagram.com',
    pkce: false,
    inspects: false,
    short: 'instagram_short',
    source: 'the guide to Instagram business log-in',
  },
  threads: {
    label: 'Threads',
    graph: 'https://graph.threads.net',
    dialog: 'https://threads.net/oauth/authorize',
    tokens: 'https://graph.threads.net',
    pkce: false,
    inspects: false,
    short: 'threads_short',
    source: 'the guide to Threads access tokens; the app has an id and a secret of its own for Threads',
  },
} as const satisfies Readonly<Record<string, Service>>;

export type ServiceName = keyof typeof services;

const exchange: Extension = {
  grant: 'fb_exchange_token',
  host: 'graph.facebook.com',
  method: 'POST',
  path: '/oauth/access_token',
  parameter: 'fb_exchange_token',
  app: 'id_and_secret',
  earliest: 0,
};

export const tokenKinds = {
  user_short: {
    label: 'short-lived token of a person',
    service: 'facebook',
    becomes: 'user_long',
    mayEnd: true,
    type: 'USER',
    life: 2 * HOUR,
    extension: exchange,
    needsPerson: true,
    source: 'the access-token guide: about an hour or two',
  },
  user_long: {
    label: 'long-lived token of a person',
    service: 'facebook',
    mayEnd: true,
    type: 'USER',
    life: 60 * DAY,
    extension: exchange,
    needsPerson: true,
    source: 'the guide to long-lived tokens: about 60 days',
  },
  page_short: {
    label: 'Page token from a short-lived token',
    service: 'facebook',
    mayEnd: true,
    type: 'PAGE',
    life: 2 * HOUR,
    derivedFrom: 'user_long',
    needsPerson: true,
    source: 'the guide to long-lived tokens: a Page token ends with the short-lived token that it was read with',
  },
  page_long: {
    label: 'Page token from a long-lived token',
    service: 'facebook',
    mayEnd: false,
    type: 'PAGE',
    needsPerson: true,
    source: 'the guide to long-lived tokens: it has no expiration date, and ends under certain conditions',
  },
  system_user_never: {
    label: 'token of a system user that never ends',
    service: 'facebook',
    mayEnd: false,
    type: 'SYSTEM_USER',
    needsPerson: true,
    source: 'the guide to system users',
  },
  system_user_60_days: {
    label: 'token of a system user with 60 days',
    service: 'facebook',
    mayEnd: true,
    type: 'SYSTEM_USER',
    life: 60 * DAY,
    extension: { ...exchange, also: { set_token_expires_in_60_days: 'true' } },
    needsPerson: true,
    source: 'the guide to system users: refreshed with set_token_expires_in_60_days=true',
  },
  app: {
    label: 'app token',
    service: 'facebook',
    mayEnd: false,
    type: 'APP',
    needsPerson: false,
    source: 'the access-token guide: it ends when the app secret is reset',
  },
  instagram_short: {
    label: 'short-lived token of an Instagram account',
    service: 'instagram',
    becomes: 'instagram_long',
    mayEnd: true,
    life: HOUR,
    extension: {
      grant: 'ig_exchange_token',
      host: 'graph.instagram.com',
      method: 'GET',
      path: '/access_token',
      parameter: 'access_token',
      app: 'secret',
      earliest: 0,
    },
    needsPerson: true,
    source: 'the guide to Instagram business log-in: an hour, and exchanged for a long-lived one',
  },
  instagram_long: {
    label: 'long-lived token of an Instagram account',
    service: 'instagram',
    mayEnd: true,
    life: 60 * DAY,
    extension: {
      grant: 'ig_refresh_token',
      host: 'graph.instagram.com',
      method: 'GET',
      path: '/refresh_access_token',
      parameter: 'access_token',
      app: 'nothing',
      earliest: DAY,
    },
    needsPerson: true,
    source: 'the guide to Instagram business log-in: at least 24 hours old and not ended (sim#5568, chatwoot#12989)',
  },
  threads_short: {
    label: 'short-lived token of a Threads account',
    service: 'threads',
    becomes: 'threads_long',
    mayEnd: true,
    life: HOUR,
    extension: {
      grant: 'th_exchange_token',
      host: 'graph.threads.net',
      method: 'GET',
      path: '/access_token',
      parameter: 'access_token',
      app: 'secret',
      earliest: 0,
    },
    needsPerson: true,
    source: 'the guide to Threads access tokens: an hour, and exchanged for a long-lived one',
  },
  threads_long: {
    label: 'long-lived token of a Threads account',
    service: 'threads',
    mayEnd: true,
    life: 60 * DAY,
    extension: {
      grant: 'th_refresh_token',
      host: 'graph.threads.net',
      method: 'GET',
      path: '/refresh_access_token',
      parameter: 'access_token',
      app: 'nothing',
      earliest: DAY,
    },
    needsPerson: true,
    source: 'the guide to Threads access tokens: it is its own refresh token (brightbean-studio#136)',
  },
  whatsapp_temporary: {
    label: 'temporary WhatsApp token',
    service: 'facebook',
    mayEnd: true,
    life: DAY,
    needsPerson: true,
    source: 'reports of holders: 24 hours, and no way to extend it',
  },
} as const satisfies Readonly<Record<string, TokenKind>>;

export type TokenKindName = keyof typeof tokenKinds;

export const isTokenKind = (text: string): text is TokenKindName => Object.hasOwn(tokenKinds, text);

/** Facts about kinds by name, with the type of the table instead of its literal values. */
export const kindOf = (name: TokenKindName): TokenKind => tokenKinds[name];

/** Only long-lived tokens of people say when they were issued; another sign is a life of more than a day. */
const isLong = ({ issued_at, expires_at = 0 }: DebugTokenData, now: number): boolean =>
  issued_at !== undefined || expires_at === 0 || expires_at - now > DAY;

/**
 * The kind of an inspected token, at the time `now` in epoch seconds. An end of 0, and an absent one, mean that there is
 * none: a token without an end is not one that has ended. Undefined where debug_token says nothing of its type.
 */
export function kindFrom(data: DebugTokenData, now: number): TokenKindName | undefined {
  const ends = (data.expires_at ?? 0) !== 0;
  switch (data.type) {
    case 'USER':
      return isLong(data, now) ? 'user_long' : 'user_short';
    case 'PAGE':
      return ends ? 'page_short' : 'page_long';
    case 'SYSTEM_USER':
      return ends ? 'system_user_60_days' : 'system_user_never';
    case 'APP':
      return 'app';
    case undefined:
      return undefined;
  }
}
