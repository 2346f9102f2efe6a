// The status endpoint tells the JavaScript SDK whether the person at this browser is logged in and has allowed the app, and
// gives a short-lived token where both are so. Source: section 6.4 of the protocol reference; threats WP-02, WP-07, WP-08.
import { lifetimes, signSignedRequest } from '@hallpass/protocol';
import { issueCode } from '../../codes/codes.ts';
import { Overtaken, withConsent } from '../../consent/give-grant.ts';
import { mint, newId, remint } from '../../installation/mint.ts';
import { change, type Change } from '../../liveness/change.ts';
import { present } from '../../liveness/open-token.ts';
import { baseDomain } from '../../login/redirect/base-domain.ts';
import { useTicket } from '../../login/status-ticket.ts';
import { scopedIdFor } from '../../people/scoped-id.ts';
import { type SignedInPerson, whileOpen } from '../../people/sign-in/sessions.ts';
import { findStatusSession, statusCookie } from '../../people/sign-in/status-cookie.ts';
import * as grants from '../../store/grants/grants.ts';
import { AppId } from '../../store/ids.ts';
import * as webSessions from '../../store/people/web-sessions.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import { readCookie } from '../cookies.ts';
import type { SiteRequest } from '../site-request.ts';
import { type AskingPage, askingPage, toldTo } from './asking-page.ts';

type Status = 'connected' | 'not_authorized' | 'unknown';
type Params = ReadonlyMap<string, string>;

/** @param params of the query, or of the body where a ticket or a token is handed over */
export async function statusTold(ask: SiteRequest, params: Params): Promise<HttpResponse> {
  const appId = AppId.parse(params.get('client_id') ?? '');
  const page = askingPage(ask, appId === undefined ? null : await ask.installation.facts.app(appId));
  if (!page) return told(ask, undefined, 'unknown');
  const ticket = params.get('ticket');
  if (ticket !== undefined) return ticketTaken(ask, page, ticket);
  const me = await personAt(ask);
  if (me) return statusOf(ask, page, me, params.get('wants_cookie_data') === 'true');
  const kept = await renewedByToken(ask, page, params.get('input_token') ?? '');
  return kept ? told(ask, page, 'connected', kept) : told(ask, page, 'unknown');
}

const told = (
  ask: SiteRequest,
  page: AskingPage | undefined,
  status: Status,
  values?: Record<string, string | number>,
): HttpResponse => toldTo(ask, page, { 'fb-s': status, ...(values ? { 'fb-ar': JSON.stringify(values) } : {}) });

/**
 * Finds the person at this browser. Where the page is of our own site the web session is sent along; a page of another
 * site has the status cookie.
 */
export async function personAt({ installation, incoming, signedIn }: SiteRequest): Promise<SignedInPerson | undefined> {
  return signedIn ?? findStatusSession(installation, readCookie(incoming.headers.cookie, 'status'));
}

/** Gives the browser its status cookie on this website. Nothing is told but what the next call would be told too. */
async function ticketTaken(ask: SiteRequest, page: AskingPage, ticket: string): Promise<HttpResponse> {
  const { installation } = ask;
  const id = await useTicket(installation, ticket, { appId: page.app.id, origin: page.origin });
  const session = id === undefined ? undefined : await webSessions.byId(installation.db.read, id);
  const me = await whileOpen(installation, session);
  if (!me) return told(ask, page, 'unknown');
  ask.setCookies.set('status', statusCookie(installation, me.session));
  const grant = await installation.facts.grant(page.app.id, me.person.id);
  return told(ask, page, grant ? 'connected' : 'not_authorized');
}

async function statusOf(
  ask: SiteRequest,
  page: AskingPage,
  me: SignedInPerson,
  wantsCookie: boolean,
): Promise<HttpResponse> {
  if (me.person.state !== 'active') return told(ask, page, 'unknown');
  const { app } = page;
  if (!(await ask.installation.facts.grant(app.id, me.person.id))) return told(ask, page, 'not_authorized');
  if (ask.incoming.method === 'HEAD') return told(ask, page, 'connected');
  try {
    const values = await change(ask.installation, (making) => connected(ask, making, page, me, wantsCookie));
    return values ? told(ask, page, 'connected', values) : told(ask, page, 'not_authorized');
  } catch (error) {
    // The session ended meanwhile, or the app is not for this person any more.
    if (error instanceof Overtaken) return told(ask, page, 'not_authorized');
    throw error;
  }
}

/** Makes the parts of a connected answer. @returns undefined where the app has been removed */
async function connected(
  { installation }: SiteRequest,
  making: Change,
  { app, origin }: AskingPage,
  { person, session }: SignedInPerson,
  wantsCookie: boolean,
): Promise<Record<string, string | number> | undefined> {
  const now = installation.world.clock.now();
  const about = { app: app.id, user: person.id, session: session.id, login: newId(installation) };
  const expiresAt = shortEnd(app, now);
  return withConsent(installation, making, { appId: app.id, person, session: session.id }, async () => {
    const { text } = await mint(installation, making.tx, {
      kind: 'user',
      ...about,
      issuedAt: now,
      expiresAt,
      longLived: false,
      native: false,
      authType: undefined,
      authNonce: undefined,
    });
    const grant = await grants.find(making.tx, app.id, person.id);
    if (!grant) return undefined;
    const code = wantsCookie
      ? await issueCode(installation, making, { ...about, redirectUri: '', form: 'relay' })
      : undefined;
    const scopedId = await scopedIdFor(installation, making.tx, app.id, person.id);
    const signed = { user_id: scopedId, issued_at: now, ...(code === undefined ? {} : { code }) };
    const domain = baseDomain(app, origin);
    return {
      access_token: text,
      user_id: scopedId,
      expires_in: expiresAt - now,
      signed_request: await signSignedRequest(signed, app.secret),
      graph_domain: 'facebook',
      ...dataAccessOf(grant, now),
      ...(domain === undefined ? {} : { base_domain: domain }),
    };
  });
}

/** When the app must ask the person again, as a moment and in seconds from now; 0 is never. */
const dataAccessOf = ({ dataAccessUntil: until }: grants.Grant, now: number): Record<string, number> => ({
  data_access_expiration_time: until,
  ...(until > 0 ? { reauthorize_required_in: Math.max(0, until - now) } : {}),
});

const shortEnd = ({ settings }: AskingPage['app'], now: number): number =>
  lifetimes.shortUserToken({ now, marketingTier: settings.marketingTier });

/**
 * A long-lived token that the app has sent to browsers, where it switched that on, stands for the person in a browser
 * that sends no cookies. What comes of it is short-lived, and dies with it.
 */
async function renewedByToken(
  { installation }: SiteRequest,
  { app }: AskingPage,
  token: string,
): Promise<Record<string, string | number> | undefined> {
  if (token === '' || !app.settings.longLivedTokenInFlow) return undefined;
  const presented = await present(installation, token);
  if (presented.is !== 'sealed') return undefined;
  const { record } = presented;
  if (record.kind !== 'user' || record.app !== app.id || !record.longLived) return undefined;
  const [grant, scopedId] = await Promise.all([
    installation.facts.grant(app.id, record.user),
    installation.facts.scopedId(app.id, record.user),
  ]);
  if (!grant || scopedId === null) return undefined;
  const now = installation.world.clock.now();
  const short = shortEnd(app, now);
  const expiresAt = record.expiresAt === 0 ? short : Math.min(short, record.expiresAt);
  return {
    access_token: remint(installation, record, { issuedAt: now, expiresAt, longLived: false }),
    user_id: scopedId,
    expires_in: expiresAt - now,
    signed_request: await signSignedRequest({ user_id: scopedId, issued_at: now }, app.secret),
    graph_domain: 'facebook',
    ...dataAccessOf(grant, now),
  };
}
