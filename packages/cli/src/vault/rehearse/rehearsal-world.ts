// Turns the snapshot of a vault into the description of an emulator world in which its tokens would be as they are: the
// same apps, as many people and Pages, the same permissions, and each token with its own beginning and end. Data in, data
// out; names of people do not come along.
import type { Seed } from '@hallpass/emulator';
import { isAboutPages, readScope, withDependencies } from '@hallpass/protocol';
import type { SeedToken } from '@hallpass/server/testing';
import { holderStates, isWorking, type ServiceName } from '@hallpass/vault';
import type { Snapshot, SnapshotConnection } from '@hallpass/vault/client';

/** A token that is to be planted, with the connections that hold it and the tokens of its Pages. */
interface PlannedToken {
  /** Undefined for a token that the vault does not keep, and that a Page token was read with. */
  connectionId: string | undefined;
  token: SeedToken;
  /** Pages as they are called in the world, with the connections that hold their tokens. */
  pages: { connectionId: string; page: string }[];
}

/** A token of a service that the emulator does not play. */
interface ElsewhereToken {
  connectionId: string;
  appId: string;
  service: Exclude<ServiceName, 'facebook'>;
  /** Epoch seconds; 0 = never. */
  expiresAt: number;
}

/** A connection that is not rehearsed: it stays as it is. */
interface LeftConnection {
  connectionId: string;
  name: string;
  /** One sentence. */
  because: string;
}

export interface RehearsalWorld {
  seed: Seed;
  tokens: PlannedToken[];
  /** Connections that hold the token of their app itself. */
  appTokens: { connectionId: string; appId: string }[];
  elsewhere: ElsewhereToken[];
  left: LeftConnection[];
  /** The one whose token a connection holds; the same object for the same one. */
  holders: ReadonlyMap<string, TokenHolder>;
  /** The Page in the world whose token a connection holds. */
  pages: ReadonlyMap<string, string>;
}

/** A person or system user in the world, with one app. */
export interface TokenHolder {
  app: string;
  person: string;
  /** Permissions that the app has of them. */
  scopes: ReadonlySet<string>;
}

/** Stands behind tokens of one app. */
interface Holder extends TokenHolder {
  kind: SeedToken['kind'];
  scopes: Set<string>;
  pages: Set<string>;
  dataAccessUntil: number | undefined;
}

/** The ids in the world: no app, Page and person has the same. */
const ids = {
  person: (n: number) => String(91_000_000_000_000 + n),
  systemUser: (n: number) => String(92_000_000_000_000 + n),
  page: (n: number) => String(93_000_000_000_000 + n),
};
export const administrator = {
  id: '94000000000001',
  name: 'Ada Administrator',
  email: 'administrator@rehearsal.example',
  password: 'the-administrator-of-a-rehearsal',
};
const BUSINESS = '95000000000001';

const passwordOf = (person: string): string => `password-of-${person}`;

/** @param newSecret makes the secret of an app, 32 hexadecimal digits */
export function rehearsalWorldOf(snapshot: Snapshot, newSecret: () => string): RehearsalWorld {
  const left: LeftConnection[] = [];
  const elsewhere: ElsewhereToken[] = [];
  const appTokens: RehearsalWorld['appTokens'] = [];
  const planned = new Map<string, PlannedToken>();
  const hidden: PlannedToken[] = [];
  const holders = new Map<string, Holder>();
  const holderOf = new Map<string, Holder>();
  const pages = new Map<string, string>();
  const pageOf = new Map<string, string>();
  const serviceOf = new Map(snapshot.apps.map(({ appId, service }) => [appId, service]));
  const byId = new Map(snapshot.connections.map((one) => [one.id, one]));

  const rehearsed = snapshot.connections.filter((one) => {
    const service = serviceOf.get(one.appId);
    const because = whyLeft(one, service);
    if (because !== undefined) left.push({ connectionId: one.id, name: one.name, because });
    else if (one.kind === 'app') appTokens.push({ connectionId: one.id, appId: one.appId });
    else if (service !== undefined && service !== 'facebook')
      elsewhere.push({ connectionId: one.id, appId: one.appId, service, expiresAt: one.expiresAt ?? 0 });
    else return true;
    return false;
  });

  function holder(key: string, { appId }: SnapshotConnection, kind: SeedToken['kind']): Holder {
    const known = holders.get(key);
    if (known) return known;
    const person = kind === 'user' ? ids.person(holders.size + 1) : ids.systemUser(holders.size + 1);
    const made: Holder = { app: appId, person, kind, scopes: new Set(), pages: new Set(), dataAccessUntil: undefined };
    holders.set(key, made);
    return made;
  }

  for (const one of rehearsed) {
    if (one.subjectType === 'page') continue;
    const behind = holder(keyOf(one), one, one.subjectType === 'system_user' ? 'system_user' : 'user');
    holderOf.set(one.id, behind);
    for (const scope of one.grantedScopes) behind.scopes.add(scope);
    behind.dataAccessUntil ??= one.dataAccessUntil;
    planned.set(one.id, { connectionId: one.id, token: tokenOf(one, behind, one.kind !== 'user_short'), pages: [] });
  }

  for (const one of rehearsed) {
    if (one.subjectType !== 'page') continue;
    const parent = byId.get(one.parentId ?? '');
    const ofParent = parent !== undefined && parent.appId === one.appId && parent.subjectType !== 'page';
    const kind = ofParent && parent.subjectType === 'system_user' ? 'system_user' : 'user';
    const behind = holder(ofParent ? keyOf(parent) : keyOf(one), one, kind);
    holderOf.set(one.id, behind);
    for (const scope of one.grantedScopes) behind.scopes.add(scope);
    behind.dataAccessUntil ??= one.dataAccessUntil;
    const name = one.subjectId ?? one.id;
    const page = pages.get(name) ?? ids.page(pages.size + 1);
    pages.set(name, page);
    behind.pages.add(page);
    pageOf.set(one.id, page);
    const source = planned.get(one.parentId ?? '');
    if (source && endOfPages(source.token) === (one.expiresAt ?? 0)) source.pages.push({ connectionId: one.id, page });
    else {
      const token = tokenOf(one, behind, kind === 'system_user' || one.expiresAt === undefined);
      hidden.push({ connectionId: undefined, token, pages: [{ connectionId: one.id, page }] });
    }
  }

  for (const { scopes, pages: its } of holders.values())
    if (its.size > 0 && ![...scopes].some(isAboutPages)) scopes.add('pages_show_list');
  const tokens = [...planned.values(), ...hidden];
  for (const { token, pages: its } of tokens) {
    token.pages = its.map(({ page }) => page);
    const behind = [...holders.values()].find(({ person }) => person === token.person);
    if (token.kind === 'system_user' && behind) token.permissions = [...behind.scopes];
  }
  return {
    seed: seedOf(snapshot, [...holders.values()], newSecret),
    tokens,
    appTokens,
    elsewhere,
    left,
    holders: holderOf,
    pages: pageOf,
  };
}

const keyOf = ({ appId, subjectType, subjectId, id }: SnapshotConnection): string =>
  `${appId} ${subjectType ?? 'user'} ${subjectId ?? id}`;

function whyLeft(one: SnapshotConnection, service: ServiceName | undefined): string | undefined {
  if (!isWorking(one.state) && one.state !== 'unreachable')
    return `It doesn't work now (${holderStates[one.state]}), and stays like that until someone acts.`;
  if (!one.hasToken) return 'It has no token.';
  if (service === undefined) return "Its app isn't set in the vault.";
  return one.kind === undefined ? "The kind of its token isn't known yet." : undefined;
}

const tokenOf = (one: SnapshotConnection, { app, person, kind }: Holder, longLived: boolean): SeedToken => ({
  kind,
  app,
  person,
  issuedAt: one.issuedAt ?? one.createdAt,
  expiresAt: one.expiresAt ?? 0,
  longLived,
});

/** The end of the tokens of Pages that are read with this one: with a long-lived token of a person they have none. */
const endOfPages = ({ kind, longLived, expiresAt }: SeedToken): number =>
  kind === 'user' && longLived ? 0 : expiresAt;

function seedOf(snapshot: Snapshot, holders: readonly Holder[], newSecret: () => string): Seed {
  const people = holders.filter(({ kind }) => kind === 'user');
  const systemUsers = holders.filter(({ kind }) => kind === 'system_user');
  const apps = snapshot.apps.filter(({ service }) => service === 'facebook');
  const tasks = ['MANAGE' as const];
  const rolesOn = new Map<string, string[]>();
  for (const { person, pages } of people)
    for (const page of pages) rolesOn.set(page, [...(rolesOn.get(page) ?? []), person]);
  const owned = new Set(systemUsers.flatMap(({ pages }) => [...pages]));
  return {
    name: 'rehearsal',
    at: snapshot.at,
    frozen: true,
    world: {
      people: [
        administrator,
        ...people.map(({ person }, n) => ({
          id: person,
          name: `Person Number${n + 1}`,
          email: `${person}@rehearsal.example`,
          password: passwordOf(person),
        })),
      ],
      apps: apps.map(({ appId }, n) => ({
        id: appId,
        name: `App Number${n + 1}`,
        secret: newSecret(),
        clientToken: newSecret(),
        mode: 'live' as const,
        type: 'web' as const,
        settings: {
          redirectUris: ['http://localhost:3000/callback'],
          enforceHttps: false,
          advancedAccess: [
            ...new Set(['email', ...holders.filter(({ app }) => app === appId).flatMap(({ scopes }) => known(scopes))]),
          ],
          privacyPolicyUrl: 'https://rehearsal.example/privacy',
          contactEmail: administrator.email,
        },
        roles: [{ person: administrator.id, role: 'administrators' }],
      })),
      pages: [...new Set([...rolesOn.keys(), ...owned])].map((page, n) => ({
        id: page,
        name: `Page Number${n + 1}`,
        category: 'Brand',
        roles: [administrator.id, ...(rolesOn.get(page) ?? [])].map((person) => ({ person, tasks })),
      })),
      grants: people.map(({ app, person, scopes, dataAccessUntil }) => ({
        person,
        app,
        granted: known(scopes),
        dataAccessUntil: dataAccessUntil ?? 0,
      })),
      businesses: [
        {
          id: BUSINESS,
          name: 'The Business',
          people: [{ person: administrator.id, role: 'ADMIN' as const }],
          pages: [...owned],
          systemUsers: systemUsers.map(({ person, app, pages }, n) => ({
            id: person,
            name: `System User ${n + 1}`,
            role: 'EMPLOYEE' as const,
            apps: [app],
            pages: [...pages].map((page) => ({ page, tasks })),
          })),
        },
      ],
    },
  };
}

/** Permissions that the platform knows, with those that they depend on. Others can't be in a token of the world. */
const known = (scopes: Iterable<string>): string[] => withDependencies(readScope([...scopes].join(',')).permissions);
