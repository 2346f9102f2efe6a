// These pages are the log-in and log-out of the platform itself.
import { type CodeError, logIn as logInView, logInCode, message } from '@hallpass/pages';
import { emailOf } from '../../people/people.ts';
import { waitForAddress } from '../../people/try-budget.ts';
import { endSession } from '../../people/sign-in/sessions.ts';
import { finishLogIn } from '../../people/sign-in/second-step.ts';
import { logIn } from '../../people/sign-in/sign-in.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import { change } from '../../liveness/change.ts';
import { present } from '../../liveness/open-token.ts';
import { redirectVerdict } from '../../login/redirect/redirect-uri.ts';
import { redirectAppOf } from '../../login/steps/redirect.ts';
import { html, pageProps, redirect } from '../answers.ts';
import { type SiteRequest, queryOf, setSession } from '../site-request.ts';
import { isPrefetch } from '../dialog/dialog.ts';
import { browserForm, otherPerson } from '../forms.ts';
import { hasOwnLogIn, paths } from '../paths.ts';
import { leadingTo, nextOf, purposeOf } from './purpose.ts';

export function logInShown(
  ask: SiteRequest,
  problem: { error?: PasswordEntry['error'] | 'code_expired'; email?: string; retryAfter?: number } = {},
): HttpResponse {
  const next = nextOf(ask);
  if (ask.signedIn && ask.incoming.method !== 'POST') return redirect(ask, next);
  const signUp = ask.installation.settings.openSignUp ? leadingTo(paths.signUp, next) : undefined;
  const form = browserForm(ask, paths.logIn, '', { next });
  const ways = { signUp, forgot: paths.forgot, purpose: purposeOf(next) };
  return html(ask, logInView({ ...pageProps(ask), form, ...ways, ...problem }));
}

interface PasswordEntry {
  email: string;
  entered: Awaited<ReturnType<typeof logIn>>;
  error: 'wrong' | 'missing' | 'too_many';
  /** Seconds until this browser may try again, with `too_many`. */
  retryAfter: number | undefined;
}

/**
 * Tries the e-mail address and password of a log-in form, on its own page or in a dialog. `error` is what is said where
 * `entered` is undefined.
 */
export async function passwordEntered(ask: SiteRequest): Promise<PasswordEntry> {
  const email = ask.form.values.get('email') ?? '';
  const password = ask.form.values.get('password') ?? '';
  const { device, ipPrefix } = ask.visitor;
  const entered = await logIn(
    ask.installation,
    { who: { email }, password, device, ipPrefix, browser: ask.browser.hash },
    ask.visitor,
    ask.signedIn,
  );
  const known = emailOf(email);
  const retryAfter = entered || known === undefined ? undefined : waitForAddress(ask.installation, known, device);
  if (retryAfter !== undefined) return { email, entered, error: 'too_many', retryAfter };
  return { email, entered, error: email && password ? 'wrong' : 'missing', retryAfter };
}

export async function logInSent(ask: SiteRequest): Promise<HttpResponse> {
  const { email, entered, error, retryAfter } = await passwordEntered(ask);
  if (!entered) return logInShown(ask, { error, email, retryAfter });
  if ('pending' in entered) return codeShown(ask, entered.pending);
  setSession(ask, entered);
  return redirect(ask, nextOf(ask));
}

/** The code after the password. It comes as the answer to a form: there is no address that leads here. */
function codeShown(ask: SiteRequest, pending: string, error?: CodeError): HttpResponse {
  const next = nextOf(ask);
  return html(
    ask,
    logInCode({
      ...pageProps(ask),
      form: browserForm(ask, paths.logInCode, '', { pending, next }),
      logIn: paths.logIn,
      error,
    }),
  );
}

export async function codeSent(ask: SiteRequest): Promise<HttpResponse> {
  const pending = ask.form.values.get('pending') ?? '';
  const code = ask.form.values.get('code') ?? '';
  if (code === '') return codeShown(ask, pending, 'missing');
  const entered = await finishLogIn(
    ask.installation,
    { pending, code, browser: ask.browser.hash },
    ask.visitor,
    ask.signedIn,
  );
  if (entered === 'expired') return logInShown(ask, { error: 'code_expired' });
  if (entered === 'wrong') return codeShown(ask, pending, 'wrong');
  setSession(ask, entered);
  return redirect(ask, nextOf(ask));
}

/** The button in the signed-in part. */
export async function logOutSent(ask: SiteRequest): Promise<HttpResponse> {
  await logOut(ask);
  return html(ask, message({ ...pageProps(ask), message: 'signed_out', logIn: paths.logIn }));
}

async function logOut(ask: SiteRequest): Promise<void> {
  const { signedIn } = ask;
  if (signedIn) await change(ask.installation, (making) => endSession(ask.installation, making, signedIn.session));
  setSession(ask, undefined);
  ask.signedIn = undefined;
}

/**
 * "Not you?" outside of a dialog: ends the session, and leads through the log-in of somebody else to what they came for.
 */
export async function personSwitched(ask: SiteRequest): Promise<HttpResponse> {
  const next = nextOf(ask);
  const { signedIn, installation } = ask;
  if (signedIn) await change(installation, (making) => endSession(installation, making, signedIn.session));
  setSession(ask, undefined);
  return redirect(ask, hasOwnLogIn(next) ? next : leadingTo(paths.logIn, next));
}

/**
 * `logout.php?next&access_token`: an app logs the person out of the platform. Only a living user token of the very
 * person who is logged in can; anything else changes nothing, says so, and is answered 200 (threats WP-08). `next` is an
 * address of the token's own app or nothing (DL-17).
 */
export async function logOutByToken(ask: SiteRequest): Promise<HttpResponse> {
  const query = queryOf(ask);
  const token = query.get('access_token') ?? '';
  const presented =
    token === '' || ask.incoming.method === 'HEAD' || isPrefetch(ask)
      ? undefined
      : await present(ask.installation, token);
  const mine =
    presented?.is === 'sealed' && presented.record.kind === 'user' && presented.record.user === ask.signedIn?.person.id;
  if (!mine) {
    const me = ask.signedIn && otherPerson(ask, ask.signedIn, paths.home);
    return html(ask, message({ ...pageProps(ask), message: 'nothing_to_log_out', home: paths.home, me }));
  }
  await logOut(ask);
  const next = query.get('next') ?? '';
  const verdict = redirectVerdict(next, redirectAppOf(presented.subject.app), {
    wwwUrl: ask.addresses.www,
    staticUrl: ask.addresses.static,
  });
  const isSite =
    verdict.allow && (verdict.form === 'web' || verdict.form === 'localhost' || verdict.form === 'loopback');
  return redirect(ask, isSite ? next : paths.home, 302);
}
