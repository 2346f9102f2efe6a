// This module decides each part of a requirement by itself, and for a part that failed names the fact behind it.
import { type CauseCheck, checkOf, evaluate, type Facts, inWords, type Requirement } from '@hallpass/protocol';
import { mayImpersonate } from '../../liveness/page-tokens.ts';
import { isOver, reaches, standingOf } from '../../liveness/permissions.ts';
import { reachesAdAccount } from '../../liveness/ad-access.ts';
import { factsFor, opensToken } from '../authorisation/judge.ts';
import type { Context } from '../language/context.ts';
import type { FailedJudgement } from '../authorisation/findings.ts';
import type { Target } from '../language/schema.ts';

/** The causes of one judgement, in the order in which the requirement is read. */
export async function checksOfRequirement(
  context: Context,
  { requirement, target }: Pick<FailedJudgement, 'requirement' | 'target'>,
): Promise<CauseCheck[]> {
  if (requirement.is === 'all' && opensToken(requirement)) {
    const checks: CauseCheck[] = [];
    for (const part of requirement.of) {
      checks.push(...(await checksOfRequirement(context, { requirement: part, target })));
      if (checks.some(({ state }) => state === 'cause')) break;
    }
    return checks;
  }
  const facts = await factsFor(context, requirement, target);
  return checksOf(requirement, { context, target, facts });
}

interface Judgement {
  context: Context;
  target: Target;
  facts: Facts;
}

function checksOf(requirement: Requirement, judgement: Judgement): CauseCheck[] {
  if (requirement.is === 'anyone') return [];
  if (requirement.is === 'all') return requirement.of.flatMap((part) => checksOf(part, judgement));
  if (requirement.is === 'given')
    return checksOf(
      judgement.facts.given?.has(requirement.parameter) ? requirement.present : requirement.absent,
      judgement,
    );
  if (requirement.is === 'on') {
    const facts = judgement.facts.on?.(requirement.thing);
    if (facts && !('error' in facts)) return checksOf(requirement.needs, { ...judgement, facts });
  }
  const verdict = evaluate(requirement, judgement.facts);
  if (requirement.is === 'any') {
    const [first] = requirement.of;
    if (verdict.ok) return first ? [checkOf(causeOf(first, judgement), 'fine', `Met: ${inWords(requirement)}.`)] : [];
    return checksOfAlternatives(requirement.of, judgement);
  }
  const cause = causeOf(requirement, judgement);
  if (verdict.ok) return [checkOf(cause, 'fine', `Met: ${inWords(requirement)}.`)];
  if (verdict.error === 'permission.second_factor') return [checkOf('second_factor_missing', 'cause')];
  return [checkOf(cause, 'cause', `${checkOf(cause, 'cause').message} Needed: ${inWords(requirement)}.`)];
}

/**
 * Lists the checks of alternatives of which none holds. Permissions that nobody asked for are told in one line, since
 * one of them would do.
 */
function checksOfAlternatives(parts: readonly Requirement[], judgement: Judgement): CauseCheck[] {
  const asked = parts.filter((part) => part.is !== 'permission' || causeOf(part, judgement) !== 'scope_not_granted');
  const never = parts.filter((part) => !asked.includes(part));
  const [only] = never;
  if (only && never.length === 1) return [...asked, only].flatMap((part) => checksOf(part, judgement));
  const words = inWords({ is: 'any', of: never });
  return [
    ...asked.flatMap((part) => checksOf(part, judgement)),
    ...(never.length === 0 ? [] : [checkOf('scope_not_granted', 'cause', `None was granted of ${words}.`)]),
  ];
}

type Leaf = Exclude<Requirement, { is: 'all' | 'any' | 'anyone' | 'given' }>;

/** The cause that a part stands for, by the facts where there are several. */
function causeOf(part: Requirement, judgement: Judgement): CauseCheck['cause'] {
  if (part.is === 'given')
    return causeOf(judgement.facts.given?.has(part.parameter) ? part.present : part.absent, judgement);
  return part.is === 'all' || part.is === 'any'
    ? causeOf(part.of[0] ?? { is: 'self' }, judgement)
    : part.is === 'anyone'
      ? 'elsewhere'
      : leafCause(part, judgement);
}

function leafCause(leaf: Leaf, judgement: Judgement): CauseCheck['cause'] {
  const { kind } = judgement.facts;
  switch (leaf.is) {
    case 'token':
      return kind === 'none' ? 'token_missing' : 'wrong_kind';
    case 'presented':
      return 'token_missing';
    case 'permission':
      return permissionCause(leaf.name, judgement);
    case 'task':
      return taskCause(judgement);
    case 'ad_account_task':
      return 'no_task';
    case 'role':
    case 'business_role':
    case 'platform_role':
      return 'no_role';
    case 'self':
      return 'wrong_person';
    case 'own_app':
      return 'wrong_app';
    case 'dashboard':
    case 'confirmed':
      return 'dashboard_only';
    // Nothing that could be looked at is named.
    case 'on':
      return 'call_wrong';
    case 'where':
      return 'condition_unmet';
  }
}

function permissionCause(name: string, { context: { viewer, now }, target }: Judgement): CauseCheck['cause'] {
  const { app, grant, insider, kind } = viewer;
  if (!grant || !app || kind === 'session_info') return 'wrong_kind';
  const standing = standingOf(app, grant.permissions[name], { name, insider, over: isOver(grant, now) });
  if (standing === 'declined') return 'scope_declined';
  if (standing === 'not_granted') return 'scope_not_granted';
  if (standing === 'no_advanced_access') return 'no_advanced_access';
  if (standing === 'ended') return 'data_access_ended';
  const { pageId, adAccountId } = target;
  const reached =
    pageId !== undefined
      ? reaches(grant, name, pageId)
      : adAccountId !== undefined
        ? reachesAdAccount(grant, name, adAccountId)
        : true;
  return reached ? 'scope_not_granted' : 'not_chosen';
}

/** Tasks count only where a permission reaches the Page, so that is looked at first. */
function taskCause({ context: { viewer }, target: { pageId } }: Judgement): CauseCheck['cause'] {
  const { kind, page, person, inForce, grant } = viewer;
  if (!person || kind === 'session_info') return 'wrong_kind';
  if (kind === 'page' && page?.id !== pageId) return 'wrong_person';
  if (pageId === undefined || mayImpersonate(inForce, grant, pageId)) return 'no_task';
  return inForce.names.size > 0 && pagePermissionInForce(viewer) ? 'not_chosen' : 'scope_not_granted';
}

const pagePermissionInForce = ({ inForce, grant }: Context['viewer']): boolean =>
  [...inForce.names].some((name) => grant?.permissions[name]?.targets !== undefined);
