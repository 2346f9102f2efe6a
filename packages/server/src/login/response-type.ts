// `response_type` is a set of words, parted by commas (SDKs) or spaces (documentation). Source: section 2.2 of the
// protocol reference. Never falls back to another kind, never gives more kinds than were asked (threats DL-02).

/** Each word asks for one thing. */
export const responseWords = {
  code: 'A code, to be exchanged by a server.',
  token: 'A user token, in the fragment.',
  /** iOS: a nonce in place of a token is the server’s choice; here a setting of the app. */
  token_or_nonce: 'A user token, or a nonce to be swapped for one, in the fragment.',
  id_token: 'An OpenID token about the person, in the fragment.',
  signed_request: 'The app-scoped id of the person, signed with the app secret.',
  graph_domain: 'Which Graph the token is for.',
  granted_scopes: 'The granted and the declined permissions.',
  /** iOS: kept there and sent along next time. */
  user_token_nonce: 'A value that stands for this person with this app. It replaces nothing that needs the person.',
  none: 'Nothing but the state.',
} as const;

export type ResponseWord = keyof typeof responseWords;

type ResponseTypes =
  | { words: ReadonlySet<ResponseWord>; fault?: undefined }
  | { words?: undefined; fault: 'unsupported' | 'repeated' };

/** @param text undefined where the parameter is absent: that means `code` */
export function readResponseType(text: string | undefined): ResponseTypes {
  if (text === undefined) return { words: new Set(['code']) };
  const parts = text.split(/[ ,]/);
  const words = new Set<ResponseWord>();
  for (const part of parts) {
    if (!Object.hasOwn(responseWords, part)) return { fault: 'unsupported' };
    if (words.has(part as ResponseWord)) return { fault: 'repeated' };
    words.add(part as ResponseWord);
  }
  return words.has('none') && words.size > 1 ? { fault: 'unsupported' } : { words };
}

const inFragment: readonly ResponseWord[] = ['token', 'token_or_nonce', 'id_token'];

export const asksForToken = (words: ReadonlySet<ResponseWord>): boolean =>
  words.has('token') || words.has('token_or_nonce');

/** Limited Login may be asked for these besides the id_token. */
const besideIdToken: ReadonlySet<ResponseWord> = new Set([
  'id_token',
  'graph_domain',
  'user_token_nonce',
  'granted_scopes',
]);

/** True when an id_token and nothing of the Graph is asked for. */
export const isIdTokenOnly = (words: ReadonlySet<ResponseWord>): boolean =>
  words.has('id_token') && [...words].every((word) => besideIdToken.has(word));

/** The set that the iOS SDK sends for Limited Login and for nothing else: with it, one host can serve both log-ins. */
export const isLimitedForm = (words: ReadonlySet<ResponseWord>): boolean =>
  isIdTokenOnly(words) && words.has('user_token_nonce');

/**
 * Names the place in which the answer travels: with a token all of it in the fragment, which is never sent to a server;
 * otherwise in the query.
 */
export function placeOf(words: ReadonlySet<ResponseWord>): 'query' | 'fragment' {
  return inFragment.some((word) => words.has(word)) ? 'fragment' : 'query';
}
