// A requirement is made of these parts: its parts, the parameters that it looks at, the facts that must be loaded for
// it.
import { oncePer } from '../once-per.ts';
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
  return allParts(requirement);
}

/** Requirements are declared, and there is no end of asking. */
const allParts = oncePer((requirement: Requirement): readonly Requirement[] => partsFor(requirement, undefined));

/** True when the parts hang on what a call brings. */
const asksForParameters: (requirement: Requirement) => boolean = oncePer(
  (requirement: Requirement): boolean =>
    requirement.is === 'given' ||
    ((requirement.is === 'all' || requirement.is === 'any') && requirement.of.some(asksForParameters)),
);

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
