// These files are the same for everybody: the stylesheet, pictures, the page where desktop log-ins end, and signs of
// life.
import { loginSuccess, stylesheet } from '@hallpass/pages';
import { avatarSvg, largestPicture } from '../people/avatar.ts';
import type { HttpResponse } from '../wire/answer.ts';
import { answers } from '../installation/start.ts';
import { file, html, pageProps } from './answers.ts';
import { type SiteRequest, queryOf } from './site-request.ts';

const DAY = 86_400;

export const stylesheetSent = (): HttpResponse => file('text/css; charset=utf-8', stylesheet, 365 * DAY);
export const robotsSent = (): HttpResponse => file('text/plain; charset=utf-8', 'User-agent: *\nDisallow: /\n', DAY);
/** Pages bring their icon along; browsers that ask all the same are told that there is none. */
export const iconSent = (): HttpResponse => ({
  status: 204,
  headers: { 'cache-control': `public, max-age=${DAY}` },
  body: '',
});

/**
 * `/platform/picture/{seed}.svg?width=&height=`. Anybody may show it anywhere; it can neither run nor load anything.
 */
export function pictureSent(ask: SiteRequest): HttpResponse {
  const query = queryOf(ask);
  const side = (name: string): number =>
    Math.min(largestPicture, Math.max(1, Number.parseInt(query.get(name) ?? '', 10) || 50));
  const seed = ask.incoming.path.split('/').at(-1)?.slice(0, -'.svg'.length) ?? '';
  return file('image/svg+xml', avatarSvg(seed, side('width'), side('height')), 30 * DAY, {
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
  });
}

/** Desktop programs read the address of this page and close its window (section 2.6 of the protocol reference). */
export function loginSuccessShown(ask: SiteRequest): HttpResponse {
  const outcome = queryOf(ask).has('error') ? 'cancelled' : 'success';
  return html(ask, loginSuccess({ ...pageProps(ask), outcome }), { dialog: 'unknown' });
}

const json = (status: number, value: unknown): HttpResponse => ({
  status,
  headers: {
    'content-type': 'application/json; charset=UTF-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  },
  body: JSON.stringify(value),
});

export const healthShown = (): HttpResponse => json(200, { status: 'ok' });

/** Ready: the database answers, and this node can prove that it has heard of every change. */
export async function readinessShown({ installation }: Pick<SiteRequest, 'installation'>): Promise<HttpResponse> {
  const ready = installation.freshness.proven() && (await answers(installation.db));
  return ready ? json(200, { status: 'ready' }) : json(503, { status: 'not ready' });
}
