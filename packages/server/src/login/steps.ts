// The dialog is a list of steps, in the order in which things are found out. Each goes on, or says what the visit comes
// to. The whole list runs again at every request of the same dialog, so what changed meanwhile counts (threats DL-01,
// DL-16).
import { appKnown, appOpenTo, explorerOpenTo, loginSwitchedOn, scopesKnown } from './steps/app.ts';
import { businessChosen } from './steps/business.ts';
import { configurationKnown } from './steps/configuration.ts';
import { allDecided, confirmed } from './steps/consent.ts';
import { pagesChosen } from './steps/pages.ts';
import { accountUsable, nonceFresh, passwordProven, personSignedIn } from './steps/person.ts';
import { redirectAllowed } from './steps/redirect.ts';
import { requestSound } from './steps/request.ts';
import { hintFits } from './steps/silent.ts';
import { orderedFault } from '../installation/ordered-fault.ts';
import type { FaultPoint, FaultStep } from '../wire/faults.ts';
import type {
  Block,
  BlockReason,
  DialogPage,
  DialogStop,
  RedirectError,
  RequestVisit,
  Told,
  Visit,
  VisitStart,
} from './visit.ts';

interface Step {
  name: string;
  /** The parameters of the request that it looks at, also through what earlier steps made of them. */
  reads?: readonly string[];
  /**
   * The step can stop the dialog with these, besides asking the person: a page of ours, or an error that the app is
   * told.
   */
  says?: readonly (BlockReason | RedirectError)[];
}

type Eventually<Value> = Value | Promise<Value>;

/** A step that only looks. */
interface Check<Visit, Stop> extends Step {
  take: (visit: Visit) => Eventually<Stop | undefined>;
}

/** A step that finds something out, for those after it. */
interface Find<Visit, Stop, Found> extends Step {
  take: (visit: Visit) => Eventually<Stop | Found>;
}

type End<Stop, Visit> = { stopped: true; stop: Stop } | { stopped: false; visit: Visit };

const isStop = <Stop extends DialogStop>(outcome: Stop | object): outcome is Stop => 'is' in outcome;

/**
 * Steps one after the other. Each can read what those before it found, and no more: the compiler sees to it. `Known` is
 * what a visit holds after the last of them.
 */
class Steps<Start, Known, Stop extends DialogStop> {
  readonly list: readonly Step[];
  /** Takes the steps until one of them stops the visit. */
  readonly take: (start: Start) => Promise<End<Stop, Known>>;

  constructor(list: readonly Step[], take: (start: Start) => Promise<End<Stop, Known>>) {
    this.list = list;
    this.take = take;
  }

  check(step: Check<Known, Stop>): Steps<Start, Known, Stop> {
    return new Steps([...this.list, step], async (start) => {
      const before = await this.take(start);
      if (before.stopped) return before;
      const stop = await step.take(before.visit);
      return stop ? { stopped: true, stop } : before;
    });
  }

  find<Found extends object>(step: Find<Known, Stop, Found>): Steps<Start, Known & Found, Stop> {
    return new Steps<Start, Known & Found, Stop>([...this.list, step], async (start) => {
      const before = await this.take(start);
      if (before.stopped) return before;
      const outcome = await step.take(before.visit);
      return isStop<Stop>(outcome)
        ? { stopped: true, stop: outcome }
        : { stopped: false, visit: { ...before.visit, ...outcome } };
    });
  }
}

const begin = <Start, Stop extends DialogStop>() =>
  new Steps<Start, Start, Stop>([], async (visit) => Promise.resolve({ stopped: false, visit }));

/** Steps about the app and its request. They stop on a page of ours: where the app may be told is not known yet. */
const requestSteps = begin<VisitStart, Block>()
  .find({
    name: 'the app is known and not switched off',
    reads: ['client_id', 'app_id'],
    says: ['invalid_app_id', 'app_disabled'],
    take: appKnown,
  })
  .find({
    name: 'the address to answer at is one of the app',
    reads: ['redirect_uri', 'response_type', 'code_challenge', 'code_challenge_method'],
    says: ['redirect_uri_missing', 'redirect_uri', 'https_required', 'domain_not_listed', 'embedded_login_off'],
    take: redirectAllowed,
  })
  .check({
    name: 'the app allows this way of logging in',
    reads: ['redirect_uri'],
    says: ['client_login_off', 'web_login_off', 'sdk_login_off'],
    take: loginSwitchedOn,
  })
  .find({
    name: 'what Login for Business asks for is known, and fits the request',
    reads: [
      'config_id',
      'response_type',
      'scope',
      'display',
      'redirect_uri',
      'auth_type',
      'nonce',
      'code_challenge',
      'code_challenge_method',
      'dpop_jkt',
    ],
    says: ['config_unknown', 'config_response_type', 'config_surface', 'business_scope'],
    take: configurationKnown,
  });

/** Steps about the person and what they give. */
const personSteps = begin<RequestVisit, DialogStop>()
  .check({
    name: 'the request can be understood',
    reads: ['response_type', 'auth_type', 'nonce', 'code_challenge', 'code_challenge_method', 'dpop_jkt'],
    says: ['unsupported_response_type', 'invalid_request'],
    take: requestSound,
  })
  .check({
    name: 'the nonce was not used before',
    reads: ['client_id', 'app_id', 'auth_nonce'],
    says: ['nonce_used'],
    take: nonceFresh,
  })
  .find({ name: 'someone is logged in', take: personSignedIn })
  .check({ name: 'their account is neither locked nor unconfirmed', take: accountUsable })
  .find({
    name: 'an id_token that came along is theirs',
    reads: ['client_id', 'app_id', 'prompt', 'id_token_hint'],
    says: ['login_required'],
    take: hintFits,
  })
  .find({ name: 'they may use the app', says: ['app_not_active', 'app_restricted'], take: appOpenTo })
  .check({
    name: 'they work on the app, where the Explorer asks',
    reads: ['redirect_uri'],
    says: ['explorer_role'],
    take: explorerOpenTo,
  })
  .check({ name: 'the scopes exist', reads: ['scope'], says: ['invalid_scopes'], take: scopesKnown })
  .check({ name: 'the password is asked where the app wants it', reads: ['auth_type'], take: passwordProven })
  .find({
    name: 'everything asked is decided',
    reads: ['scope', 'auth_type', 'config_id', 'response_type'],
    says: ['config_permissions'],
    take: allDecided,
  })
  .find({ name: 'the business is chosen, where one connects the app', reads: ['config_id'], take: businessChosen })
  .check({ name: 'the Pages are chosen', reads: ['config_id'], take: pagesChosen })
  .check({
    name: 'the person said to go on, or need not',
    reads: ['auth_type', 'prompt', 'redirect_uri', 'force_confirmation'],
    take: confirmed,
  });

export const steps: readonly Step[] = [...requestSteps.list, ...personSteps.list];

type WalkResult =
  | { stop: Block; visit?: undefined }
  | { stop: Told | DialogPage; visit: RequestVisit }
  /** Nothing is left but to record the grant and to answer. */
  | { stop?: undefined; visit: Visit };

/** An error that an emulator was ordered to tell the app. */
function faultAt(
  { installation, request }: VisitStart,
  step: FaultStep,
  about: Pick<FaultPoint, 'person'>,
): Told | undefined {
  if (!installation.world.faults) return undefined;
  const point = { method: 'GET', path: 'dialog/oauth', app: request.appId, ...about };
  const error = orderedFault(installation, step, point);
  return error && { is: 'told', error };
}

/** Runs the steps. */
export async function walk(start: VisitStart): Promise<WalkResult> {
  const asked = await requestSteps.take(start);
  if (asked.stopped) return { stop: asked.stop };
  const unopened = faultAt(start, 'dialog.opened', {});
  if (unopened) return { stop: unopened, visit: asked.visit };
  const end = await personSteps.take(asked.visit);
  if (!end.stopped) {
    const undecided = faultAt(start, 'dialog.decided', { person: end.visit.me.person.id });
    return undecided ? { stop: undecided, visit: asked.visit } : { visit: end.visit };
  }
  return end.stop.is === 'blocked' ? { stop: end.stop } : { stop: end.stop, visit: asked.visit };
}
