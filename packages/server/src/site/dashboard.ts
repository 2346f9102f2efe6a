// This is the door of the dashboard: our own pages call the Graph with the cookie of the person's web session instead
// of a token. Every call shows that one of our pages made it, in the session that is logged in now (invariant I-12,
// threats WP-03); the hosts of the Graph have no such door and read no cookies. Decision 0021 says why it is built like
// this.
import { errorBody, isFromOwnPage, lifetimes, GraphError, graphError } from '@hallpass/protocol';
import { formToken, isFormToken } from '../people/csrf.ts';
import { knownAs } from '../people/scoped-id.ts';
import { cookieHash, type SignedInPerson } from '../people/sign-in/sessions.ts';
import { proveAgain } from '../people/sign-in/sign-in.ts';
import { dashboardViewer } from '../graph/authentication/first-party.ts';
import { dashboardGraph } from '../hosts.ts';
import { storageRefusal } from '../liveness/storage-refusals.ts';
import type { HttpResponse } from '../wire/answer.ts';
import type { GraphRequest, HttpRequest } from '../wire/call.ts';
import type { AnswerGraph } from '../graph/index.ts';
import type { Viewer } from '../graph/authentication/viewer.ts';
import type { Installation } from '../installation/installation.ts';
import { type SiteRequest, cookieLines, readAsk, readBody, setSession } from './site-request.ts';
import { consoleStart } from './console-start.ts';
import { paths } from './paths.ts';
import { FIRST_PARTY } from '../store/ids.ts';

/** Carries the token of the session, as GET /console/session tells it. */
const CSRF_HEADER = 'x-hallpass-csrf';
const ABOUT = 'dashboard';

/** These doors are served, for the reference: the calls of the Graph and the password ask for the token. */
export const doors: readonly { method: string; path: string; doc: string }[] = [
  {
    method: 'GET',
    path: paths.dashboardStart,
    doc: 'What our pages need before anyone has logged in: addresses, versions, the log-in form; of an emulator also its demo people and apps.',
  },
  {
    method: 'GET',
    path: paths.dashboardSession,
    doc: 'The person who is logged in, the token for calls from our pages, and until when the password counts as asked.',
  },
  {
    method: 'POST',
    path: paths.dashboardConfirm,
    doc: 'The `password` once more, and the `code` of a second factor where one is on, for acts that ask for it; the session gets a new cookie and a new token.',
  },
  {
    method: 'any',
    path: `${dashboardGraph}/…`,
    doc: 'The Graph for the person who is logged in, with the session instead of a token.',
  },
];

const atDoor: ReadonlySet<string> = new Set([paths.dashboardStart, paths.dashboardSession, paths.dashboardConfirm]);

/** @returns undefined for what is not behind this door */
export function dashboardDoor(
  installation: Installation,
  answerGraph: AnswerGraph,
): (incoming: HttpRequest) => Promise<HttpResponse> | undefined {
  const answer = async (incoming: HttpRequest): Promise<HttpResponse> => {
    const { path } = incoming;
    let ask: SiteRequest | undefined;
    try {
      ask = await readAsk(installation, incoming);
      demandOwnPage(ask);
      if (path === paths.dashboardStart) {
        demandMethod(ask, 'GET');
        return answerOf(ask, consoleStart(ask));
      }
      if (path === paths.dashboardSession) return answerOf(ask, await sessionShown(ask, only(ask, 'GET')));
      const me = demandSession(ask);
      if (path === paths.dashboardConfirm) return answerOf(ask, await confirmed(ask, only(ask, 'POST', me)));
      return plain(
        ask,
        await answerGraph({ ...incoming, path: path.slice(dashboardGraph.length) || '/' }, { who: whoIs(me) }),
      );
    } catch (error) {
      return refused(installation, incoming, ask, error);
    }
  };
  return (incoming) => {
    const { path } = incoming;
    const toGraph = path === dashboardGraph || path.startsWith(`${dashboardGraph}/`);
    return toGraph || atDoor.has(path) ? answer(incoming) : undefined;
  };
}

function demandOwnPage(ask: SiteRequest): void {
  const { installation, incoming, base } = ask;
  const { publicUrl } = installation.settings;
  if (!isFromOwnPage(incoming.headers, publicUrl === undefined ? [base] : [base, publicUrl]))
    throw notOurs(ask, 'web.origin_rejected');
}

/** @throws GraphError dashboard.signed_out | dashboard.not_our_page, and that of an account that is held */
function demandSession(ask: SiteRequest): SignedInPerson {
  const me = signedIn(ask);
  if (!isFormToken(ask.installation, ask.incoming.headers[CSRF_HEADER], me.session.hash, ABOUT))
    throw notOurs(ask, 'web.csrf_rejected');
  return me;
}

function signedIn({ signedIn: me }: SiteRequest): SignedInPerson {
  if (!me) throw graphError('dashboard.signed_out');
  if (me.person.state === 'checkpoint') throw graphError('token.checkpoint');
  if (me.person.state === 'locked') throw graphError('token.checkpoint_blocking');
  if (me.person.state !== 'active') throw graphError('token.unconfirmed');
  return me;
}

function notOurs(
  { installation, incoming, visitor, requestId }: SiteRequest,
  event: 'web.csrf_rejected' | 'web.origin_rejected',
): GraphError {
  installation.world.log('info', event, {
    outcome: 'refused',
    reason: incoming.path,
    ipPrefix: visitor.ipPrefix,
    requestId,
  });
  return graphError('dashboard.not_our_page');
}

function demandMethod({ incoming }: SiteRequest, method: string): void {
  if (incoming.method !== method) throw graphError('param.method', { method: incoming.method.toLowerCase() });
}

function only(ask: SiteRequest, method: string, me: SignedInPerson = signedIn(ask)): SignedInPerson {
  demandMethod(ask, method);
  return me;
}

/** A token beside the session would be a second answer to the question who asks (invariant I-10). */
const whoIs = (me: SignedInPerson) => {
  const viewer = dashboardViewer(me);
  return async (call: GraphRequest): Promise<Viewer> => {
    if (call.credential !== undefined || call.proof !== undefined || call.proofTime !== undefined)
      throw graphError('token.two_credentials');
    return viewer;
  };
};

async function sessionShown({ installation }: SiteRequest, { session, person }: SignedInPerson) {
  return {
    id: await knownAs(installation, FIRST_PARTY, person.id),
    name: person.name,
    csrf: formToken(installation, session.hash, ABOUT),
    confirmed_until: session.proven_at === 0 ? 0 : session.proven_at + lifetimes.confirmation,
  };
}

/** The limits on guessing are those of every door that asks for a password; wrong and too often look the same. */
async function confirmed(ask: SiteRequest, me: SignedInPerson) {
  const { installation, visitor, incoming } = ask;
  const form = readBody(incoming, []);
  const values = form === undefined || typeof form === 'string' ? undefined : form.values;
  const password = values?.get('password');
  const code = values?.get('code') ?? '';
  if (password === undefined || password === '') throw graphError('param.required', { name: 'password' });
  const proven = await proveAgain(installation, me, {
    password,
    code,
    device: visitor.device,
    ipPrefix: visitor.ipPrefix,
  });
  if (proven.wrong) throw graphError(proven.wrong === 'code' ? 'dashboard.code_wrong' : 'dashboard.password_wrong');
  const { cookie } = proven;
  setSession(ask, { cookie });
  const session = {
    ...me.session,
    hash: cookieHash(installation, cookie) ?? '',
    proven_at: installation.world.clock.now(),
  };
  return sessionShown(ask, { ...me, session });
}

const answerOf = (ask: SiteRequest, value: unknown): HttpResponse => ({
  status: 200,
  headers: headersOf(ask),
  body: JSON.stringify(value),
});

/** Headers for our pages alone: no other site is told anything, and nothing is kept. */
function headersOf(ask: SiteRequest | undefined): HttpResponse['headers'] {
  const cookies = ask ? cookieLines(ask) : [];
  return {
    'content-type': 'application/json; charset=UTF-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    ...(ask?.incoming.scheme === 'https' ? { 'strict-transport-security': 'max-age=15552000; preload' } : {}),
    ...(cookies.length > 0 ? { 'set-cookie': cookies } : {}),
  };
}

/** An answer of the Graph, without what invites every other site to read it (threats WP-10). */
function plain(ask: SiteRequest, answer: HttpResponse): HttpResponse {
  const headers = Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-'));
  return { ...answer, headers: { ...Object.fromEntries(headers), ...headersOf(ask) } };
}

function refused(
  { world }: Installation,
  incoming: HttpRequest,
  ask: SiteRequest | undefined,
  error: unknown,
): HttpResponse {
  const refusal = error instanceof GraphError ? error : (storageRefusal(error) ?? graphError('server.bug'));
  if (refusal.key === 'server.bug')
    world.log('error', 'server.bug', {
      requestId: ask?.requestId,
      error: error instanceof Error ? error.stack : String(error),
    });
  const body = JSON.stringify(errorBody(refusal, ask?.requestId ?? ''));
  return { status: refusal.status, headers: headersOf(ask), body: incoming.method === 'HEAD' ? '' : body };
}
