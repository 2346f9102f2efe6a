// Pages answer in these ways: HTML under the headers of threats WP-01, and redirects that tell nobody where one came
// from.
import {
  type BlockedProps,
  type BlockedReason,
  blocked,
  blockedReasons,
  type LinkUnavailableProps,
  linkUnavailable,
  message,
  type PageProps,
  type Platform,
} from '@hallpass/pages';
import type { Random } from '@hallpass/protocol';
import type { HttpResponse } from '../wire/answer.ts';
import type { BlockDetail } from '../login/block-detail.ts';
import { policySource, type RedirectTarget } from '../login/redirect/redirect-address.ts';
import { coloursOf } from './cookies.ts';
import { type SiteRequest, cookieLines, keepBrowser } from './site-request.ts';
import { paths } from './paths.ts';

interface HtmlOptions {
  status?: number;
  /** A page of a dialog: it keeps the window that opened it, and its forms may end at the address of the app. */
  dialog?: RedirectTarget | 'unknown';
  headers?: Record<string, string>;
  /** A script within the page carries it. */
  nonce?: string;
}

const closed = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]
  .map((name) => `${name}=()`)
  .join(', ');

function platformOf({ incoming, installation }: SiteRequest): Platform {
  return {
    name: installation.settings.platformName,
    emulator: installation.world.explainRefusals === true,
    colours: coloursOf(incoming.headers.cookie),
  };
}

/** Makes the props that every view is given. */
export const pageProps = (ask: SiteRequest): PageProps => ({ platform: platformOf(ask) });

/** A value that lets one script of one answer run. */
export const newNonce = (random: Random): string => Buffer.from(random.bytes(16)).toString('base64url');

function policy(ask: SiteRequest, { dialog, nonce = newNonce(ask.installation.world.random) }: HtmlOptions): string {
  const forms = dialog === undefined || dialog === 'unknown' ? '' : ` ${policySource(dialog)}`;
  const graph = ask.addresses.graph === ask.base ? '' : ` ${ask.addresses.graph}`;
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self'${graph}`,
    `form-action 'self'${forms}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Headers of everything that is not a file. */
function usual(ask: SiteRequest): HttpResponse['headers'] {
  const headers: HttpResponse['headers'] = {
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
  if (ask.incoming.scheme === 'https') headers['strict-transport-security'] = 'max-age=15552000; preload';
  const cookies = cookieLines(ask);
  if (cookies.length > 0) headers['set-cookie'] = cookies;
  return headers;
}

export function html(ask: SiteRequest, body: string, options: HtmlOptions = {}): HttpResponse {
  keepBrowser(ask);
  return {
    status: options.status ?? 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      ...usual(ask),
      'content-security-policy': policy(ask, options),
      'x-frame-options': 'DENY',
      'permissions-policy': closed,
      ...(options.dialog === undefined ? { 'cross-origin-opener-policy': 'same-origin' } : {}),
      ...options.headers,
    },
    body,
  };
}

/** Answers a form with 303, so that nothing that was posted is posted again (threats DL-18). */
export function redirect(ask: SiteRequest, to: string, status: 302 | 303 = 303, body = ''): HttpResponse {
  if (body !== '') return html(ask, body, { status, dialog: 'unknown', headers: { location: to } });
  return { status, headers: { ...usual(ask), location: to }, body };
}

/** The page of a refusal, with the status that belongs to it. */
export function blockedPage(
  ask: SiteRequest,
  reason: BlockedReason,
  dialog?: HtmlOptions['dialog'],
  detail?: BlockDetail,
  me?: BlockedProps['me'],
): HttpResponse {
  const body = blocked({
    ...pageProps(ask),
    reason,
    ...(me ? { me } : {}),
    ...(detail ? { detail } : {}),
    withConsole: ask.installation.world.console !== undefined,
    home: paths.home,
    reference: ask.requestId,
  });
  return html(ask, body, { status: blockedReasons[reason].status, dialog });
}

/** The answer for an address without a page. */
export const notFoundPage = (ask: SiteRequest): HttpResponse =>
  html(ask, message({ ...pageProps(ask), message: 'not_found', home: paths.home }), { status: 404 });

/** The answer for a link that works once and does not work: it leads on to the log-in where nobody is logged in. */
export const linkPage = (ask: SiteRequest, link: LinkUnavailableProps['link']): HttpResponse =>
  html(
    ask,
    linkUnavailable({
      ...pageProps(ask),
      link,
      ...(link === 'password' ? { anew: paths.forgot } : {}),
      ...(ask.signedIn ? { home: paths.home } : { logIn: paths.logIn }),
    }),
    { status: 400 },
  );

/** A file that is the same for everybody. */
export function file(
  type: string,
  body: HttpResponse['body'],
  maxAge: number,
  headers: Record<string, string> = {},
): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': type,
      'cache-control': `public, max-age=${maxAge}`,
      'x-content-type-options': 'nosniff',
      ...headers,
    },
    body,
  };
}
