// The dialog has two doors: an address that an app sent somebody to, and the forms that it showed. Both run the same
// steps; only what they may come to differs.
import { createBusiness } from '../businesses/businesses.ts';
import { Overtaken } from '../consent/give-grant.ts';
import { nameOf } from '../people/people.ts';
import type { SignedInPerson } from '../people/sign-in/sessions.ts';
import type { Addresses } from '../hosts.ts';
import { change } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import type { App } from '../store/apps/apps.ts';
import { type DialogAction, answersAfter } from './dialog-action.ts';
import { errorAddress, successAddress } from './answer.ts';
import type { BlockDetail } from './block-detail.ts';
import {
  beginInteraction,
  beginSealed,
  findInteraction,
  finishInteraction,
  forgetSealed,
  type Interaction,
  type Progress,
  saveProgress,
} from './interactions.ts';
import { recordGrant } from './record.ts';
import { recordIntegration } from './record-integration.ts';
import type { RedirectTarget } from './redirect/redirect-address.ts';
import { type DialogRequest, readRequest } from './request.ts';
import { walk } from './steps.ts';
import { appKnown } from './steps/app.ts';
import { redirectAllowed } from './steps/redirect.ts';
import { silenced } from './steps/silent.ts';
import {
  beginVisit,
  type Block,
  type BlockReason,
  type DialogAnswers,
  type DialogPage,
  isForBusiness,
  type RequestVisit,
  type Visit,
  type VisitStart,
  type VisitWith,
} from './visit.ts';

/** The browser and the person in front of the dialog. */
export interface DialogContext {
  installation: Installation;
  addresses: Addresses;
  signedIn: SignedInPerson | undefined;
  /** Hash of the browser's cookie. */
  browser: string;
  /** True for a plain navigation in the top window. */
  top: boolean;
  /** HEAD or a prefetch: nothing may be written. */
  looking: boolean;
  /** True on the host of Limited Login. */
  limited: boolean;
  /** The version in the address of the dialog. */
  version: string | undefined;
  ipPrefix: string;
  requestId: string;
}

export type DialogResult =
  /** `detail` is there for people with a role on the app. */
  | { is: 'blocked'; reason: BlockReason; detail?: BlockDetail | undefined }
  | { is: 'redirect'; to: string; target: RedirectTarget; app: App; granted: boolean }
  | { is: 'show'; shown: DialogPage; visit: RequestVisit; interaction: Interaction; problem: Progress['problem'] }
  /** A form was taken in, and there is more to ask: the dialog goes on at its own address. */
  | { is: 'next'; interaction: Interaction }
  | { is: 'nothing' };

/** Opens a dialog: the query as it came. */
export async function openDialog(asking: DialogContext, query: string): Promise<DialogResult> {
  const read = readRequest(query, asking.limited);
  if (read.blocked) return blocked(asking, read.blocked);
  return arrive(asking, { ...read.request, version: asking.version }, undefined);
}

/** Goes on with a dialog in progress. */
export async function continueDialog(asking: DialogContext, id: string | undefined): Promise<DialogResult> {
  const found = await findInteraction(asking.installation, asking.browser, id);
  return found.fault ? blocked(asking, found.fault) : arrive(asking, found.interaction.request, found.interaction);
}

/** Takes in a form of the dialog that was proved to be ours. */
export async function answerDialog(
  asking: DialogContext,
  id: string | undefined,
  act: DialogAction,
): Promise<DialogResult> {
  const found = await findInteraction(asking.installation, asking.browser, id);
  if (found.fault) return blocked(asking, found.fault);
  const { interaction } = found;
  if (act.is === 'create_business') return createInDialog(asking, interaction, act.name);
  if (act.is === 'cancel') return cancel(asking, interaction);
  const { pages = [], adAccounts = [] } = interaction.progress.shown ?? {};
  if (
    act.is === 'pages' &&
    !act.all &&
    act.pages.length + (act.adAccounts?.length ?? 0) === 0 &&
    pages.length + adAccounts.length > 0
  )
    return showFormAgain(asking, interaction, 'no_page');
  if (act.is === 'business' && act.business === '') return showFormAgain(asking, interaction, 'no_business');
  const before = visitOf(asking, interaction.request, interaction.progress.answers, true);
  const answers = answersAfter(before.answers, interaction.progress, act);
  if (answers === undefined) return blocked(asking, 'invalid_parameter', interaction.request);
  const end = await walk(visitOf(asking, interaction.request, answers, true));
  if (!end.stop) return finish(asking, end.visit, interaction);
  if (!end.visit) return blockedAt(asking, interaction.request, end.stop);
  if (end.stop.is === 'told') return redirected(end.visit, errorAddress(end.visit, end.stop.error), false);
  return { is: 'next', interaction: await keep(asking, interaction, { ...interaction.progress, answers }) };
}

/** The form once more, with what was wrong with it. */
async function showFormAgain(
  { installation }: DialogContext,
  interaction: Interaction,
  problem: NonNullable<Progress['problem']>,
): Promise<DialogResult> {
  await saveProgress(installation, interaction, { ...interaction.progress, problem });
  return { is: 'next', interaction };
}

/** Makes a business of the person, where one may be chosen, and goes on with it. */
async function createInDialog(asking: DialogContext, interaction: Interaction, name: string): Promise<DialogResult> {
  const { progress, request } = interaction;
  const person = asking.signedIn?.person;
  if (progress.shown?.businesses === undefined || !person || person.testUserOf !== null)
    return blocked(asking, 'invalid_parameter', request);
  const checked = nameOf(name);
  if (checked.name === undefined) return showFormAgain(asking, interaction, 'business_name');
  const business = await createBusiness(asking.installation, {
    name: checked.name,
    settings: {},
    personId: person.id,
    testOf: person.testUserOf,
  });
  const going = { ...interaction, progress: { ...progress, shown: { businesses: [business] } } };
  const kept = await saveProgress(asking.installation, going, going.progress);
  return answerDialog(asking, kept.id, { is: 'business', business });
}

function visitOf(
  asking: DialogContext,
  request: DialogRequest,
  answers: DialogAnswers | undefined,
  sent: boolean,
): VisitStart {
  const { installation, addresses, signedIn, top } = asking;
  return beginVisit({ installation, request, addresses, signedIn, answers, sent, top });
}

async function arrive(
  asking: DialogContext,
  request: DialogRequest,
  interaction: Interaction | undefined,
): Promise<DialogResult> {
  const end = await walk(visitOf(asking, request, interaction?.progress.answers, false));
  if (!end.visit) return blockedAt(asking, request, end.stop);
  if (!end.stop) return asking.looking ? { is: 'nothing' } : finish(asking, end.visit, interaction);
  const { visit } = end;
  const stop = request.silent ? silenced(end.stop) : end.stop;
  if (stop.is === 'told') return redirected(visit, errorAddress(visit, stop.error), false);
  return asking.looking ? { is: 'nothing' } : show(asking, visit, stop, interaction);
}

/** Notes what is shown and to whom, so that nothing else can be answered. */
async function show(
  asking: DialogContext,
  visit: RequestVisit,
  shown: DialogPage,
  interaction: Interaction | undefined,
): Promise<DialogResult> {
  const progress: Progress = { answers: visit.answers, shownTo: holderOf(asking, shown) };
  if (shown.is === 'consent')
    progress.shown = { permissions: shown.wanted.ask, ...(visit.whole ? { whole: true } : {}) };
  if (shown.is === 'choose_business') progress.shown = { businesses: shown.businesses.map(({ id }) => id) };
  if (shown.is === 'choose_pages') {
    progress.shown = {
      pages: shown.pages?.map(({ page }) => page.id) ?? [],
      ...(shown.business === undefined ? { ownPages: true } : {}),
    };
    if (shown.adAccounts) progress.shown.adAccounts = shown.adAccounts.map(({ account }) => account.id);
  }
  const problem = interaction?.progress.problem;
  const begun = interaction ?? (await begin(asking, visit.request, progress));
  return { is: 'show', shown, visit, interaction: await keep(asking, begun, progress), problem };
}

/** Nothing is written until somebody is logged in: the dialog travels with the browser. */
async function begin(
  { installation, browser, signedIn }: DialogContext,
  request: DialogRequest,
  progress: Progress,
): Promise<Interaction> {
  return signedIn
    ? beginInteraction(installation, browser, request, progress)
    : beginSealed(installation, browser, request);
}

/** Notes what changed. A dialog that nobody has logged in to has nothing to note. */
async function keep(
  { installation, signedIn }: DialogContext,
  interaction: Interaction,
  progress: Progress,
): Promise<Interaction> {
  if (interaction.unstored && !signedIn) return interaction;
  const same = !interaction.unstored && JSON.stringify(progress) === JSON.stringify(interaction.progress);
  return same ? interaction : saveProgress(installation, interaction, progress);
}

/** Names the holder of a form: the log-in form is shown to a browser, every other one to a session. */
function holderOf(
  { signedIn, browser }: Pick<DialogContext, 'signedIn' | 'browser'>,
  shown: Pick<DialogPage, 'is'>,
): string {
  return shown.is === 'log_in' || !signedIn ? browser : signedIn.session.hash;
}

async function finish(
  asking: DialogContext,
  visit: Visit,
  interaction: Interaction | undefined,
): Promise<DialogResult> {
  try {
    const record = isForBusiness(visit) ? recordIntegration : recordGrant;
    const outcome = await record(visit, interaction, asking.requestId);
    return redirected(visit, await successAddress(visit, outcome, asking.addresses), true);
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
    if (error.reason !== 'changed') return blocked(asking, error.reason, visit.request);
    return startOver(asking, visit.request, interaction);
  }
}

/**
 * The steps went by what another request took back meanwhile: the dialog goes on at its own address, by what is known
 * then.
 */
async function startOver(
  asking: DialogContext,
  request: DialogRequest,
  interaction: Interaction | undefined,
): Promise<DialogResult> {
  await asking.installation.freshness.catchUp();
  return { is: 'next', interaction: interaction ?? (await begin(asking, request, {})) };
}

/** The app behind a dialog and where it would answer; undefined where the dialog would be blocked. */
export async function whoAsks(
  asking: DialogContext,
  request: DialogRequest,
): Promise<{ app: App; target: RedirectTarget } | undefined> {
  const found = await targetOf(visitOf(asking, request, undefined, false));
  return 'is' in found ? undefined : { app: found.app, target: found.target };
}

/** The first two steps: enough to know where an error may be told. */
async function targetOf(visit: VisitStart): Promise<Block | VisitWith<'app' | 'target'>> {
  const found = await appKnown(visit);
  if ('is' in found) return found;
  const allowed = redirectAllowed({ ...visit, ...found });
  return 'is' in allowed ? allowed : { ...visit, ...found, ...allowed };
}

async function cancel(asking: DialogContext, interaction: Interaction): Promise<DialogResult> {
  const visit = await targetOf(visitOf(asking, interaction.request, undefined, true));
  if ('is' in visit) return blockedAt(asking, interaction.request, visit);
  const first = await endCancelled(asking, visit, interaction);
  return first
    ? redirected(visit, errorAddress(visit, 'access_denied'), false)
    : blocked(asking, 'interaction_expired', interaction.request);
}

/** @returns false when another request was first */
async function endCancelled(
  { installation, signedIn, requestId }: DialogContext,
  { app }: Pick<Visit, 'app'>,
  interaction: Interaction,
): Promise<boolean> {
  const facts = { outcome: 'refused', reason: 'user_denied', appId: app.id, requestId } as const;
  if (!signedIn && interaction.unstored) {
    const first = forgetSealed(installation, interaction);
    if (first) installation.world.log('info', 'dialog.denied', facts);
    return first;
  }
  return change(installation, async (making) => {
    if (!(await finishInteraction(installation, making, interaction))) return false;
    making.event({
      name: 'dialog.denied',
      ...facts,
      actorKind: 'person',
      ...(signedIn ? { actorId: signedIn.person.id } : {}),
    });
    return true;
  });
}

const redirected = ({ target, app }: Pick<Visit, 'app' | 'target'>, to: string, granted: boolean): DialogResult => ({
  is: 'redirect',
  to,
  target,
  app,
  granted,
});

/** Words of the event log for reasons that several pages share. */
const logged: Partial<Record<BlockReason, string>> = {
  duplicate_parameter: 'duplicate_param',
  redirect_uri_missing: 'redirect_uri',
  https_required: 'redirect_uri',
  domain_not_listed: 'redirect_uri',
  embedded_login_off: 'redirect_uri',
};

/** A refused dialog changes nothing, so its event goes to the log alone. */
export function blocked(
  asking: Pick<DialogContext, 'installation' | 'ipPrefix' | 'requestId'>,
  reason: BlockReason,
  request?: DialogRequest,
): DialogResult {
  const { installation, ipPrefix, requestId } = asking;
  const name = reason === 'interaction_mismatch' ? 'dialog.interaction_mismatch' : 'dialog.blocked';
  installation.world.log('info', name, {
    outcome: 'refused',
    reason: logged[reason] ?? reason,
    appId: request?.appId,
    ipPrefix,
    requestId,
  });
  return { is: 'blocked', reason };
}

/**
 * Blocks the dialog as `blocked` does, and adds what a developer of the app may read about it. In the emulator everybody
 * is one.
 */
async function blockedAt(
  asking: DialogContext,
  request: DialogRequest,
  { reason, detail }: Block,
): Promise<DialogResult> {
  const result = blocked(asking, reason, request);
  const { installation, signedIn } = asking;
  const developing =
    installation.world.explainRefusals === true ||
    (signedIn !== undefined && (await installation.facts.appRoles(request.appId, signedIn.person.id)).length > 0);
  return developing ? { is: 'blocked', reason, detail: { ...detail, appId: request.appId } } : result;
}
