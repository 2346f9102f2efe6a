// This module leads from a checked seed file to the world that the server plants: references become ids, words become
// the server's own.
import { isKeyOf, isTask, keysOf, oldPageRoles, type Task } from '@hallpass/protocol';
import type { SeedApp, SeedBusiness, SeedPage, SeedPerson, WorldSeed } from '@hallpass/server/testing';
import { adAccountsOf } from './ad-accounts.ts';
import { settingsOf } from './app-settings.ts';
import { type Directory, heldBy, type Kind, madeUpSecret } from './directory.ts';
import { oneNamed } from './references.ts';
import type { FileApp, FileBusiness, FilePage, FilePerson, SeedFile } from './shape.ts';
import { businessSettings } from './shape/businesses.ts';
import { pageProfile } from './shape/pages.ts';
import { personProfile } from './shape/people.ts';

const DAY = 86_400;

/** @param directory of the same file, in which every reference was found */
export function worldOf(file: SeedFile, directory: Directory): WorldSeed {
  const idOf = (kind: Kind, word: string): string => oneNamed(directory, kind, word)?.id ?? word;
  const idAt = (kind: Kind, at: number): string => directory[kind][at]?.id ?? '';
  const roles = <Item>(table: Record<string, Item> | undefined) =>
    Object.entries(table ?? {}).map(([word, held]) => ({ person: idOf('people', word), held }));
  const friends = friendsOf(file, directory);
  return {
    people: file.people.map(
      (person, at): SeedPerson => ({
        ...personOf(person),
        id: idAt('people', at),
        friends: friends.get(idAt('people', at)),
        ...(person.test_user_of === undefined ? {} : { testUserOf: idOf('apps', person.test_user_of) }),
      }),
    ),
    apps: file.apps.map(
      (app, at): SeedApp => ({
        ...appOf(file.name, app, idAt('apps', at)),
        configurations: configurationsOf(app, directory, at),
        roles: roles(app.roles).flatMap(({ person, held }) => held.map((role) => ({ person, role }))),
      }),
    ),
    pages: file.pages.map(
      (page, at): SeedPage => ({
        ...pageOf(page),
        id: idAt('pages', at),
        ...(page.test_of === undefined ? {} : { testOf: idOf('apps', page.test_of) }),
        roles: roles(page.roles).map(({ person, held }) => ({ person, tasks: tasksOf(held) })),
        subscribedApps: Object.entries(page.subscribed_apps ?? {}).map(([word, fields]) => ({
          app: idOf('apps', word),
          fields,
        })),
      }),
    ),
    adAccounts: adAccountsOf(file, directory),
    businesses: file.businesses.map((business, at) => ({
      ...businessOf(business, idAt('businesses', at), directory, at),
      ...(business.test_of === undefined ? {} : { testOf: idOf('apps', business.test_of) }),
    })),
    grants: file.grants.map((grant) => ({
      person: idOf('people', grant.person),
      app: idOf('apps', grant.app),
      granted: grant.permissions,
      declined: grant.declined,
      pages: grant.pages?.map((word) => idOf('pages', word)),
      ...(grant.limited ? { limited: true } : {}),
    })),
  };
}

/** Friendship holds both ways, whoever of the two wrote it down. */
function friendsOf(file: SeedFile, directory: Directory): Map<string, string[]> {
  const friends = new Map<string, Set<string>>();
  const add = (one: string, other: string) => friends.set(one, (friends.get(one) ?? new Set()).add(other));
  for (const [at, person] of file.people.entries())
    for (const word of person.friends ?? []) {
      const one = directory.people[at]?.id;
      const other = oneNamed(directory, 'people', word)?.id;
      if (one === undefined || other === undefined) continue;
      add(one, other);
      add(other, one);
    }
  return new Map([...friends].map(([id, others]) => [id, [...others]]));
}

function personOf(person: FilePerson): Omit<SeedPerson, 'id'> {
  const { name, email, password, state, administrator, reviewer, two_factor } = person;
  return {
    name,
    email,
    password,
    state,
    administrator,
    reviewer,
    secondFactor: two_factor?.secret,
    profile: written(person, personProfile),
  };
}

function appOf(world: string, app: FileApp, id: string): SeedApp {
  return {
    id,
    name: app.name,
    secret: app.secret ?? madeUpSecret(`${world}/secret/${id}`),
    clientToken: app.client_token ?? madeUpSecret(`${world}/client token/${id}`),
    mode: app.mode,
    type: app.type === undefined || app.type === 'web' ? 'web' : 'native',
    settings: settingsOf(app),
    subscriptions: app.subscriptions?.map(({ object, callback_url, fields, include_values }) => ({
      object,
      callbackUrl: callback_url,
      fields,
      includeValues: include_values,
    })),
    invitations: Object.entries(app.invitations ?? {}).map(([email, role]) => ({ email, role })),
    accessRequests: app.access_requests?.map(({ permission, use_case: useCase }) => ({ permission, useCase })),
  };
}

function configurationsOf(
  { login_configurations }: FileApp,
  directory: Directory,
  at: number,
): SeedApp['configurations'] {
  const ids = heldBy(directory.login_configurations, 'apps', at).map((entry) => entry.id);
  return login_configurations?.map((one, n) => ({
    id: ids[n] ?? '',
    name: one.name,
    tokenType: one.token_type,
    tokenExpiration: one.token_expiration,
    permissions: one.permissions,
    assets: one.assets,
  }));
}

function pageOf(page: FilePage): Omit<SeedPage, 'id'> {
  const { name, category, categories, posts, metrics } = page;
  return {
    name,
    category,
    categories,
    profile: written(page, pageProfile),
    posts: posts?.map(({ message, ago }, at) => ({ message, secondsAgo: ago ?? (at + 1) * DAY })),
    // The last value is yesterday's.
    metrics: metrics?.flatMap(({ metric, period, values }) =>
      values.map((value, at) => ({ metric, period, daysAgo: values.length - 1 - at, value })),
    ),
  };
}

function businessOf(business: FileBusiness, id: string, directory: Directory, at: number): SeedBusiness {
  const idOf = (kind: Kind, word: string): string => oneNamed(directory, kind, word)?.id ?? word;
  const systemUserIds = heldBy(directory.system_users, 'businesses', at).map((entry) => entry.id);
  return {
    id,
    name: business.name,
    settings: written(business, businessSettings),
    people: Object.entries(business.people ?? {}).map(([word, role]) => ({
      person: idOf('people', word),
      role,
    })),
    pages: business.pages?.map((word) => idOf('pages', word)),
    assignedPages: Object.entries(business.assigned_pages ?? {}).flatMap(([page, held]) =>
      Object.entries(held).map(([word, tasks]) => ({
        page: idOf('pages', page),
        person: idOf('people', word),
        tasks: tasksOf(tasks),
      })),
    ),
    pageRequests: Object.entries(business.page_requests ?? {}).map(([page, tasks]) => ({
      page: idOf('pages', page),
      tasks: tasksOf(tasks),
    })),
    apps: business.apps?.map((word) => idOf('apps', word)),
    systemUsers: business.system_users?.map((user, n) => ({
      id: systemUserIds[n] ?? '',
      name: user.name,
      role: user.role,
      apps: user.apps?.map((word) => idOf('apps', word)),
      pages: Object.entries(user.pages ?? {}).map(([word, tasks]) => ({
        page: idOf('pages', word),
        tasks: tasksOf(tasks),
      })),
    })),
  };
}

function tasksOf(words: readonly string[]): Task[] {
  return [
    ...new Set(
      words.flatMap((word): readonly Task[] =>
        isTask(word) ? [word] : isKeyOf(oldPageRoles, word) ? oldPageRoles[word] : [],
      ),
    ),
  ];
}

/** Picks the keys of a part of the shape that have a value: they are stored as they were written. */
function written<T extends object, K extends keyof T & string>(
  thing: T,
  part: Readonly<Record<K, unknown>>,
): Pick<T, K> {
  const entries = keysOf(part).map((key) => [key, thing[key]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Pick<T, K>;
}
