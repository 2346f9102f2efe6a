// The judge decides whether the viewer holds what a declaration asks for. Facts are loaded only when a rule needs them.
// Privilege is an intersection evaluated now; the moment of minting decides nothing alone (threats I-6).
import {
  type Caller,
  canMeet,
  evaluate,
  type Facts,
  factsNeeded,
  inWords,
  keysOf,
  lifetimes,
  type NeededFact,
  oncePer,
  partsOf,
  type Requirement,
  tokenKinds,
  type Verdict,
} from '@hallpass/protocol';
import { adAccountTasks, reachesAdAccount } from '../../liveness/ad-access.ts';
import { mayImpersonate } from '../../liveness/page-tokens.ts';
import { reaches } from '../../liveness/permissions.ts';
import { lacksSecondFactor, lacksSecondFactorFor, lacksSecondFactorForAds } from '../../liveness/two-factor.ts';
import { type FactsBeside, factsBeside } from './beside.ts';
import { nameOfCall } from '../../installation/call-log.ts';
import { allValues, type Maybe, withValue } from '../../installation/maybe.ts';
import type { Context } from '../language/context.ts';
import type { Target } from '../language/schema.ts';
import { callerOf, speaksForPerson, type Viewer } from '../authentication/viewer.ts';
import type { AdAccountId, BusinessId, PageId, PersonId } from '../../store/ids.ts';

const callers: readonly Caller[] = [...keysOf(tokenKinds), 'dashboard', 'none'];

/** These traits of a requirement are there before anybody asks. */
interface RequirementTraits {
  needed: ReadonlySet<NeededFact>;
  /** It is about a token that is handed over: its parts are looked at one after the other. */
  opensToken: boolean;
  /** The callers that can meet it at all. */
  callers: ReadonlySet<Caller>;
}

/** Requirements are declared, and there is no end of asking. */
const traitsOf = oncePer(
  (requirement: Requirement): RequirementTraits => ({
    needed: factsNeeded(requirement),
    opensToken: partsOf(requirement).some((part) => part.is === 'on' && part.thing.kind === 'token'),
    callers: new Set(callers.filter((caller) => canMeet(caller, requirement))),
  }),
);

const empty: ReadonlySet<string> = new Set();
const none: readonly string[] = [];

/** The set of a remembered list. */
const setOf = oncePer((tasks: readonly string[]): ReadonlySet<string> => new Set(tasks));

/**
 * Tasks the viewer may use on a Page: those of the person behind the token, and only where a permission reaches the
 * Page.
 */
function tasksOn(context: Context, pageId: PageId): Maybe<ReadonlySet<string>> {
  const { viewer } = context;
  if (!viewer.person || viewer.kind === 'session_info' || (viewer.page && viewer.page.id !== pageId)) return empty;
  if (!mayImpersonate(viewer.inForce, viewer.grant, pageId)) return empty;
  return withValue(context.installation.facts.pageRole(pageId, viewer.person.id), tasksOf);
}

const tasksOf = (role: { tasks: readonly string[] } | null): ReadonlySet<string> =>
  role === null ? empty : setOf(role.tasks);

/**
 * The role of the viewer in a business, by a token of a person or system user. A Page token speaks for the Page alone.
 */
async function rolesIn({ installation, viewer }: Context, businessId: BusinessId): Promise<ReadonlySet<string>> {
  if (!speaksForPerson(viewer)) return empty;
  const role = await installation.facts.businessRole(businessId, viewer.person.id);
  return role === null ? empty : new Set([role]);
}

/** Tasks of the person or system user behind the token on an ad account. */
export async function adAccountTasksOn(
  { installation, viewer }: Context,
  accountId: AdAccountId,
): Promise<ReadonlySet<string>> {
  if (!speaksForPerson(viewer)) return empty;
  return adAccountTasks(installation, accountId, viewer.person.id);
}

/** Permissions in force for the target: for a Page or an ad account those that reach it. */
function permissionsFor({ viewer }: Context, { pageId, adAccountId }: Target): Facts['permissions'] {
  // A session-info token names the person and carries no permission.
  const names = viewer.kind === 'session_info' ? empty : viewer.inForce.names;
  if (pageId !== undefined) return { has: (name) => names.has(name) && reaches(viewer.grant, name, pageId) };
  if (adAccountId !== undefined)
    return { has: (name) => names.has(name) && reachesAdAccount(viewer.grant, name, adAccountId) };
  return names;
}

/** Lists the roles of the person on the platform: known in the dashboard only. */
function platformRolesOf({ dashboard, person }: Viewer): ReadonlySet<string> {
  if (!dashboard || !(person.administrator || person.reviewer)) return empty;
  return new Set(person.administrator ? ['administrator', 'reviewer'] : ['reviewer']);
}

/**
 * Collects what the evaluator knows of the viewer for this target; the explanation of a refusal is made of the same
 * facts.
 */
export const factsFor = (context: Context, requirement: Requirement, target: Target): Maybe<Facts> =>
  withValue(factsBeside(context, requirement, target, factsFor), (beside) =>
    factsWith(context, traitsOf(requirement).needed, target, beside),
  );

function factsWith(
  context: Context,
  wanted: ReadonlySet<NeededFact>,
  target: Target,
  { given, on, where }: FactsBeside,
): Maybe<Facts> {
  const { viewer } = context;
  const facts: Facts = {
    kind: viewer.kind,
    permissions: permissionsFor(context, target),
    tasks: empty,
    adAccountTasks: empty,
    appRoles: empty,
    businessRoles: empty,
    platformRoles: platformRolesOf(viewer),
    secondFactorMissing: false,
    self: target.self,
    ownApp: target.ownApp,
    dashboard: viewer.dashboard !== undefined,
    confirmed: viewer.dashboard !== undefined && viewer.dashboard.provenAt > context.now - lifetimes.confirmation,
    given,
    on,
    where,
  };
  return readsHeld(wanted) ? withHeld(context, wanted, target, facts) : facts;
}

/** Permissions are known of every viewer; everything else that somebody holds must be read. */
const readsHeld = (wanted: ReadonlySet<NeededFact>): boolean => wanted.size > (wanted.has('permission') ? 1 : 0);

/** The same facts with what the viewer holds on the target, as far as it is asked for. */
function withHeld(context: Context, wanted: ReadonlySet<NeededFact>, target: Target, facts: Facts): Maybe<Facts> {
  const { viewer } = context;
  const { pageId, adAccountId, appId, businessId } = target;
  const read = allValues([
    wanted.has('task') && pageId !== undefined ? tasksOn(context, pageId) : empty,
    wanted.has('ad_account_task') && adAccountId !== undefined ? adAccountTasksOn(context, adAccountId) : empty,
    wanted.has('role') && appId !== undefined && viewer.person
      ? context.installation.facts.appRoles(appId, viewer.person.id)
      : none,
    wanted.has('business_role') && businessId !== undefined ? rolesIn(context, businessId) : empty,
    secondFactorMissing(context, wanted, target),
  ]);
  return withValue(read, ([tasks, adAccountTasks, appRoles, businessRoles, missing]) => {
    facts.tasks = tasks;
    facts.adAccountTasks = adAccountTasks;
    facts.appRoles = setOf(appRoles);
    facts.businessRoles = businessRoles;
    facts.secondFactorMissing = missing;
    return facts;
  });
}

/**
 * True when a second factor is missing of a person who speaks for themselves; what a Page token may do was settled when
 * it was presented.
 */
function secondFactorMissing(context: Context, wanted: ReadonlySet<NeededFact>, target: Target): Maybe<boolean> {
  const { viewer } = context;
  return viewer.kind === 'user' && asksForSecondFactor(wanted) && lacksIt(context, viewer.person.id, wanted, target);
}

const asksForSecondFactor = (wanted: ReadonlySet<NeededFact>): boolean =>
  wanted.has('business_role') || wanted.has('ad_account_task') || wanted.has('task');

function lacksIt(
  { installation }: Context,
  personId: PersonId,
  wanted: ReadonlySet<NeededFact>,
  { businessId, pageId, adAccountId }: Target,
): Maybe<boolean> {
  const lacking = allValues([
    wanted.has('business_role') && businessId !== undefined && lacksSecondFactor(installation, businessId, personId),
    wanted.has('ad_account_task') &&
      adAccountId !== undefined &&
      lacksSecondFactorForAds(installation, adAccountId, personId),
    wanted.has('task') && pageId !== undefined && lacksSecondFactorFor(installation, pageId, personId),
  ]);
  return withValue(lacking, includesTrue);
}

const includesTrue = (each: readonly boolean[]): boolean => each.includes(true);

/** True when a requirement is about a token that is handed over: its parts are looked at one after the other. */
export const opensToken = (requirement: Requirement): boolean => traitsOf(requirement).opensToken;

/** Permissions that a rule asked for, and whether each was held. */
type AskedPermissions = Map<string, boolean>;

const noting = (held: Facts['permissions'], asked: AskedPermissions): Facts['permissions'] => ({
  has(name) {
    const has = held.has(name);
    asked.set(name, has);
    return has;
  },
});

/** A token that is handed over is opened, which may count as a guess, only for a caller who meets what comes before. */
function decide(
  context: Context,
  requirement: Requirement,
  target: Target,
  asked: AskedPermissions | undefined,
): Maybe<Verdict> {
  if (requirement.is === 'all' && opensToken(requirement)) return decideInTurn(context, requirement.of, target, asked);
  return withValue(factsFor(context, requirement, target), (facts) =>
    evaluate(requirement, asked ? { ...facts, permissions: noting(facts.permissions, asked) } : facts),
  );
}

function decideInTurn(
  context: Context,
  parts: readonly Requirement[],
  target: Target,
  asked: AskedPermissions | undefined,
  from = 0,
): Maybe<Verdict> {
  const part = parts[from];
  if (part === undefined) return { ok: true };
  return withValue(decide(context, part, target, asked), (verdict) =>
    verdict.ok ? decideInTurn(context, parts, target, asked, from + 1) : verdict,
  );
}

/** Says whether, and if not why not. */
export function judge(context: Context, requirement: Requirement, target: Target): Maybe<Verdict> {
  if (requirement.is === 'anyone') return { ok: true };
  const asked: AskedPermissions | undefined = context.installation.world.judged && new Map();
  return withValue(decide(context, requirement, target, asked), (verdict) =>
    finalVerdict(context, requirement, verdict, asked),
  );
}

/** The verdict as the caller hears of it, noted where somebody watches. */
function finalVerdict(
  context: Context,
  requirement: Requirement,
  decided: Verdict,
  asked: AskedPermissions | undefined,
): Verdict {
  const { judged } = context.installation.world;
  let verdict = decided;
  // Declarations are handed what only such callers have, so whoever cannot meet the requirement is not let through.
  const caller = callerOf(context.viewer);
  if (verdict.ok && !traitsOf(requirement).callers.has(caller))
    verdict = {
      ok: false,
      error: caller === 'none' ? 'token.missing' : 'permission.kind',
      params: {},
      because: requirement,
    };
  if (!verdict.ok && context.viewer.inForce.ended.has(verdict.params.permission ?? ''))
    verdict = { ...verdict, error: 'permission.data_access_ended', params: {} };
  if (judged && asked) {
    const named = (held: boolean): string[] => [...asked].flatMap(([name, has]) => (has === held ? [name] : []));
    const { ok } = verdict;
    judged({
      call: nameOfCall(context.call),
      app: context.viewer.app?.id,
      used: ok ? named(true) : [],
      missing: ok ? [] : named(false),
    });
  }
  context.trace?.push({
    step: 'authorise',
    rule: inWords(requirement),
    outcome: verdict.ok ? 'held' : `refused (${verdict.error}): ${inWords(verdict.because)}`,
  });
  return verdict;
}
