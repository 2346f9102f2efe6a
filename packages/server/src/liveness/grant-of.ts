// Every token has something granted behind it: what a person granted the app, or what a system user's token was made
// for. Each token of a system user has permissions of its own, so that a later one with more cannot widen an earlier
// one (threats I-6). The system user of an integration has no more than the client business gives now, whatever its
// token was made for.
import type { Grant, Permit } from '../store/grants/grants.ts';
import type { Integration } from '../store/businesses/integrations.ts';
import type { Person } from '../store/people/people.ts';
import type { TokenRecord } from '../tokens/record.ts';
import type { Installation } from '../installation/installation.ts';
import type { PersonId } from '../store/ids.ts';

/**
 * True when a token is refused because data access has ended: only where the operator says so, and only a person's own
 * token. Source: MrSwitch/hello.js#548; the guide on data access lets the token live.
 */
export function isInactive(
  { settings, world }: Pick<Installation, 'settings' | 'world'>,
  record: TokenRecord,
  grant: Grant,
): boolean {
  const { dataAccessUntil } = grant;
  return (
    settings.endedDataAccess === 'refuse' &&
    record.kind === 'user' &&
    dataAccessUntil !== 0 &&
    world.clock.now() >= dataAccessUntil
  );
}

/** @param person the token's subject */
export function grantOf(
  { facts }: Pick<Installation, 'facts'>,
  record: TokenRecord,
  person: Person | null,
): Grant | null | Promise<Grant | null> {
  if (person === null || person.systemUserOf === null) return facts.grant(record.app, record.user);
  return record.login === undefined ? null : systemUserGrant(facts, record.login, person.id);
}

async function systemUserGrant(
  facts: Installation['facts'],
  tokenId: string,
  personId: PersonId,
): Promise<Grant | null> {
  const grant = await facts.systemUserGrant(tokenId);
  if (grant === null) return null;
  const integration = await facts.integration(personId);
  if (integration === null) return grant;
  return integration.removedAt === null ? narrowed(grant, integration) : null;
}

const remembered = new WeakMap<Grant, { integration: Integration; value: Grant }>();

/** The same object for the same facts: what is computed of a grant is remembered by it. */
function narrowed(grant: Grant, integration: Integration): Grant {
  const known = remembered.get(grant);
  if (known?.integration === integration) return known.value;
  const value = { ...grant, permissions: within(grant.permissions, integration.permissions) };
  remembered.set(grant, { integration, value });
  return value;
}

/** Narrows to what both give. */
export function within(
  wanted: Readonly<Record<string, Permit>>,
  bound: Readonly<Record<string, Permit>>,
): Record<string, Permit> {
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([name, permit]): [string, Permit][] => {
      const limit = bound[name];
      if (permit.status !== 'granted' || limit?.status !== 'granted') return [];
      if (limit.targets === undefined) return [[name, permit]];
      const targets =
        permit.targets === undefined ? limit.targets : permit.targets.filter((id) => limit.targets?.includes(id));
      return [[name, { status: 'granted', targets }]];
    }),
  );
}
