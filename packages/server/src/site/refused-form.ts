// This is the one check of every form: sent by our own page, in the browser and session that it was shown to (threats
// WP-03, DL-04).
import { fromOurPages, isFormToken } from '../people/csrf.ts';
import type { HttpResponse } from '../wire/answer.ts';
import { findInteraction } from '../login/interactions.ts';
import { blockedPage, redirect } from './answers.ts';
import { type SiteRequest, readBody } from './site-request.ts';
import { goOn } from './paths.ts';
import type { Route } from './routes.ts';

/** Reads the form. @returns the page of the refusal, undefined where the form is in order */
export async function refusedForm(
  ask: SiteRequest,
  route: Extract<Route, { method: 'POST' }>,
): Promise<HttpResponse | undefined> {
  const { incoming, installation, signedIn, browser } = ask;
  const publicUrl = installation.settings.publicUrl;
  if (!fromOurPages(incoming.headers, publicUrl === undefined ? [ask.base] : [ask.base, publicUrl]))
    return refusal(ask, 'origin');
  const form = readBody(incoming, 'lists' in route ? (route.lists ?? []) : []);
  if (form === undefined) return refusal(ask, 'csrf');
  if (typeof form === 'string')
    return blockedPage(ask, form === 'duplicate' ? 'duplicate_parameter' : 'invalid_parameter', 'unknown');
  ask.form = form;
  const presented = form.values.get('csrf');
  const about = form.values.get('interaction') ?? '';
  const holder = route.holder === 'browser' ? (browser.known ? browser.hash : undefined) : signedIn?.session.hash;
  if (holder !== undefined && isFormToken(installation, presented, holder, about)) return undefined;
  const ended = route.holder === 'session' && signedIn === undefined;
  return (await shownToAnother(ask, presented, about)) ?? refusal(ask, 'csrf', ended ? 'session_ended' : 'csrf');
}

/**
 * A form of a dialog that was shown to a session which this browser has left since: nothing is granted, and the dialog
 * is
 * shown again to whoever is logged in now (threats DL-16).
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

function refusal(
  ask: SiteRequest,
  reason: 'csrf' | 'origin',
  page: 'csrf' | 'origin' | 'session_ended' = reason,
): HttpResponse {
  ask.installation.world.log('info', `web.${reason}_rejected`, {
    outcome: 'refused',
    reason: ask.incoming.path,
    ipPrefix: ask.visitor.ipPrefix,
    requestId: ask.requestId,
  });
  return blockedPage(ask, page, 'unknown');
}
