// FB.logout logs the person out of the platform in this browser. Only a living user token of the very person who is logged
// in can, on a page of the token's app; anything else changes nothing, and is answered 200 (threats WP-08).
import { change } from '../../liveness/change.ts';
import { present } from '../../liveness/open-token.ts';
import { endSession } from '../../people/sign-in/sessions.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import { setSession, type SiteRequest } from '../site-request.ts';
import { askingPage, toldTo } from './asking-page.ts';
import { personAt } from './status.ts';

/** @param params of the query, or of the body, where our own SDK puts the token */
export async function loggedOutBySdk(ask: SiteRequest, params: ReadonlyMap<string, string>): Promise<HttpResponse> {
  const { installation } = ask;
  const presented = await present(installation, params.get('access_token') ?? '');
  const record = presented.is === 'sealed' && presented.record.kind === 'user' ? presented.record : undefined;
  const page = askingPage(ask, record ? await installation.facts.app(record.app) : null);
  const me = page && ask.incoming.method !== 'HEAD' ? await personAt(ask) : undefined;
  if (me && me.person.id === record?.user) {
    await change(installation, (making) => endSession(installation, making, me.session));
    if (ask.signedIn) setSession(ask, undefined);
    ask.setCookies.set('status', '');
  }
  return toldTo(ask, page, {});
}
