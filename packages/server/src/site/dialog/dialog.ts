// This module shows the dialog as pages: its address, and what each result of it looks like. Its forms are in
// dialog-forms.ts.
import { type BlockedProps, nativeReturn } from '@hallpass/pages';
import { parseVersion } from '@hallpass/protocol';
import { isLimitedHost } from '../../hosts.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import { type DialogContext, blocked, continueDialog, openDialog, type DialogResult } from '../../login/dialog.ts';
import { blockedPage, html, pageProps, redirect } from '../answers.ts';
import { type SiteRequest, keepBrowser, queryOf } from '../site-request.ts';
import { appIdentity, dialogView, type ViewProblem } from './dialog-views.ts';
import { otherPerson } from '../forms.ts';
import { goOn } from '../paths.ts';

const frames: ReadonlySet<string> = new Set(['iframe', 'frame', 'embed', 'object', 'fencedframe']);

/**
 * Describes the person and browser that ask, as the dialog wants to know it. Browsers say themselves how an address was
 * opened; programs say nothing.
 */
export function askingOf(ask: SiteRequest): DialogContext {
  const { headers, method } = ask.incoming;
  const dest = headers['sec-fetch-dest'];
  const plain = headers['sec-fetch-site'] === undefined || headers['sec-fetch-mode'] === 'navigate';
  return {
    installation: ask.installation,
    addresses: ask.addresses,
    signedIn: ask.signedIn,
    browser: ask.browser.hash,
    top: plain && (dest === undefined || dest === 'document'),
    limited: isLimitedHost(ask.incoming.host, ask.installation.settings),
    version: parseVersion(ask.incoming.path.split('/')[1] ?? ''),
    looking: method === 'HEAD' || isPrefetch(ask),
    ipPrefix: ask.visitor.ipPrefix,
    requestId: ask.requestId,
  };
}

export function isPrefetch({ incoming: { headers } }: SiteRequest): boolean {
  return [headers['sec-purpose'], headers.purpose, headers['x-moz']].some(
    (value) => value?.includes('prefetch') === true,
  );
}

export function isFramed({ incoming }: SiteRequest): boolean {
  return frames.has(incoming.headers['sec-fetch-dest'] ?? '');
}

/** GET of the dialog: what an app sends people to. */
export async function dialogOpened(ask: SiteRequest): Promise<HttpResponse> {
  if (isFramed(ask)) return answerTo(ask, blocked(askingOf(ask), 'framed'));
  return answerTo(ask, await openDialog(askingOf(ask), ask.incoming.query));
}

/** GET of a dialog in progress. */
export async function dialogContinued(ask: SiteRequest): Promise<HttpResponse> {
  if (isFramed(ask)) return answerTo(ask, blocked(askingOf(ask), 'framed'));
  return answerTo(ask, await continueDialog(askingOf(ask), queryOf(ask).get('interaction')));
}

/** These refuse the person who is logged in, and may let somebody else in. */
const ofThePerson: ReadonlySet<string> = new Set([
  'app_not_active',
  'app_restricted',
  'explorer_role',
  'config_permissions',
]);

/** The way on for somebody else, where it is the person who is logged in that may not use the app. */
function notYouOf(ask: SiteRequest, reason: string): BlockedProps['me'] {
  const me = ask.signedIn;
  if (!me || !ofThePerson.has(reason)) return undefined;
  const { method, path, query } = ask.incoming;
  const interaction = ask.form.values.get('interaction') ?? '';
  return otherPerson(ask, me, method === 'POST' ? goOn(interaction) : query === '' ? path : `${path}?${query}`);
}

/** The page or the redirect for a result. */
export function answerTo(ask: SiteRequest, result: DialogResult, problem?: ViewProblem): HttpResponse {
  switch (result.is) {
    case 'blocked':
      return blockedPage(ask, result.reason, 'unknown', result.detail, notYouOf(ask, result.reason));
    case 'next':
      keepBrowser(ask);
      return redirect(ask, goOn(result.interaction.id));
    case 'redirect': {
      // A browser that knows no program for the address shows this page instead.
      const body =
        result.target.form === 'native'
          ? nativeReturn({
              ...pageProps(ask),
              app: appIdentity(result.app),
              outcome: result.granted ? 'success' : 'cancelled',
            })
          : '';
      return redirect(ask, result.to, ask.incoming.method === 'POST' ? 303 : 302, body);
    }
    case 'show':
      return html(ask, dialogView(ask, result, problem), { dialog: result.visit.target });
    case 'nothing':
      // A page that was fetched ahead must not be taken for the answer; any error makes the browser ask again.
      return html(ask, '', { status: isPrefetch(ask) ? 503 : 200, dialog: 'unknown' });
  }
}
