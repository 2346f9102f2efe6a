// A requirement is made of these parts: its parts, the parameters that it looks at, the facts that must be loaded for
// it.
import type { Facts } from './evaluate.ts';
import type { Requirement } from './requirement.ts';

export type NeededFact = 'permission' | 'task' | 'ad_account_task' | 'role' | 'business_role';

const loaded: ReadonlySet<string> = new Set<NeededFact>([
  'permission',
  'task',
  'ad_account_task',
  'role',
  'business_role',
]);
const isLoaded = (name: string): name is NeededFact => loaded.has(name);

/** Lists the facts about the target that must be loaded before `evaluate` can say anything but no. */
export function factsNeeded(requirement: Requirement, into: Set<NeededFact> = new Set()): Set<NeededFact> {
  for (const { is } of partsOf(requirement)) if (isLoaded(is)) into.add(is);
  return into;
}

/**
 * The parts of a requirement that are about the same thing, at any depth: `on` is one of them, whatever it asks for.
 * @param brought names of the parameters that the call brings: only what is asked for then. Both ways without it.
 */
export function partsOf(requirement: Requirement, brought?: Facts['given']): readonly Requirement[] {
  if (brought !== undefined && asksForParameters(requirement)) return partsFor(requirement, brought);
  let known = parts.get(requirement);
  if (known === undefined) {
    known = partsFor(requirement, undefined);
    parts.set(requirement, known);
  }
  return known;
}

/** The parts of requirements that were asked for once: requirements are declared, and there is no end of asking. */
const parts = new WeakMap<Requirement, readonly Requirement[]>();
const withParameters = new WeakMap<Requirement, boolean>();

/** True when the parts hang on what a call brings. */
function asksForParameters(requirement: Requirement): boolean {
  let known = withParameters.get(requirement);
  if (known === undefined) {
    known =
      requirement.is === 'given' ||
      ((requirement.is === 'all' || requirement.is === 'any') && requirement.of.some(asksForParameters));
    withParameters.set(requirement, known);
  }
  return known;
}

function partsFor(requirement: Requirement, brought: Facts['given'] | undefined): readonly Requirement[] {
  if (requirement.is === 'all' || requirement.is === 'any')
    return requirement.of.flatMap((part) => partsOf(part, brought));
  if (requirement.is !== 'given') return [requirement];
  const { parameter, present, absent } = requirement;
  const ways = brought === undefined ? [present, absent] : [brought.has(parameter) ? present : absent];
  return ways.flatMap((part) => partsOf(part, brought));
}

/** The parameters that a requirement looks at, at any depth. */
export function parametersOf(requirement: Requirement): string[] {
  switch (requirement.is) {
    case 'all':
    case 'any':
      return requirement.of.flatMap(parametersOf);
    case 'given':
      return [requirement.parameter, ...parametersOf(requirement.present), ...parametersOf(requirement.absent)];
    case 'on': {
      const { thing, needs } = requirement;
      return [...('parameter' in thing ? [thing.parameter] : []), ...parametersOf(needs)];
    }
    case 'where':
      return requirement.parameter === undefined ? [] : [requirement.parameter];
    default:
      return [];
  }
}
