// Each stop of the dialog is shown by a view: the props of the views, from what the steps found out.
import * as views from '@hallpass/pages';
import { isAboutPages } from '@hallpass/protocol';
import { limits } from '@hallpass/protocol/request';
import type { SignedInPerson } from '../../people/sign-in/sessions.ts';
import type { DialogResult } from '../../login/dialog.ts';
import { type DialogPage, isForBusiness, type PageChoice, type RequestVisit } from '../../login/visit.ts';
import type { App } from '../../store/apps/apps.ts';
import { pageProps } from '../answers.ts';
import type { SiteRequest } from '../site-request.ts';
import { browserForm, filledIn, otherPerson, personProps, sessionForm } from '../forms.ts';
import { goOn, paths } from '../paths.ts';
import { type SentTicks, ticksKept, withTicks } from '../ticks.ts';
import { keptChoices } from '../typed-text.ts';

/** The fault of a form that is shown again. */
export interface ViewProblem {
  logIn?: views.LogInError;
  /** The address that was typed. */
  email?: string;
  /** Seconds until it makes sense to try again. */
  retryAfter?: number;
  password?: views.PasswordProofError;
  /** True where a code may be asked for besides the password. */
  proof?: views.ProofError;
  /** The ticks as they were sent, where the form changes its list. */
  ticks?: SentTicks;
}

export function appIdentity(app: App): views.AppIdentity {
  const { privacyPolicyUrl, termsOfServiceUrl } = app.settings;
  return {
    id: app.id,
    name: app.name,
    privacyUrl: privacyPolicyUrl,
    termsUrl: termsOfServiceUrl,
    development: app.mode === 'development',
  };
}

/** The HTML of a stop that the person has to answer. */
export function dialogView(
  ask: SiteRequest,
  { shown, visit, interaction, problem }: Extract<DialogResult, { is: 'show' }>,
  viewProblem: ViewProblem = {},
): string {
  const { id } = interaction;
  if (shown.is === 'log_in' || !ask.signedIn) return logInView(ask, visit.app, id, viewProblem);
  const me = ask.signedIn;
  const common = {
    ...pageProps(ask),
    app: appIdentity(visit.app),
    person: personProps(me),
    notYou: sessionForm(ask, me, paths.dialogSwitch, id),
  };
  switch (shown.is) {
    case 'reauthenticate':
      return views.reauthenticate({
        ...common,
        form: sessionForm(ask, me, paths.dialogProve, id),
        code: shown.code,
        error: viewProblem.proof,
      });
    case 'checkpoint':
      return views.checkpoint({
        ...common,
        form: sessionForm(ask, me, paths.checkpoint, id),
        reason: shown.reason,
        error: viewProblem.password,
      });
    case 'locked':
      return views.accountLocked(common);
    case 'unconfirmed':
      return views.unconfirmed({ ...common, form: sessionForm(ask, me, paths.confirm, id) });
    case 'consent':
      return views.consent({
        ...common,
        form: sessionForm(ask, me, paths.dialogConsent, id),
        ...consentRows(visit, shown, keptChoices(ask, paths.dialogConsent, me.person.id)?.permissions),
      });
    case 'choose_business':
      return views.chooseBusiness({
        ...common,
        form: sessionForm(ask, me, paths.dialogBusiness, id),
        businesses: shown.businesses.map((one) => ({ id: one.id, name: one.name })),
        chosen: keptChoices(ask, paths.dialogBusiness, me.person.id)?.business?.[0],
        cannotCreate: me.person.testUserOf !== null,
        newName: filledIn(ask, me, paths.dialogBusiness, views.chooseBusinessLabels).values.business_name,
        error: problem === 'business_name' ? 'name' : problem === 'no_business' ? 'none' : undefined,
      });
    case 'choose_pages': {
      const ticks = viewProblem.ticks ?? ticksKept(ask, me, paths.dialogPages);
      return views.choosePages({
        ...common,
        form: sessionForm(ask, me, paths.dialogPages, id),
        ...pageRows(shown, problem === 'no_page', ticks),
        business: shown.business?.name,
        all: shown.business ? undefined : (ticks?.all ?? shown.all === true),
        list: viewProblem.ticks?.list,
        error: problem === 'no_page' ? 'none' : undefined,
      });
    }
    case 'already_connected': {
      return views.alreadyConnected({
        ...common,
        form: sessionForm(ask, me, paths.dialogAgain, id),
        granted: shown.granted,
        why: shown.why,
        canChoosePages: shown.granted.some(isAboutPages),
        others: shown.others.map(({ page }) => page.name),
      });
    }
  }
}

function logInView(ask: SiteRequest, app: App, id: string, problem: ViewProblem): string {
  const { settings } = ask.installation;
  return views.logIn({
    ...pageProps(ask),
    app: appIdentity(app),
    form: browserForm(ask, paths.dialogLogIn, id),
    error: problem.logIn,
    email: problem.email,
    retryAfter: problem.retryAfter,
    forgot: paths.forgot,
    signUp: settings.openSignUp ? signUpOf(id) : undefined,
  });
}

/**
 * A request that is too long for an address, sealed, is left out: the account is made, and the person opens the app
 * again.
 */
function signUpOf(id: string): string {
  return goOn(id).length > limits.requestLine ? paths.signUp : `${paths.signUp}?interaction=${encodeURIComponent(id)}`;
}

type ConsentRows = Pick<
  views.ConsentProps,
  'asked' | 'granted' | 'choice' | 'ofBusiness' | 'pagesFollow' | 'canChoosePages' | 'returnsTo'
>;

/** @param kept the permissions that were ticked when the session ended under the form */
function consentRows(
  visit: RequestVisit,
  { wanted, grant }: Extract<DialogPage, { is: 'consent' }>,
  kept: readonly string[] | undefined,
): ConsentRows {
  const { target, answers, whole } = visit;
  const status = (name: string) => grant?.permissions[name]?.status;
  const asked = wanted.ask.map((name) => ({
    name,
    declinedBefore: status(name) === 'declined',
    expiredBefore: status(name) === 'expired',
    leftOut: kept ? !kept.includes(name) : answers.leftOut?.includes(name),
  }));
  const isSite = target.form === 'web' || target.form === 'localhost';
  return {
    asked,
    granted: wanted.granted,
    choice: whole ? 'all' : 'each',
    ofBusiness: isForBusiness(visit),
    pagesFollow: wanted.ask.some(isAboutPages),
    canChoosePages: wanted.granted.some(isAboutPages),
    returnsTo: isSite ? URL.parse(target.uri)?.host : undefined,
  };
}

/** One of the person's Pages as views show it. */
export const pageChoice = ({ page: { id, name, category }, tasks, chosen }: PageChoice): views.PageChoice => ({
  id,
  name,
  category,
  tasks,
  chosen,
});

/** @param none the person has just sent the form with nothing ticked: it is shown as they left it */
function pageRows(
  { pages, adAccounts, permissions }: Extract<DialogPage, { is: 'choose_pages' }>,
  none: boolean,
  ticks: SentTicks | undefined,
): Pick<views.ChoosePagesProps, 'pages' | 'adAccounts' | 'permissions'> {
  const ofPages = pages?.map((one) => ({ ...pageChoice(one), chosen: one.chosen && !none }));
  const ofAccounts = adAccounts?.map(({ account: { id, name, settings }, chosen }) => ({
    id,
    name,
    currency: settings.currency,
    chosen: chosen && !none,
  }));
  return {
    permissions,
    pages: ofPages && ticks ? withTicks(ofPages, ticks) : ofPages,
    adAccounts: ofAccounts && ticks ? withTicks(ofAccounts, ticks) : ofAccounts,
  };
}

/** A checkpoint, a lock or the confirmation outside of a dialog. */
export function heldView(
  ask: SiteRequest,
  me: SignedInPerson,
  reason: views.CheckpointReason | undefined,
  error?: views.PasswordProofError,
): string {
  const common = { ...pageProps(ask), ...otherPerson(ask, me, paths.settings) };
  if (me.person.state === 'locked') return views.accountLocked(common);
  return reason === undefined
    ? views.unconfirmed({ ...common, form: sessionForm(ask, me, paths.confirm) })
    : views.checkpoint({ ...common, form: sessionForm(ask, me, paths.checkpoint), reason, error });
}
