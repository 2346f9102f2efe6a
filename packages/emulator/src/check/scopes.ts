// The permissions that the calls of a command needed, held against those that its app asks for and may ask anybody for.
import { isPermission, permissions } from '@hallpass/protocol';
import type { PermissionJudgement } from '@hallpass/server';
import { pathOf } from '../journal/read-exchange.ts';

interface ScopeRow {
  permission: string;
  /** The calls that needed it, with how often: `GET /me/accounts`. */
  calls: { call: string; times: number }[];
  /** The person has given it. */
  granted: boolean;
  /** The app may ask anybody for it; without that only people with a role on the app. */
  advanced: boolean;
}

export interface ScopesReport {
  /** In the order in which they were needed first. */
  needed: ScopeRow[];
  /** They were given, and no call needed them. */
  unused: string[];
  /** They were missing for a call, or left something out. */
  missing: string[];
  /** A text for the request for advanced access, a paragraph for each permission that needs one. */
  review: string;
}

/** Everybody gives it, and nobody is asked. */
const ALWAYS = 'public_profile';

/**
 * @param granted what the person has given the app
 * @param advanced what the app may ask anybody for
 */
export function scopesOf(
  judged: readonly PermissionJudgement[],
  granted: readonly string[],
  advanced: readonly string[],
): ScopesReport {
  const needed = new Map<string, Map<string, number>>();
  const missing = new Set<string>();
  for (const { call, used, missing: lacking } of judged) {
    const name = withoutIds(call);
    for (const permission of [...used, ...lacking]) {
      const calls = needed.get(permission) ?? new Map<string, number>();
      needed.set(permission, calls.set(name, (calls.get(name) ?? 0) + 1));
    }
    for (const permission of lacking) missing.add(permission);
  }
  const rows = [...needed].map(([permission, calls]) => ({
    permission,
    calls: [...calls].map(([call, times]) => ({ call, times })),
    granted: granted.includes(permission),
    advanced: permission === ALWAYS || advanced.includes(permission),
  }));
  return {
    needed: rows,
    unused: granted.filter((name) => name !== ALWAYS && !needed.has(name)),
    missing: [...missing],
    review: rows
      .filter(({ permission }) => permission !== ALWAYS)
      .map(paragraphOf)
      .join('\n\n'),
  };
}

/** `GET /v25.0/123/feed` as `GET /{id}/feed` */
function withoutIds(call: string): string {
  const [method = '', path = ''] = call.split(' ');
  return `${method} ${pathOf(path).path}`;
}

function paragraphOf({ permission, calls }: ScopeRow): string {
  const about = isPermission(permission) ? permissions[permission].words : '';
  const list = calls.map(({ call }) => call).join(', ');
  return `${permission}: ${about} The app needs it for ${list}. [Say here what people get from that, and where in the app they see it.]`;
}
