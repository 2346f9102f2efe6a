// A requirement read for one question: which permissions must a token carry for a call? What else is asked for (roles,
// tasks, conditions) is left out, because no consent gives it.
import type { TokenKind } from '../tokens/tokens.ts';
import type { Permission } from './permissions.ts';
import type { Requirement } from './requirement.ts';

/** One way to meet a requirement. */
export interface PermissionSet {
  /** Kinds of token for which this way is open; absent for all. */
  kinds?: readonly TokenKind[] | undefined;
  permissions: readonly Permission[];
}

const nothing: PermissionSet = { permissions: [] };

/** Every way to meet a requirement with an access token; none where only the web session of a person meets it. */
export function permissionSets(requirement: Requirement): PermissionSet[] {
  return smallest(ways(requirement));
}

function ways(requirement: Requirement): PermissionSet[] {
  switch (requirement.is) {
    case 'permission':
      return [{ permissions: [requirement.name] }];
    case 'token':
      return [{ kinds: requirement.kinds, permissions: [] }];
    case 'dashboard':
    case 'confirmed':
    case 'platform_role':
      return [];
    case 'on':
      return ways(requirement.needs).map(({ permissions }) => ({ permissions }));
    case 'given':
      return [...ways(requirement.present), ...ways(requirement.absent)];
    case 'any':
      return requirement.of.flatMap(ways);
    case 'all':
      return requirement.of.reduce<PermissionSet[]>((sets, part) => smallest(together(sets, ways(part))), [nothing]);
    default:
      return [nothing];
  }
}

const together = (some: readonly PermissionSet[], others: readonly PermissionSet[]): PermissionSet[] =>
  some.flatMap((one) =>
    others.map((other) => ({
      kinds:
        one.kinds && other.kinds ? one.kinds.filter((kind) => other.kinds?.includes(kind)) : (one.kinds ?? other.kinds),
      permissions: [...new Set([...one.permissions, ...other.permissions])],
    })),
  );

const within = <T>(some: readonly T[], others: readonly T[]): boolean => some.every((one) => others.includes(one));

/** Leaves out what no kind of token meets, and what asks for more than another way of the same kinds. */
function smallest(sets: readonly PermissionSet[]): PermissionSet[] {
  const open = sets.filter(({ kinds }) => kinds === undefined || kinds.length > 0);
  const covers = (one: PermissionSet, other: PermissionSet): boolean =>
    within(one.permissions, other.permissions) &&
    (one.kinds === undefined || (other.kinds !== undefined && within(other.kinds, one.kinds)));
  return open.filter(
    (set, at) =>
      !open.some((other, there) => there !== at && covers(other, set) && (there < at || !covers(set, other))),
  );
}
