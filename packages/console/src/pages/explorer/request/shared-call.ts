// An address of the Explorer can carry a call: what a share link names. A token is never part of it, and one that
// somebody put into the path is taken out.
export const methods = ['GET', 'POST', 'DELETE'] as const;
export type Method = (typeof methods)[number];

export interface SharedCall {
  method?: Method;
  version?: string;
  path?: string;
}

const isMethod = (value: unknown): value is Method => (methods as readonly unknown[]).includes(value);
const secretNames = /^(access_token|input_token|client_secret|appsecret_proof|fb_exchange_token|code|id_token)$/i;

/** A path without parameters that hold a credential. */
export function withoutCredentials(path: string): string {
  const [before = '', query] = path.split(/\?(.*)/s, 2);
  if (query === undefined || query === '') return before;
  const kept = query.split('&').filter((pair) => !secretNames.test(decoded(pair.split('=', 1)[0] ?? '')));
  return kept.length === 0 ? before : `${before}?${kept.join('&')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Reads the search of an address; whatever isn't one of the three names is dropped. */
export function sharedCall(search: Readonly<Record<string, unknown>>): SharedCall {
  const { method, version, path } = search;
  return {
    ...(isMethod(method) ? { method } : {}),
    ...(typeof version === 'string' && /^v\d{1,2}\.\d{1,2}$/.test(version) ? { version } : {}),
    ...(typeof path === 'string' || typeof path === 'number'
      ? { path: withoutCredentials(String(path)).slice(0, 4000) }
      : {}),
  };
}
