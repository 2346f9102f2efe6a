// These are the forms of the dialog: what each sends, turned into an act. That a form is ours was checked before
// (routes.ts).
import { type CodeError, logInCode } from '@hallpass/pages';
import type { HttpResponse } from '../../wire/answer.ts';
import { change } from '../../liveness/change.ts';
import { endSession } from '../../people/sign-in/sessions.ts';
import { finishLogIn } from '../../people/sign-in/second-step.ts';
import { type LoginResult, proveAgain } from '../../people/sign-in/sign-in.ts';
import type { DialogAction } from '../../login/dialog-action.ts';
import { answerDialog, blocked, continueDialog, whoAsks } from '../../login/dialog.ts';
import { findInteraction } from '../../login/interactions.ts';
import { settled } from '../../login/request.ts';
import { html, pageProps, redirect } from '../answers.ts';
import { type SiteRequest, queryOf, setSession } from '../site-request.ts';
import { passwordEntered } from '../account/log-in.ts';
import { answerTo, askingOf } from './dialog.ts';
import { appIdentity, type ViewProblem } from './dialog-views.ts';
import { browserForm, meansAllPages } from '../forms.ts';
import { goOn, paths } from '../paths.ts';
import { sentTicks } from '../ticks.ts';

const interactionOf = ({ form }: SiteRequest): string | undefined => form.values.get('interaction');

/** Takes an act in, unless the form says something else than the dialog was asked (threats DL-05). */
async function take(ask: SiteRequest, act: DialogAction): Promise<HttpResponse> {
  return answerTo(ask, (await refused(ask)) ?? (await answerDialog(askingOf(ask), interactionOf(ask), act)));
}

/** Explains why no answer to this dialog is taken at all. */
async function refused(ask: SiteRequest) {
  const found = await findInteraction(ask.installation, ask.browser.hash, interactionOf(ask));
  if (found.fault) return blocked(askingOf(ask), found.fault);
  const { request } = found.interaction;
  const query = queryOf(ask);
  const contradicts = settled.some((name) =>
    [ask.form.values.get(name), query.get(name)].some((value) => value !== undefined && value !== request.stated[name]),
  );
  return contradicts ? blocked(askingOf(ask), 'invalid_parameter', request) : undefined;
}

/** The way on that the person chose, of those that the form had. */
async function byDecision(ask: SiteRequest, acts: Readonly<Record<string, DialogAction>>): Promise<HttpResponse> {
  const decision = ask.form.values.get('decision') ?? '';
  const act = Object.hasOwn(acts, decision) ? acts[decision] : undefined;
  return act ? take(ask, act) : answerTo(ask, blocked(askingOf(ask), 'invalid_parameter'));
}

const cancel: DialogAction = { is: 'cancel' };

export function consentSent(ask: SiteRequest): Promise<HttpResponse> {
  const consent = { is: 'consent' as const, permissions: ask.form.all('permissions') };
  return byDecision(ask, { cancel, continue: consent, pages: { ...consent, choosePages: true } });
}

export function businessSent(ask: SiteRequest): Promise<HttpResponse> {
  const { values } = ask.form;
  return byDecision(ask, {
    cancel,
    back: { is: 'back' },
    continue: { is: 'business', business: values.get('business') ?? '' },
    create: { is: 'create_business', name: values.get('business_name') ?? '' },
  });
}

export function pagesSent(ask: SiteRequest): Promise<HttpResponse> {
  const ticks = sentTicks(ask);
  if (ticks) return shownAgain(ask, { ticks });
  return byDecision(ask, {
    cancel,
    back: { is: 'back' },
    continue: {
      is: 'pages',
      pages: ask.form.all('pages'),
      adAccounts: ask.form.all('ad_accounts'),
      all: meansAllPages(ask),
    },
  });
}

export function againSent(ask: SiteRequest): Promise<HttpResponse> {
  return byDecision(ask, { cancel, continue: { is: 'continue' }, pages: { is: 'choose_pages' } });
}

/** E-mail and password, as the first step of a dialog. */
export async function dialogLogInSent(ask: SiteRequest): Promise<HttpResponse> {
  const stop = await refused(ask);
  if (stop) return answerTo(ask, stop);
  if (ask.form.values.get('decision') === 'cancel') return take(ask, cancel);
  const { email, entered, error, retryAfter } = await passwordEntered(ask);
  if (!entered) return shownAgain(ask, { logIn: error, email, retryAfter });
  if ('pending' in entered) return codeAsked(ask, entered.pending);
  return goneIn(ask, entered);
}

function goneIn(ask: SiteRequest, entered: LoginResult): Promise<HttpResponse> {
  setSession(ask, entered);
  ask.signedIn = entered;
  return take(ask, { is: 'proven', session: entered.session.id });
}

/** The code after the password, on the way through a dialog. */
async function codeAsked(ask: SiteRequest, pending: string, error?: CodeError): Promise<HttpResponse> {
  const id = interactionOf(ask) ?? '';
  const { interaction } = await findInteraction(ask.installation, ask.browser.hash, id);
  const asks = interaction && (await whoAsks(askingOf(ask), interaction.request));
  const form = browserForm(ask, paths.dialogCode, id, { pending });
  return html(ask, logInCode({ ...pageProps(ask), form, app: asks && appIdentity(asks.app), error }), {
    dialog: asks?.target ?? 'unknown',
  });
}

export async function dialogCodeSent(ask: SiteRequest): Promise<HttpResponse> {
  const stop = await refused(ask);
  if (stop) return answerTo(ask, stop);
  if (ask.form.values.get('decision') === 'cancel') return take(ask, cancel);
  const pending = ask.form.values.get('pending') ?? '';
  const code = ask.form.values.get('code') ?? '';
  if (code === '') return codeAsked(ask, pending, 'missing');
  const entered = await finishLogIn(
    ask.installation,
    { pending, code, browser: ask.browser.hash },
    ask.visitor,
    ask.signedIn,
  );
  if (entered === 'expired') return shownAgain(ask, { logIn: 'code_expired' });
  return entered === 'wrong' ? codeAsked(ask, pending, 'wrong') : goneIn(ask, entered);
}

/** The password once more: asked by the app. */
export async function proofSent(ask: SiteRequest): Promise<HttpResponse> {
  const stop = await refused(ask);
  if (stop) return answerTo(ask, stop);
  if (ask.form.values.get('decision') === 'cancel') return take(ask, cancel);
  if (!ask.signedIn) return redirect(ask, goOn(interactionOf(ask) ?? ''));
  const password = ask.form.values.get('password') ?? '';
  if (password === '') return shownAgain(ask, { proof: 'missing' });
  const { device, ipPrefix } = ask.visitor;
  const proven = await proveAgain(ask.installation, ask.signedIn, {
    password,
    code: ask.form.values.get('code') ?? '',
    device,
    ipPrefix,
  });
  if (proven.wrong) return shownAgain(ask, { proof: proven.wrong === 'code' ? 'code_wrong' : 'wrong' });
  setSession(ask, proven);
  return take(ask, { is: 'proven', session: ask.signedIn.session.id });
}

/** The dialog as it stands, with what was wrong; it never goes on by itself after a wrong password. */
async function shownAgain(ask: SiteRequest, problem: ViewProblem): Promise<HttpResponse> {
  return answerTo(ask, await continueDialog({ ...askingOf(ask), top: false }, interactionOf(ask)), problem);
}

/** "Not you?": ends the session, and goes on with the log-in form of the same dialog. */
export async function switchSent(ask: SiteRequest): Promise<HttpResponse> {
  const { signedIn } = ask;
  if (signedIn) await change(ask.installation, (making) => endSession(ask.installation, making, signedIn.session));
  setSession(ask, undefined);
  return redirect(ask, goOn(interactionOf(ask) ?? ''));
}
