// Facts are what the hot path must know about apps, people, grants, roles and epochs, kept in memory while this node
// can prove that it has heard of every change (freshness.ts). Each fact has one key (store/facts/fact-key.ts), and hangs
// on rows of the store: writing those makes all nodes forget it (store/facts/facts-of-rows.ts).
import type { Database, Sealer } from '@hallpass/db';
import { keysOf } from '@hallpass/protocol';
import * as adAccounts from '../store/ads/ad-accounts.ts';
import * as apps from '../store/apps/apps.ts';
import * as attempts from '../store/codes/attempts.ts';
import { type FactKey, factKey, type FactName, type IdsOf } from '../store/facts/fact-key.ts';
import type { Query } from '../store/query.ts';
import * as businesses from '../store/businesses/businesses.ts';
import * as epochs from '../store/installation/epochs.ts';
import type { Maybe } from './maybe.ts';
import * as grants from '../store/grants/grants.ts';
import * as integrations from '../store/businesses/integrations.ts';
import * as pageAccess from '../store/pages/page-access.ts';
import * as pages from '../store/pages/pages.ts';
import * as people from '../store/people/people.ts';
import type { Schema } from '../store/schema.ts';
import * as scopedIds from '../store/people/scoped-ids.ts';
import * as secondFactors from '../store/people/second-factors.ts';
import { tablesOf } from '../store/tables-of-id.ts';
import * as systemUsers from '../store/businesses/system-users.ts';
import type { Cache, CachedFact } from './cache.ts';
import { Conclusion } from './conclusion.ts';
import type { Freshness } from './freshness.ts';
import type { AdAccountId, AppId, BusinessId, PageId, PersonId, ScopedId } from '../store/ids.ts';

/** A fact is read with these. */
interface FactSource {
  q: Query;
  sealer: Sealer;
}

/** Every fact, by its name: how it is read, from the ids that it is about. Name and ids make its key. */
export const factTable = {
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

  /** The app in whose test world the business was made, or null. */
  worldOfBusiness: async ({ q }: FactSource, businessId: BusinessId) =>
    (await businesses.byId(q, businessId))?.testOf ?? null,

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

  /** The tables in which something has this id: what it can be. */
  tablesOf: ({ q }: FactSource, id: string) => tablesOf(q, id),

  epoch: ({ q }: FactSource, scope: string) => epochs.ofScope(q, scope),

  /** Wrong guesses that were counted under a key, as they stood when the limit was last reached. */
  attempts: ({ q }: FactSource, counted: string) => attempts.find(q, counted),
} satisfies { [N in FactName]?: (source: FactSource, ...ids: IdsOf<N>) => Promise<unknown> };

type FactTable = typeof factTable;

/**
 * Each fact by its name, from the ids that it is about. One that is known now is answered at once, the rest after a look
 * at the database.
 */
type FactReaders = {
  readonly [N in keyof FactTable]: (...ids: IdsOf<N>) => Maybe<Awaited<ReturnType<FactTable[N]>>>;
};

/** All facts of one node, and the memory in which they are kept. */
export interface Facts extends FactReaders {
  readonly cache: Cache;
  /** A fact that is made elsewhere of what is read; `load` must depend on nothing but the key. */
  custom<T extends object>(key: FactKey, load: (q: Query) => Promise<T>): Maybe<T>;
  forget(key: FactKey): void;
  /**
   * Draws a conclusion that can be remembered. @param draw decides by nothing but the facts that it's handed, and what
   * its caller compares before it believes a remembered one
   */
  conclude<T>(draw: (facts: Facts) => Promise<T>): Promise<Conclusion<T>>;
}

/** Reads what stands behind a key: a fact of the table, or one of somebody else's making. */
interface Read {
  /** The fact, where it is in memory and may be believed. */
  known(key: FactKey): CachedFact | undefined;
  custom<T>(key: FactKey, load: (q: Query) => Promise<T>): Maybe<T>;
}

export function createFacts(db: Database<Schema>, sealer: Sealer, freshness: Freshness, cache: Cache): Facts {
  /** @param note is told of each fact that is read; undefined for one that is not kept in memory */
  const reading = (note: (fact: CachedFact | undefined) => void): Read => ({
    known(key) {
      const fact = freshness.proven() ? cache.known(key) : undefined;
      if (fact !== undefined) note(fact);
      return fact;
    },
    custom<T>(key: FactKey, load: (q: Query) => Promise<T>) {
      if (!freshness.proven()) {
        note(undefined);
        return load(db.read);
      }
      const fact = cache.fact(key, () => load(db.read));
      note(fact);
      return fact.value as Maybe<T>;
    },
  });
  const factsBy = (read: Read): Facts => ({
    ...readersOf(sealer, read),
    cache,
    custom: read.custom,
    forget: (key) => cache.forget(key),
    async conclude(draw) {
      const seen = new Set<CachedFact | undefined>();
      const value = await draw(factsBy(reading((fact) => seen.add(fact))));
      const read = [...seen];
      return new Conclusion(value, read.every((fact) => fact !== undefined) ? read : undefined, freshness);
    },
  });
  return factsBy(reading(() => {}));
}

/** A call asks for dozens of facts that are known: for those nothing is made but the key. */
const readersOf = (sealer: Sealer, { known, custom }: Read): FactReaders =>
  Object.fromEntries(
    keysOf(factTable).map((name) => {
      const read = factTable[name] as (source: FactSource, ...ids: string[]) => Promise<unknown>;
      const keyOf = factKey[name] as (...ids: string[]) => FactKey;
      const readAnew = (key: FactKey, ids: string[]) => custom(key, (q) => read({ q, sealer }, ...ids));
      const ofOne = (id: string) => {
        const key = keyOf(id);
        const fact = known(key);
        return fact === undefined ? readAnew(key, [id]) : fact.value;
      };
      const ofTwo = (first: string, second: string) => {
        const key = keyOf(first, second);
        const fact = known(key);
        return fact === undefined ? readAnew(key, [first, second]) : fact.value;
      };
      return [name, keyOf.length === 1 ? ofOne : ofTwo];
    }),
  ) as unknown as FactReaders;
