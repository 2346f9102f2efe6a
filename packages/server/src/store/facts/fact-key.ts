// A fact is what nodes remember about apps, people, grants, roles and epochs. Its key is made of its name and of the
// ids that it is about, so that a reader of the fact and a write that changes it cannot mean different ones.
import type { AdAccountId, AppId, BusinessId, PageId, PersonId, ScopedId } from '../ids.ts';

declare const brand: unique symbol;

/** Names one fact, on every node and in the feed between them. */
export type FactKey = string & { readonly [brand]: true };

// Each call makes some of these, so they are put together without a list.
const keyOf = (name: string, first?: string, second?: string): FactKey =>
  (first === undefined ? name : second === undefined ? `${name}:${first}` : `${name}:${first}:${second}`) as FactKey;

/** The keys of all facts. How each is read says `installation/facts.ts`, what changes it `facts-of-rows.ts`. */
export const factKey = {
  app: (id: AppId) => keyOf('app', id),
  person: (id: PersonId) => keyOf('person', id),
  grant: (appId: AppId, personId: PersonId) => keyOf('grant', appId, personId),
  appRoles: (appId: AppId, personId: PersonId) => keyOf('appRoles', appId, personId),
  scopedId: (appId: AppId, personId: PersonId) => keyOf('scopedId', appId, personId),
  personBehind: (appId: AppId, scopedId: ScopedId) => keyOf('personBehind', appId, scopedId),
  page: (id: PageId) => keyOf('page', id),
  pageRole: (pageId: PageId, personId: PersonId) => keyOf('pageRole', pageId, personId),
  pagesOf: (personId: PersonId) => keyOf('pagesOf', personId),
  ownerOfPage: (pageId: PageId) => keyOf('ownerOfPage', pageId),
  businessRole: (businessId: BusinessId, personId: PersonId) => keyOf('businessRole', businessId, personId),
  businessOfApp: (appId: AppId) => keyOf('businessOfApp', appId),
  twoFactorRule: (businessId: BusinessId) => keyOf('twoFactorRule', businessId),
  worldOfBusiness: (businessId: BusinessId) => keyOf('worldOfBusiness', businessId),
  adAccount: (id: AdAccountId) => keyOf('adAccount', id),
  adAccountHolders: (id: AdAccountId) => keyOf('adAccountHolders', id),
  adAccountRoles: (id: AdAccountId, personId: PersonId) => keyOf('adAccountRoles', id, personId),
  secondFactor: (personId: PersonId) => keyOf('secondFactor', personId),
  /** @param tokenId the log-in inside the token */
  systemUserGrant: (tokenId: string) => keyOf('systemUserGrant', tokenId),
  /** @param id of anything that a call of the Graph can be about */
  tablesOf: (id: string) => keyOf('tablesOf', id),
  integration: (personId: PersonId) => keyOf('integration', personId),
  epoch: (scope: string) => keyOf('epoch', scope),
  /** @param counted the key under which wrong guesses are counted */
  attempts: (counted: string) => keyOf('attempts', counted),
  /** The ring of token keys. */
  keys: () => keyOf('keys'),
  /** The keys of id_tokens, and the certificates made of them. */
  oidcKeys: () => keyOf('oidc_keys'),
  oidcCertificates: () => keyOf('oidc_keys', 'certificates'),
};

export type FactName = keyof typeof factKey;

/** The ids that a fact is about. */
export type IdsOf<N extends FactName> = Parameters<(typeof factKey)[N]>;

/** The ids in a key of this fact, in the order of its arguments; undefined for keys of others. */
export function idsInKey<N extends FactName>(name: N, key: string): IdsOf<N> | undefined {
  const beginning = `${name}:`;
  if (!key.startsWith(beginning)) return undefined;
  // The key was made by `factKey` of ids of these kinds.
  return key.slice(beginning.length).split(':') as unknown as IdsOf<N>;
}
