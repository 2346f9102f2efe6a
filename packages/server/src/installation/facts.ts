// Facts are what the hot path must know about apps, people, grants, roles and epochs, kept in memory while this node
// can prove that it has heard of every change (freshness.ts). Each fact has one key; a change that touches it says so
// (change.ts). To add a fact: an entry in the table.
import type { Database, Sealer } from '@hallpass/db';
import { keysOf } from '@hallpass/protocol';
import type { Kysely } from 'kysely';
import * as adAccounts from '../store/ads/ad-accounts.ts';
import * as apps from '../store/apps/apps.ts';
import * as businesses from '../store/businesses/businesses.ts';
import * as epochs from '../store/installation/epochs.ts';
import * as grants from '../store/grants/grants.ts';
import * as integrations from '../store/businesses/integrations.ts';
import * as pageAccess from '../store/pages/page-access.ts';
import * as pages from '../store/pages/pages.ts';
import * as people from '../store/people/people.ts';
import type { Schema } from '../store/schema.ts';
import * as scopedIds from '../store/people/scoped-ids.ts';
import * as secondFactors from '../store/people/second-factors.ts';
import * as systemUsers from '../store/businesses/system-users.ts';
import type { Cache } from './cache.ts';
import type { Freshness } from './freshness.ts';
import type { AdAccountId, AppId, BusinessId, PageId, PersonId, ScopedId } from '../store/ids.ts';

/** A fact is read with these. */
interface FactSource {
  q: Kysely<Schema>;
  sealer: Sealer;
}

/** Every fact, by its name: how it is read, from the ids that it is about. Name and ids make its key. */
const factTable = {
  app: async ({ q, sealer }: FactSource, id: AppId) => (await apps.byId(q, sealer, id)) ?? null,

  person: async ({ q }: FactSource, id: PersonId) => (await people.byId(q, id)) ?? null,

  grant: async ({ q }: FactSource, appId: AppId, personId: PersonId) => (await grants.find(q, appId, personId)) ?? null,

  /** Roles of the person on the app; a test user of the app counts as a tester. */
  appRoles: ({ q }: FactSource, appId: AppId, personId: PersonId): Promise<readonly string[]> =>
    apps.rolesOf(q, appId, personId),

  scopedId: async ({ q }: FactSource, appId: AppId, personId: PersonId) =>
    (await scopedIds.of(q, appId, personId)) ?? null,

  personBehind: async ({ q }: FactSource, appId: AppId, scopedId: ScopedId) =>
    (await scopedIds.personBehind(q, appId, scopedId)) ?? null,

  page: async ({ q }: FactSource, id: PageId) => (await pages.byId(q, id)) ?? null,

  /**
   * Tasks of the person on the Page with the epoch of the role, or null without a role. They are one fact, so that a
   * token cannot be made of an old role and a new epoch.
   */
  pageRole: async ({ q }: FactSource, pageId: PageId, personId: PersonId) =>
    (await pageAccess.role(q, pageId, personId)) ?? null,

  pagesOf: ({ q }: FactSource, personId: PersonId): Promise<readonly pages.HeldPage[]> =>
    pageAccess.rolesOfPerson(q, personId),

  /** Role of a person or system user in a business, or null. */
  businessRole: async ({ q }: FactSource, businessId: BusinessId, personId: PersonId) =>
    (await businesses.role(q, businessId, personId)) ?? null,

  /** The business that claimed an app, or null. */
  businessOfApp: async ({ q }: FactSource, appId: AppId) => (await businesses.businessOfApp(q, appId)) ?? null,

  adAccount: async ({ q }: FactSource, id: AdAccountId) => (await adAccounts.byId(q, id)) ?? null,

  /** The businesses that have an ad account. */
  adAccountHolders: ({ q }: FactSource, id: AdAccountId): Promise<readonly adAccounts.Holder[]> =>
    adAccounts.holders(q, id),

  /** Lists what somebody was given on an ad account; whether it counts is said by ad-access.ts. */
  adAccountRoles: (
    { q }: FactSource,
    id: AdAccountId,
    personId: PersonId,
  ): Promise<readonly adAccounts.AdAccountRole[]> => adAccounts.rolesOf(q, id, personId),

  /** The business that owns a Page, or null. */
  ownerOfPage: async ({ q }: FactSource, pageId: PageId) => (await businesses.ownerOfPage(q, pageId)) ?? null,

  /** Says which members of a business must have a second factor. */
  twoFactorRule: async ({ q }: FactSource, businessId: BusinessId): Promise<businesses.TwoFactorType> =>
    (await businesses.byId(q, businessId))?.settings.two_factor_type ?? 'none',

  /** True when the person has a second factor. */
  secondFactor: ({ q }: FactSource, personId: PersonId) => secondFactors.isOn(q, personId),

  /** Finds what one token of a system user was made for, in the form of a grant. */
  async systemUserGrant({ q }: FactSource, tokenId: string): Promise<grants.Grant | null> {
    const row = await systemUsers.token(q, tokenId);
    if (!row) return null;
    const { appId, personId, permissions, issuedAt } = row;
    return { appId, personId, permissions, dataAccessUntil: 0, createdAt: issuedAt, updatedAt: issuedAt };
  },

  /** The integration whose system user this is, or null for every other system user. */
  integration: async ({ q }: FactSource, personId: PersonId) => (await integrations.ofPerson(q, personId)) ?? null,

  epoch: ({ q }: FactSource, scope: string) => epochs.ofScope(q, scope),
};

type FactTable = typeof factTable;
export type FactName = keyof FactTable;
export type IdsOf<N extends FactName> = FactTable[N] extends (source: FactSource, ...ids: infer Ids) => unknown
  ? Ids
  : never;

/** A fact that is known now is answered at once, the rest after a look at the database. */
type Maybe<T> = T | Promise<T>;

/** Each fact by its name, from the ids that it is about. */
type FactReaders = {
  readonly [N in FactName]: (...ids: IdsOf<N>) => Maybe<Awaited<ReturnType<FactTable[N]>>>;
};

const keyOf = (name: string, ids: readonly string[]): string => `${name}:${ids.join(':')}`;

/** The keys of facts, by their names, so that who reads and who touches cannot differ; and that of the ring of keys. */
export const factKey = {
  ...eachFact(
    (name) =>
      (...ids: string[]) =>
        keyOf(name, ids),
  ),
  keys: () => 'keys',
} as { readonly [N in FactName]: (...ids: IdsOf<N>) => string } & { keys(): string };

/** The ids in a key of this fact, in the order of its arguments; undefined for keys of others. */
export function idsInKey<N extends FactName>(name: N, key: string): IdsOf<N> | undefined {
  const beginning = keyOf(name, []);
  if (!key.startsWith(beginning)) return undefined;
  // The key was made by `factKey` of ids of these kinds.
  return key.slice(beginning.length).split(':') as unknown as IdsOf<N>;
}

/** All facts of one node, and the memory in which they are kept. */
export interface Facts extends FactReaders {
  readonly cache: Cache;
  /** The results of opening presented tokens, see open-token.ts. */
  readonly opened: Cache;
  /** A fact of somebody else's making; `load` must depend on nothing but the key. */
  custom<T extends object>(key: string, load: (q: Kysely<Schema>) => Promise<T>): Maybe<T>;
  forget(key: string): void;
}

export function createFacts(
  db: Database<Schema>,
  sealer: Sealer,
  freshness: Freshness,
  cache: Cache,
  opened: Cache,
): Facts {
  const get = <T>(key: string, load: (q: Kysely<Schema>) => Promise<T>): Maybe<T> =>
    freshness.proven() ? cache.get(key, () => load(db.read)) : load(db.read);
  const readers = eachFact((name) => {
    const read = factTable[name] as (source: FactSource, ...ids: string[]) => Promise<unknown>;
    return (...ids: string[]) => get(keyOf(name, ids), (q) => read({ q, sealer }, ...ids));
  }) as unknown as FactReaders;
  return { ...readers, cache, opened, custom: get, forget: (key) => cache.forget(key) };
}

/** Makes something of every fact. */
function eachFact<T>(make: (name: FactName) => T): Record<FactName, T> {
  return Object.fromEntries(keysOf(factTable).map((name) => [name, make(name)])) as Record<FactName, T>;
}
