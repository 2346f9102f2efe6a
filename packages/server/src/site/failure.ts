// This page is shown when something fails on our side: it says that, and nothing about why.
import { message, serverAway } from '@hallpass/pages';
import { redact, GraphError } from '@hallpass/protocol';
import type { HttpResponse } from '../wire/answer.ts';
import type { HttpRequest } from '../wire/call.ts';
import { FAULT_HEADER, OrderedFault } from '../wire/faults.ts';
import { storageRefusal } from '../liveness/storage-refusals.ts';
import type { Installation } from '../installation/installation.ts';
import { blockedPage, html, pageProps } from './answers.ts';
import type { SiteRequest } from './site-request.ts';
import { paths } from './paths.ts';

/** Seconds after which it makes sense to try again. */
const SOON = 2;

/** @param ask undefined where it could not even be read who asks */
export function failure(
  installation: Installation,
  incoming: HttpRequest,
  ask: SiteRequest | undefined,
  error: unknown,
): HttpResponse {
  const refusal = error instanceof GraphError ? error : storageRefusal(error);
  if (ask && refusal?.key === 'param.unstorable') return blockedPage(ask, 'invalid_parameter', 'unknown');
  const away = refusal?.status === 503;
  const ordered = refusal instanceof OrderedFault ? refusal : undefined;
  if (!away && !ordered) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    installation.world.log('error', 'page failed', {
      path: incoming.path,
      requestId: ask?.requestId,
      error: redact(said),
    });
  }
  const status = ordered?.status ?? (away ? 503 : 500);
  const waiting = {
    ...(away ? { 'retry-after': String(SOON) } : {}),
    ...(ordered ? { [FAULT_HEADER]: ordered.order } : {}),
  };
  const props = ask ? pageProps(ask) : { platform: { name: installation.settings.platformName } };
  const body = away
    ? serverAway({ ...props, retryAfter: SOON, again: incoming.method === 'GET' ? addressOf(incoming) : undefined })
    : message({ ...props, message: 'went_wrong', home: paths.home });
  if (ask) return html(ask, body, { status, dialog: 'unknown', headers: waiting });
  return { status, headers: { ...bareHeaders, ...waiting }, body };
}

const addressOf = ({ path, query }: HttpRequest): string => (query === '' ? path : `${path}?${query}`);

const bareHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};
