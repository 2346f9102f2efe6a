// Scripts on pages of apps make these calls. They are no pages and no forms: what they may do is decided by the origin
// of the page that asks and by the token or ticket that it hands over.
import type { HttpResponse } from '../../wire/answer.ts';
import { queryOf, readBody, type SiteRequest } from '../site-request.ts';
import { toldTo } from './asking-page.ts';
import { loggedOutBySdk } from './log-out.ts';
import { statusTold } from './status.ts';

interface SdkCall {
  path: string;
  /** One sentence for the reference. */
  doc: string;
  answer(ask: SiteRequest, params: ReadonlyMap<string, string>): Promise<HttpResponse>;
}

export const sdkCalls: readonly SdkCall[] = [
  {
    path: '/x/oauth/status',
    doc: 'Tells in the headers `fb-s` and `fb-ar` whether the person is logged in and has allowed the app: `client_id`; `wants_cookie_data` for a code in the signed request.',
    answer: statusTold,
  },
  {
    path: '/x/oauth/logout',
    doc: 'Logs the person out whose `access_token` it is, in the browser in which they are logged in.',
    answer: loggedOutBySdk,
  },
];

const withoutEnd = (path: string): string => path.replace(/\/$/, '');
const callAt = (path: string): SdkCall | undefined => sdkCalls.find((call) => call.path === withoutEnd(path));

export const isSdkCall = (path: string): boolean => callAt(path) !== undefined;

/** Each is asked by GET, as documented, or by POST: what is secret then stands in no address. */
export async function sdkCallAnswered(ask: SiteRequest): Promise<HttpResponse> {
  const { method, path } = ask.incoming;
  const call = callAt(path);
  if (!call || !['GET', 'HEAD', 'POST'].includes(method)) {
    const refused = toldTo(ask, undefined, { allow: 'GET, POST' });
    return { ...refused, status: 405 };
  }
  if (method !== 'POST') return call.answer(ask, queryOf(ask));
  const body = readBody(ask.incoming, []);
  return call.answer(ask, body === undefined || typeof body === 'string' ? new Map() : body.values);
}
