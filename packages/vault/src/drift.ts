// The permissions of a token change without a word: one is taken back, a Page is left out of the choice. This module
// compares two looks at it, and what it carries with what is needed and used.
import type { GranularScope } from '@hallpass/protocol';

/** The permissions that a token carried at a look. */
export interface CarriedScopes {
  scopes: readonly string[];
  /** Undefined where the server did not say. */
  granular?: readonly GranularScope[] | undefined;
}

export interface ScopeDrift {
  /** Permissions that are carried no more, and new ones; sorted. */
  lost: string[];
  gained: string[];
  /** Pages and other things that a permission holds for no more, and new ones; sorted ids. */
  targetsLost: string[];
  targetsGained: string[];
}

const without = (list: Iterable<string>, others: ReadonlySet<string>): string[] =>
  [...new Set(list)].filter((one) => !others.has(one)).sort();

/** Every thing that some permission is limited to; undefined where one holds for all, so that none can be told apart. */
function targetsOf(granular: readonly GranularScope[] | undefined): ReadonlySet<string> | undefined {
  if (granular === undefined) return undefined;
  const limited = granular.flatMap(({ target_ids }) => target_ids ?? []);
  return granular.some(({ target_ids }) => target_ids !== undefined) ? new Set(limited) : undefined;
}

/** Compares two looks; undefined where nothing differs. */
export function driftBetween(before: CarriedScopes, after: CarriedScopes): ScopeDrift | undefined {
  const targetsBefore = targetsOf(before.granular);
  const targetsAfter = targetsOf(after.granular);
  const comparable = targetsBefore !== undefined && targetsAfter !== undefined;
  const drift: ScopeDrift = {
    lost: without(before.scopes, new Set(after.scopes)),
    gained: without(after.scopes, new Set(before.scopes)),
    targetsLost: comparable ? without(targetsBefore, targetsAfter) : [],
    targetsGained: comparable ? without(targetsAfter, targetsBefore) : [],
  };
  return Object.values(drift).some((list) => list.length > 0) ? drift : undefined;
}

/** Permissions that are needed and not carried, in the order in which they are needed. */
export const missingScopes = (wanted: readonly string[], carried: readonly string[]): string[] =>
  wanted.filter((scope) => !carried.includes(scope));

/** A call that was made with a token, and the permissions that it needed. */
export interface ScopeUse {
  scopes: readonly string[];
  /** It was refused because one was missing. */
  refused?: boolean;
}

export interface ScopeReport {
  /** Carried and used. */
  used: string[];
  /** Carried and never used: ask without them next time. */
  unused: string[];
  /** Needed by a call and not carried. A token is a snapshot: only a new consent adds them. */
  missing: string[];
}

/** Every token carries this, whether it was asked for or not. */
const always = 'public_profile';

/** Tells what a token carries against what calls with it needed: ask for the least. */
export function leastScopes(carried: readonly string[], uses: readonly ScopeUse[]): ScopeReport {
  const needed = new Set(uses.flatMap(({ scopes }) => scopes));
  const held = new Set(carried);
  return {
    used: [...held].filter((scope) => needed.has(scope)).sort(),
    unused: [...held].filter((scope) => !needed.has(scope) && scope !== always).sort(),
    missing: without(needed, held),
  };
}
