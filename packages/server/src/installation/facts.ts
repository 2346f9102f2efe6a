// Facts are what the hot path must know about apps, people, grants, roles and epochs, kept in memory while this node
// can prove that it has heard of every change (freshness.ts). Each fact has one key; a change that touches it says so
// (change.ts).
import type { Database, Sealer } from '@hallpass/db';
import type { BusinessRole, Task } from '@hallpass/protocol';
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

type Maybe<T> = T | Promise<T>;

/** The keys of facts, in one place, so that who reads and who touches cannot differ. */
export const factKey = {
  app: (id: AppId) => `app:${id}`,
  person: (id: PersonId) => `person:${id}`,
  grant: (appId: AppId, personId: PersonId) => `grant:${appId}:${personId}`,
  appRoles: (appId: AppId, personId: PersonId) => `app_roles:${appId}:${personId}`,
  scopedId: (appId: AppId, personId: PersonId) => `scoped:${appId}:${personId}`,
  personBehind: (appId: AppId, scopedId: ScopedId) => `behind:${appId}:${scopedId}`,
  page: (id: PageId) => `page:${id}`,
  pageRole: (pageId: PageId, personId: PersonId) => `page_role:${pageId}:${personId}`,
  pagesOf: (personId: PersonId) => `pages_of:${personId}`,
  businessRole: (businessId: BusinessId, personId: PersonId) => `business_role:${businessId}:${personId}`,
  businessOfApp: (appId: AppId) => `business_of_app:${appId}`,
  adAccount: (id: AdAccountId) => `ad_account:${id}`,
  adAccountHolders: (id: AdAccountId) => `ad_account_holders:${id}`,
  adAccountRoles: (id: AdAccountId, personId: PersonId) => `ad_account_roles:${id}:${personId}`,
  /** True when the person has a second factor. */
  secondFactor: (personId: PersonId) => `second_factor:${personId}`,
  /** The business that owns a Page. */
  ownerOfPage: (pageId: PageId) => `owner_of_page:${pageId}`,
  twoFactorRule: (businessId: BusinessId) => `two_factor_rule:${businessId}`,
  systemUserGrant: (tokenId: string) => `system_user_grant:${tokenId}`,
  integration: (personId: PersonId) => `integration:${personId}`,
  epoch: (scope: string) => `epoch:${scope}`,
  keys: () => 'keys',
} as const;

/** The ids in a key of this form, in the order of its arguments; undefined for keys of other forms. */
export function idsInKey<Form extends keyof KeyIds>(form: Form, key: string): KeyIds[Form] | undefined {
  const beginning = keyBeginnings[form];
  if (!key.startsWith(beginning)) return undefined;
  // The key was made by `factKey` of ids of these kinds.
  return key.slice(beginning.length).split(':') as unknown as KeyIds[Form];
}

interface KeyIds {
  app: Parameters<typeof factKey.app>;
  grant: Parameters<typeof factKey.grant>;
  adAccountRoles: Parameters<typeof factKey.adAccountRoles>;
}

const keyBeginnings: Readonly<Record<keyof KeyIds, string>> = {
  app: 'app:',
  grant: 'grant:',
  adAccountRoles: 'ad_account_roles:',
};

interface CachedRole {
  tasks: readonly Task[];
  epoch: number;
}

const tasksOf = (held: CachedRole | null): readonly Task[] | null => held && held.tasks;

export class Facts {
  readonly cache: Cache;
  /** The results of opening presented tokens, see open-token.ts. */
  readonly opened: Cache;
  readonly #db: Database<Schema>;
  readonly #sealer: Sealer;
  readonly #freshness: Freshness;

  constructor(db: Database<Schema>, sealer: Sealer, freshness: Freshness, cache: Cache, opened: Cache) {
    this.#db = db;
    this.#sealer = sealer;
    this.#freshness = freshness;
    this.cache = cache;
    this.opened = opened;
  }

  app(id: AppId): Maybe<apps.App | null> {
    return this.#get(factKey.app(id), async (q) => (await apps.byId(q, this.#sealer, id)) ?? null);
  }

  person(id: PersonId): Maybe<people.Person | null> {
    return this.#get(factKey.person(id), async (q) => (await people.byId(q, id)) ?? null);
  }

  grant(appId: AppId, personId: PersonId): Maybe<grants.Grant | null> {
    return this.#get(factKey.grant(appId, personId), async (q) => (await grants.find(q, appId, personId)) ?? null);
  }

  /** Roles of the person on the app; a test user of the app counts as a tester. */
  appRoles(appId: AppId, personId: PersonId): Maybe<readonly string[]> {
    return this.#get(factKey.appRoles(appId, personId), (q) => apps.rolesOf(q, appId, personId));
  }

  scopedId(appId: AppId, personId: PersonId): Maybe<ScopedId | null> {
    return this.#get(factKey.scopedId(appId, personId), async (q) => (await scopedIds.of(q, appId, personId)) ?? null);
  }

  personBehind(appId: AppId, scopedId: ScopedId): Maybe<PersonId | null> {
    return this.#get(
      factKey.personBehind(appId, scopedId),
      async (q) => (await scopedIds.personBehind(q, appId, scopedId)) ?? null,
    );
  }

  page(id: PageId): Maybe<pages.Page | null> {
    return this.#get(factKey.page(id), async (q) => (await pages.byId(q, id)) ?? null);
  }

  /** Tasks of the person on the Page, or null without a role. */
  pageRole(pageId: PageId, personId: PersonId): Maybe<readonly Task[] | null> {
    const held = this.heldPageRole(pageId, personId);
    return held instanceof Promise ? held.then(tasksOf) : tasksOf(held);
  }

  /** The same with the epoch of the role: one fact, so that a token cannot be made of an old role and a new epoch. */
  heldPageRole(pageId: PageId, personId: PersonId): Maybe<CachedRole | null> {
    return this.#get(
      factKey.pageRole(pageId, personId),
      async (q) => (await pageAccess.role(q, pageId, personId)) ?? null,
    );
  }

  pagesOf(personId: PersonId): Maybe<readonly pages.HeldPage[]> {
    return this.#get(factKey.pagesOf(personId), (q) => pageAccess.rolesOfPerson(q, personId));
  }

  /** Role of a person or system user in a business, or null. */
  businessRole(businessId: BusinessId, personId: PersonId): Maybe<BusinessRole | null> {
    return this.#get(
      factKey.businessRole(businessId, personId),
      async (q) => (await businesses.role(q, businessId, personId)) ?? null,
    );
  }

  /** The business that claimed an app, or null. */
  businessOfApp(appId: AppId): Maybe<BusinessId | null> {
    return this.#get(factKey.businessOfApp(appId), async (q) => (await businesses.businessOfApp(q, appId)) ?? null);
  }

  adAccount(id: AdAccountId): Maybe<adAccounts.AdAccount | null> {
    return this.#get(factKey.adAccount(id), async (q) => (await adAccounts.byId(q, id)) ?? null);
  }

  /** The businesses that have an ad account. */
  adAccountHolders(id: AdAccountId): Maybe<readonly adAccounts.Holder[]> {
    return this.#get(factKey.adAccountHolders(id), (q) => adAccounts.holders(q, id));
  }

  /** Lists what somebody was given on an ad account; whether it counts is said by ad-access.ts. */
  adAccountRoles(id: AdAccountId, personId: PersonId): Maybe<readonly adAccounts.AdAccountRole[]> {
    return this.#get(factKey.adAccountRoles(id, personId), (q) => adAccounts.rolesOf(q, id, personId));
  }

  /** The business that owns a Page, or null. */
  ownerOfPage(pageId: PageId): Maybe<BusinessId | null> {
    return this.#get(factKey.ownerOfPage(pageId), async (q) => (await businesses.ownerOfPage(q, pageId)) ?? null);
  }

  /** Says which members of a business must have a second factor. */
  twoFactorRule(businessId: BusinessId): Maybe<businesses.TwoFactorType> {
    return this.#get(
      factKey.twoFactorRule(businessId),
      async (q) => (await businesses.byId(q, businessId))?.settings.two_factor_type ?? 'none',
    );
  }

  /** Finds out whether the person has a second factor. */
  secondFactor(personId: PersonId): Maybe<boolean> {
    return this.#get(factKey.secondFactor(personId), (q) => secondFactors.isOn(q, personId));
  }

  /** Finds what one token of a system user was made for, in the form of a grant. */
  systemUserGrant(tokenId: string): Maybe<grants.Grant | null> {
    return this.#get(factKey.systemUserGrant(tokenId), async (q) => {
      const row = await systemUsers.token(q, tokenId);
      if (!row) return null;
      const { appId, personId, permissions, issuedAt } = row;
      return { appId, personId, permissions, dataAccessUntil: 0, createdAt: issuedAt, updatedAt: issuedAt };
    });
  }

  /** The integration whose system user this is, or null for every other system user. */
  integration(personId: PersonId): Maybe<integrations.Integration | null> {
    return this.#get(factKey.integration(personId), async (q) => (await integrations.ofPerson(q, personId)) ?? null);
  }

  epoch(scope: string): Maybe<number> {
    return this.#get(factKey.epoch(scope), (q) => epochs.ofScope(q, scope));
  }

  /** A fact of somebody else's making; `load` must depend on nothing but the key. */
  custom<T extends object>(key: string, load: (q: Kysely<Schema>) => Promise<T>): Maybe<T> {
    return this.#get(key, load);
  }

  forget(key: string): void {
    this.cache.forget(key);
  }

  #get<T>(key: string, load: (q: Kysely<Schema>) => Promise<T>): Maybe<T> {
    if (!this.#freshness.proven()) return load(this.#db.read);
    return this.cache.get(key, () => load(this.#db.read));
  }
}
