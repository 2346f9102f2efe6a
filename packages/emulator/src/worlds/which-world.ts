// A request finds its world by what it brings: a header, the name of the host, an app, a token, or the cookie of a browser
// that an app sent to a world before.
import type { HttpRequest } from '@hallpass/server';

/** Names the world of one request. */
export const WORLD_HEADER = 'x-hallpass-world';
/** Names the world of a browser that went there by the id of an app. */
export const WORLD_COOKIE = 'hallpass_world';

/** World names are labels of host names too. */
export const isWorldName = (name: string): boolean => /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(name);

/** The name that a header or a host says; undefined where neither does. */
export function namedWorld({ headers, host }: HttpRequest): string | undefined {
  const label = /^([a-z0-9-]+)\.localhost(?::\d+)?$/.exec(host)?.[1];
  return headers[WORLD_HEADER] ?? label;
}

export function worldOfCookie({ headers }: HttpRequest): string | undefined {
  return new RegExp(`(?:^|; ?)${WORLD_COOKIE}=([a-z0-9-]{1,40})(?:;|$)`).exec(headers.cookie ?? '')?.[1];
}

interface RequestMarks {
  /** Ids of apps that the request names. */
  apps: string[];
  /** Sealed tokens that it brings. */
  tokens: string[];
}

const appNames = new Set(['client_id', 'app_id']);
const tokenNames = new Set(['access_token', 'input_token', 'fb_exchange_token', 'token']);
const MOST_MARKS = 8;

/** Apps and tokens among the parameters, in the path and in the Authorization header. */
export function marksOf(incoming: HttpRequest): RequestMarks {
  const marks: RequestMarks = { apps: [], tokens: [] };
  const note = (text: string): void => {
    const joined = /^(\d{1,20})\|/.exec(text)?.[1];
    if (joined !== undefined) marks.apps.push(joined);
    else marks.tokens.push(text);
  };
  for (const [name, value] of paramsOf(incoming)) {
    if (marks.apps.length + marks.tokens.length >= MOST_MARKS) break;
    if (appNames.has(name)) marks.apps.push(value);
    else if (tokenNames.has(name)) note(value);
  }
  const [, scheme, credential = ''] = /^(Bearer|OAuth|Basic) (\S+)$/i.exec(incoming.headers.authorization ?? '') ?? [];
  if (scheme?.toLowerCase() === 'basic')
    marks.apps.push(Buffer.from(credential, 'base64').toString('latin1').split(':', 1)[0] ?? '');
  else if (scheme !== undefined) note(credential);
  const segment = /^\/(?:v\d+\.\d+\/)?(\d{1,20})(?:\/|$)/.exec(incoming.path)?.[1];
  if (segment !== undefined) marks.apps.push(segment);
  return marks;
}

/** Parameters of the query and of a form or JSON body, as they were sent. */
export function* paramsOf({ query, headers, body }: HttpRequest): Generator<[string, string]> {
  yield* new URLSearchParams(query);
  const type = headers['content-type'] ?? '';
  if (body.length === 0) return;
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  if (type.startsWith('application/x-www-form-urlencoded')) yield* new URLSearchParams(text);
  else if (type.startsWith('application/json')) {
    // Looked for and not parsed: what is no JSON is refused by the world that it comes to.
    for (const [, name = '', value = ''] of text.matchAll(/"([a-z_]{1,40})"\s*:\s*"?([\w|-]{1,4096})/g))
      yield [name, value];
  }
}
