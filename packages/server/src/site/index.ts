// This module answers everything that a person meets in a browser: one function from a request to a page, by the table
// in routes.ts.
import { TrieRouter } from 'hono/router/trie-router';
import { roleOf } from '../hosts.ts';
import type { HttpResponse } from '../wire/answer.ts';
import type { HttpRequest } from '../wire/call.ts';
import type { Installation } from '../installation/installation.ts';
import { orderedFault } from '../installation/ordered-fault.ts';
import { blockedPage, notFoundPage, redirect } from './answers.ts';
import { queryOf, type SiteRequest, readAsk } from './site-request.ts';
import { failure } from './failure.ts';
import { isDoneQuery } from './forms.ts';
import { checkpointPath } from './account/checkpoint.ts';
import { paths } from './paths.ts';
import { refusedForm } from './refused-form.ts';
import { type Route, routes } from './routes.ts';
import { isSdkCall, sdkCallAnswered } from './sdk/calls.ts';

export { createAdministratorLink, hasAdministrator } from './account/set-up.ts';
export { dashboardDoor, doors } from './dashboard.ts';
export { paths } from './paths.ts';
export { routes } from './routes.ts';
export { sdkCalls } from './sdk/calls.ts';

const router = new TrieRouter<Route>();
for (const route of routes) router.add(route.method, route.path, route);

function routeFor(method: string, path: string): Route | undefined {
  return router.match(method, path)[0][0]?.[0];
}

/** First segments of the routes: most calls of the Graph are told from pages by theirs alone. */
const firstSegments = new Set(
  routes.map((route) => route.path.split('/')[1] ?? '').filter((segment) => !segment.includes(':')),
);
const versioned = routes.filter((route) => route.path.startsWith('/:')).map((route) => route.path.split('/')[2] ?? '');

function mayBePage(path: string): boolean {
  const end = path.indexOf('/', 1);
  const first = end < 0 ? path.slice(1) : path.slice(1, end);
  if (firstSegments.has(first)) return true;
  return end > 0 && versioned.some((segment) => path.startsWith(segment, end + 1));
}

/** True when a path is a page or a form of ours, whatever the verb; `/` is one on hosts for pages only. */
function isPagePath(path: string): boolean {
  if (isSdkCall(path)) return true;
  return mayBePage(path) && (routeFor('GET', path) !== undefined || routeFor('POST', path) !== undefined);
}

/**
 * On a host that serves both, `/` is the home page for a browser that opens it, and the root of the Graph for everybody
 * else.
 */
function isHome(request: HttpRequest, installation: Installation): boolean {
  if (roleOf(request.host, installation.settings) === 'www') return true;
  return isNavigation(request) || (isOpenedByBrowser(request) && isDoneQuery(request.query));
}

const isOpenedByBrowser = ({ method, headers }: HttpRequest): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  headers.authorization === undefined &&
  (headers.accept ?? '').includes('text/html');

/** True when a person opened an address in a browser, without a query. */
const isNavigation = (request: HttpRequest): boolean => isOpenedByBrowser(request) && request.query === '';

/** Parameters by which somebody shows that they mean a call of the Graph, and want to see its answer. */
const ofCalls = [
  'access_token',
  'appsecret_proof',
  'callback',
  'debug',
  'fields',
  'ids',
  'metadata',
  'method',
  'pretty',
];

/** True when a person opened an address in a browser, and nothing in its query says that a call is meant. */
export function isMistyped(request: HttpRequest): boolean {
  if (!isOpenedByBrowser(request)) return false;
  const params = new URLSearchParams(request.query);
  return !ofCalls.some((name) => params.has(name));
}

/** The page that is meant by an address with a slash too many at its end. */
export function pageWithoutSlash(request: HttpRequest): string | undefined {
  if (!isOpenedByBrowser(request) || !request.path.endsWith('/')) return undefined;
  const path = request.path.slice(0, -1);
  if (path.endsWith('/') || !mayBePage(path) || routeFor('GET', path) === undefined) return undefined;
  return request.query === '' ? path : `${path}?${request.query}`;
}

/** @returns the pages of an installation; `undefined` for what is no page */
export function site(installation: Installation): (incoming: HttpRequest) => Promise<HttpResponse> | undefined {
  return (incoming) => {
    if (!isPagePath(incoming.path)) return undefined;
    if (incoming.path === paths.home && !isHome(incoming, installation)) return undefined;
    return safely(installation, incoming, answerFor);
  };
}

/** Answers on a host for pages only if there is no page: nothing of the Graph is found there. */
export function noSuchPage(installation: Installation): (incoming: HttpRequest) => Promise<HttpResponse> {
  return (incoming) => safely(installation, incoming, async (ask) => notFoundPage(ask));
}

/** Never rejects: what goes wrong is a page too, and says nothing about why. */
async function safely(
  installation: Installation,
  incoming: HttpRequest,
  make: (ask: SiteRequest) => Promise<HttpResponse>,
): Promise<HttpResponse> {
  let ask: SiteRequest | undefined;
  let answer: HttpResponse;
  try {
    ask = await readAsk(installation, incoming);
    answer = await make(ask);
  } catch (error) {
    answer = failure(installation, incoming, ask, error);
  }
  return incoming.method === 'HEAD' ? { ...answer, body: '' } : answer;
}

/** These paths never fail by order: health, and the tools with which orders are looked at and taken back. */
const neverOrdered = /^\/(?:_|console|tools)(?:\/|$)/;

/** A failure of this page that an emulator was ordered to show. */
function faultOf(
  { installation, incoming, signedIn, requestId }: SiteRequest,
  { method, path }: Pick<Route, 'method' | 'path'>,
) {
  if (!installation.world.faults || neverOrdered.test(path)) return undefined;
  const point = { method, path: path.slice(1), person: signedIn?.person.id, traceId: requestId };
  return incoming.method === 'HEAD' ? undefined : orderedFault(installation, 'page', point);
}

/** Parameters that say which thing on a page somebody came for. They are kept only in this form (threats WP-06). */
const kept: readonly (readonly [name: string, form: RegExp])[] = [
  ['open', /^\d{1,20}$/],
  ['list', /^\d{1,6}$/],
  ['user_code', /^[A-Za-z]{4}-?[A-Za-z]{4}$/],
];

/** The address that somebody came for, to come back to after the log-in. */
function cameFor(ask: SiteRequest): string {
  const query = queryOf(ask);
  const params = kept.flatMap(([name, form]) => {
    const value = query.get(name);
    return value !== undefined && form.test(value) ? [`${name}=${value}`] : [];
  });
  return [ask.incoming.path, ...(params.length > 0 ? [params.join('&')] : [])].join('?');
}

async function answerFor(ask: SiteRequest): Promise<HttpResponse> {
  const { method, path } = ask.incoming;
  if (isSdkCall(path)) {
    const ordered = faultOf(ask, { method: method === 'POST' ? 'POST' : 'GET', path });
    if (ordered) throw ordered;
    return sdkCallAnswered(ask);
  }
  const route = routeFor(method === 'HEAD' ? 'GET' : method, path);
  if (!route) {
    const allow = ['GET', 'POST'].filter((verb) => routeFor(verb, path)).join(', ');
    const refused = blockedPage(ask, 'method', 'unknown');
    return { ...refused, headers: { ...refused.headers, allow } };
  }
  if (route.method === 'POST') {
    const refusal = await refusedForm(ask, route);
    if (refusal) return refusal;
  }
  const fault = faultOf(ask, route);
  if (fault) throw fault;
  if ('answer' in route) return route.answer(ask);
  if (!ask.signedIn)
    return redirect(
      ask,
      route.method === 'GET' ? `${paths.logIn}?next=${encodeURIComponent(cameFor(ask))}` : paths.logIn,
    );
  const held = route.held ? undefined : checkpointPath(ask.signedIn);
  return held === undefined ? route.mine(ask, ask.signedIn) : redirect(ask, held);
}
