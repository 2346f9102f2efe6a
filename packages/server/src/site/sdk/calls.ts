// Scripts on pages of apps make these calls. They are no pages and no forms: what they may do is decided by the origin
// of the page that asks and by the token or ticket that it hands over.
import type { HttpResponse } from '../../wire/answer.ts';
import { queryOf, readBody, type SiteRequest } from '../site-request.ts';
import { toldTo } from './asking-page.ts';
import { loggedOutBySdk } from './log-out.ts';
import { statusTold } from './status.ts';

type SdkCall = (ask: SiteRequest, params: ReadonlyMap<string, string>) => Promise<HttpResponse>;

const calls: ReadonlyMap<string, SdkCall> = new Map([
  ['/x/oauth/status', statusTold],
  ['/x/oauth/logout', loggedOutBySdk],
]);

const withoutEnd = (path: string): string => path.replace(/\/$/, '');

export const isSdkCall = (path: string): boolean => calls.has(withoutEnd(path));

/** Each is asked by GET, as documented, or by POST: what is secret then stands in no address. */
export async function sdkCallAnswered(ask: SiteRequest): Promise<HttpResponse> {
  const { method, path } = ask.incoming;
  const call = calls.get(withoutEnd(path));
  if (!call || !['GET', 'HEAD', 'POST'].includes(method)) {
    const refused = toldTo(ask, undefined, { allow: 'GET, POST' });
    return { ...refused, status: 405 };
  }
  if (method !== 'POST') return call(ask, queryOf(ask));
  const body = readBody(ask.incoming, []);
  return call(ask, body === undefined || typeof body === 'string' ? new Map() : body.values);
}
