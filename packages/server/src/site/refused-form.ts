// This is the one check of every form: sent by our own page, in the browser and session that it was shown to (threats
// WP-03, DL-04).
import { sessionEnded } from '@hallpass/pages';
import { fromOurPages, isFormToken } from '../people/csrf.ts';
import type { HttpResponse } from '../wire/answer.ts';
import { findInteraction } from '../login/interactions.ts';
import { leadingTo } from './account/purpose.ts';
import { blockedPage, html, pageProps, redirect } from './answers.ts';
import { type SiteRequest, readBody } from './site-request.ts';
import { goOn, pageOfForm, paths, safeNext } from './paths.ts';
import type { Route } from './routes.ts';
import { choices, forgetTyped, keepTyped, typedText, typist } from './typed-text.ts';

/** Reads the form. @returns the page of the refusal, undefined where the form is in order */
export async function refusedForm(
  ask: SiteRequest,
  route: Extract<Route, { method: 'POST' }>,
): Promise<HttpResponse | undefined> {
  const { incoming, installation, signedIn, browser } = ask;
  const publicUrl = installation.settings.publicUrl;
  if (!fromOurPages(incoming.headers, publicUrl === undefined ? [ask.base] : [ask.base, publicUrl]))
    return refusal(ask, 'origin');
  const form = readBody(incoming, route.lists ?? []);
  if (form === undefined) return refusal(ask, 'csrf');
  if (typeof form === 'string')
    return blockedPage(ask, form === 'duplicate' ? 'duplicate_parameter' : 'invalid_parameter', 'unknown');
  ask.form = form;
  const presented = form.values.get('csrf');
  const about = form.values.get('interaction') ?? '';
  const holder = route.holder === 'browser' ? (browser.known ? browser.hash : undefined) : signedIn?.session.hash;
  if (holder !== undefined && isFormToken(installation, presented, holder, about)) {
    forgetTyped(ask, route.path);
    return undefined;
  }
  const person = route.holder === 'session' ? typist(ask) : undefined;
  const values = person === undefined ? {} : typedText(ask, route.typed ?? {});
  const chosen = person === undefined ? {} : choices(ask, route.chosen ?? []);
  const kept = person !== undefined && keepTyped(ask, { action: route.path, person, values, chosen });
  const another = await shownToAnother(ask, presented, about);
  if (another) return another;
  if (route.holder === 'browser' || (signedIn && person === undefined)) return refusal(ask, 'csrf');
  rejected(ask, 'csrf');
  return sessionEndedPage(ask, route, { values, kept });
}

/** Says that the session has ended, holds what was typed, and leads on to the log-in and back to the form. */
function sessionEndedPage(
  ask: SiteRequest,
  { path, typed = {}, again }: Extract<Route, { method: 'POST' }>,
  { values, kept }: { values: Readonly<Record<string, string>>; kept: boolean },
): HttpResponse {
  const back = safeNext(again ? again(ask) : pageOfForm(path));
  const signedIn = ask.signedIn !== undefined;
  const body = sessionEnded({
    ...pageProps(ask),
    typed: Object.entries(values).map(([name, value]) => ({ name, value, label: typed[name] ?? name })),
    kept,
    next: signedIn ? back : leadingTo(paths.logIn, back),
    signedIn,
    reference: ask.requestId,
  });
  return html(ask, body, { status: 403 });
}

/**
 * A form of a dialog that was shown to a session which this browser has left since: nothing is granted, and the dialog
 * is shown again to whoever is logged in now (threats DL-16).
 */
async function shownToAnother(
  ask: SiteRequest,
  presented: string | undefined,
  about: string,
): Promise<HttpResponse | undefined> {
  const { interaction } = await findInteraction(ask.installation, ask.browser.hash, about || undefined);
  const shownTo = interaction?.progress.shownTo;
  if (
    shownTo === undefined ||
    shownTo === ask.signedIn?.session.hash ||
    !isFormToken(ask.installation, presented, shownTo, about)
  )
    return undefined;
  ask.installation.world.log('info', 'web.csrf_rejected', {
    outcome: 'refused',
    reason: 'session_changed',
    ipPrefix: ask.visitor.ipPrefix,
    requestId: ask.requestId,
  });
  return redirect(ask, goOn(about));
}

function refusal(ask: SiteRequest, reason: 'csrf' | 'origin'): HttpResponse {
  rejected(ask, reason);
  return blockedPage(ask, reason, 'unknown');
}

function rejected({ installation, incoming, visitor, requestId }: SiteRequest, reason: 'csrf' | 'origin'): void {
  installation.world.log('info', `web.${reason}_rejected`, {
    outcome: 'refused',
    reason: incoming.path,
    ipPrefix: visitor.ipPrefix,
    requestId,
  });
}
