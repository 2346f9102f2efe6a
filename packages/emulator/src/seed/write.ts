// A world is written as a seed file here: the way back of world.ts. Everything is named by its id, every moment is an
// age, and what has its usual value is left out.
import { isDeepStrictEqual } from 'node:util';
import { appSettingRows } from '@hallpass/protocol';
import type {
  SeedAdAccount,
  SeedApp,
  SeedBusiness,
  SeedGrant,
  SeedPage,
  SeedPerson,
  WorldSeed,
} from '@hallpass/server/testing';
import { stringify } from 'yaml';
import type { FaultOrder } from '../faults/fault-orders.ts';
import { faultInFile } from './faults.ts';
import { businessSettings } from './shape/businesses.ts';
import { pageProfile } from './shape/pages.ts';
import { personProfile } from './shape/people.ts';

const NOTE = ` An export of a running world. Plant it with: hallpass dev --seed FILE
 It holds the secrets of its apps and of second factors. Passwords cannot be read back: write a password beside each
 person who is to log in. Tokens and sessions belong to the world that made them and are left out.`;

/** These stand in a seed file beside the things of its world. */
interface Standing {
  frozen: boolean;
  /** Orders in force. */
  faults: readonly FaultOrder[];
  /** Epoch seconds by the clock of the world. */
  now: number;
}

/** The text of a seed file that plants `world`. @param name of the world: the ids by which apps know people follow from it */
export function writeSeed(name: string, world: WorldSeed, { frozen, faults, now }: Standing): string {
  const accounts = world.adAccounts ?? [];
  const file = {
    name,
    frozen: frozen || undefined,
    people: world.people.map((person) => personInFile(person, accounts)),
    apps: world.apps.map(appInFile),
    pages: world.pages.map(pageInFile),
    businesses: (world.businesses ?? []).map((business) => businessInFile(business, accounts)),
    grants: world.grants.map(grantInFile),
    faults: unlessEmpty(faults.flatMap((order) => faultInFile(order, now) ?? [])),
  };
  const text = stringify(written(file), { lineWidth: 0, aliasDuplicateObjects: false });
  const note = NOTE.split('\n').map((line) => `#${line}\n`);
  return `${note.join('')}${text}`;
}

/** Leaves out what is absent. An empty list stays: in some places it says something else than none. */
function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(written);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.map(([key, one]) => [key, written(one)]));
}

/** A list or mapping that is left out where it is empty. */
const unlessEmpty = <Held extends object>(held: Held | undefined): Held | undefined =>
  held !== undefined && Object.keys(held).length > 0 ? held : undefined;

const picked = (from: object | undefined, part: object): object =>
  Object.fromEntries(Object.entries(from ?? {}).filter(([key]) => Object.hasOwn(part, key)));

const age = (seconds: number): string => `${Math.floor(seconds)}s`;

/** One thing stands for a list of one. */
const oneOrList = <Item>(list: readonly Item[]): Item | readonly Item[] => (list.length === 1 && list[0]) || list;

/** Pairs of the one who has something, and all that the one has. */
function pairs<Item>(
  items: readonly Item[] | undefined,
  key: (item: Item) => string,
  held: (item: Item) => readonly string[],
) {
  const groups = Map.groupBy(items ?? [], key);
  return unlessEmpty(Object.fromEntries([...groups].map(([word, group]) => [word, oneOrList(group.flatMap(held))])));
}

const tasksByPerson = (roles: readonly { person: string; tasks: readonly string[] }[] | undefined) =>
  pairs(
    roles,
    ({ person }) => person,
    ({ tasks }) => tasks,
  );

const tasksByPage = (items: readonly { page: string; tasks: readonly string[] }[] | undefined) =>
  pairs(
    items,
    ({ page }) => page,
    ({ tasks }) => tasks,
  );

function personInFile(person: SeedPerson, accounts: readonly SeedAdAccount[]) {
  const { id, name, email, password, state, administrator, reviewer, secondFactor, profile, friends } = person;
  return {
    id,
    name,
    email,
    password,
    state: state === 'active' ? undefined : state,
    administrator: administrator || undefined,
    reviewer: reviewer || undefined,
    two_factor: secondFactor === undefined ? undefined : { secret: secondFactor },
    ...picked(profile, personProfile),
    // Friendship holds both ways, and is written down once.
    friends: unlessEmpty(friends?.filter((friend) => id < friend)),
    ad_accounts: unlessEmpty(
      accounts.filter(({ owner }) => 'person' in owner && owner.person === id).map((one) => adAccountInFile(one)),
    ),
    test_user_of: person.testUserOf,
  };
}

function appInFile(app: SeedApp) {
  const { id, name, secret, clientToken, mode, type, settings = {} } = app;
  return {
    id,
    name,
    secret,
    client_token: clientToken,
    mode,
    type: type === 'web' ? undefined : type,
    ...settingsInFile(settings),
    roles: pairs(
      app.roles,
      ({ person }) => person,
      ({ role }) => [role],
    ),
    subscriptions: unlessEmpty(
      app.subscriptions?.map(({ object, callbackUrl, fields, includeValues }) => ({
        object,
        callback_url: callbackUrl,
        fields,
        include_values: includeValues,
      })),
    ),
    invitations: unlessEmpty(Object.fromEntries((app.invitations ?? []).map(({ email, role }) => [email, role]))),
    access_requests: unlessEmpty(
      app.accessRequests?.map(({ permission, useCase }) => ({ permission, use_case: useCase })),
    ),
    login_configurations: unlessEmpty(
      app.configurations?.map((one) => ({
        id: one.id,
        name: one.name,
        token_type: one.tokenType,
        token_expiration: one.tokenType === 'system_user' ? one.tokenExpiration : undefined,
        permissions: one.permissions,
        assets: one.assets,
      })),
    ),
  };
}

/** The settings that differ from the usual ones, by their names in a file. */
function settingsInFile(settings: NonNullable<SeedApp['settings']>) {
  return Object.fromEntries(
    appSettingRows
      .filter(([key, { default: usual }]) => settings[key] !== undefined && !isDeepStrictEqual(settings[key], usual))
      .map(([key, { name }]) => [name, settings[key]]),
  );
}

function pageInFile(page: SeedPage) {
  const { id, name, category, categories, testOf, profile, roles, posts, metrics, subscribedApps } = page;
  const series = Map.groupBy(metrics ?? [], ({ metric, period }) => `${metric} ${period}`);
  return {
    id,
    name,
    test_of: testOf,
    category,
    categories: unlessEmpty(categories),
    ...picked(profile, pageProfile),
    roles: tasksByPerson(roles),
    posts: unlessEmpty(posts?.map(({ message, secondsAgo }) => ({ message, ago: age(secondsAgo) }))),
    metrics: unlessEmpty(
      [...series.values()].map((rows) => ({
        metric: rows[0]?.metric,
        period: rows[0]?.period,
        values: rows.toSorted((a, b) => b.daysAgo - a.daysAgo).map(({ value }) => value),
      })),
    ),
    subscribed_apps: pairs(
      subscribedApps,
      ({ app }) => app,
      ({ fields }) => fields,
    ),
  };
}

function businessInFile(business: SeedBusiness, accounts: readonly SeedAdAccount[]) {
  const { id, name, testOf, settings, people = [], pages, assignedPages, pageRequests, apps, systemUsers } = business;
  const own = accounts.filter(({ owner }) => 'business' in owner && owner.business === id);
  const members = new Set(people.map(({ person }) => person));
  const assigned = Map.groupBy(assignedPages ?? [], ({ page }) => page);
  return {
    id,
    name,
    test_of: testOf,
    ...picked(settings, businessSettings),
    people: unlessEmpty(Object.fromEntries(people.map(({ person, role }) => [person, role]))),
    pages: unlessEmpty(pages),
    assigned_pages: unlessEmpty(Object.fromEntries([...assigned].map(([page, roles]) => [page, tasksByPerson(roles)]))),
    page_requests: tasksByPage(pageRequests),
    apps: unlessEmpty(apps),
    system_users: unlessEmpty(
      systemUsers?.map((user) => ({
        id: user.id,
        name: user.name,
        role: user.role,
        apps: unlessEmpty(user.apps),
        pages: tasksByPage(user.pages),
        ad_accounts: pairs(
          own.flatMap(({ id: account, roles = [] }) =>
            roles.filter(({ person }) => person === user.id).map(({ tasks }) => ({ account, tasks })),
          ),
          ({ account }) => `act_${account}`,
          ({ tasks }) => tasks,
        ),
      })),
    ),
    ad_accounts: unlessEmpty(own.map((account) => adAccountInFile(account, members))),
  };
}

/** @param members of the business that owns the account: what was assigned to its system users stands with them */
function adAccountInFile(account: SeedAdAccount, members?: ReadonlySet<string>) {
  const { id, name, currency, timezoneId, status = 1, disableReason = 0, roles, agencies, campaigns } = account;
  return {
    id: `act_${id}`,
    name,
    currency,
    timezone_id: timezoneId,
    account_status: status === 1 ? undefined : status,
    disable_reason: disableReason === 0 ? undefined : disableReason,
    roles: tasksByPerson(roles?.filter(({ person }) => members?.has(person) ?? true)),
    agencies: pairs(
      agencies,
      ({ business }) => business,
      ({ tasks }) => tasks,
    ),
    campaigns: unlessEmpty(
      campaigns?.map((one) => ({
        id: one.id,
        name: one.name,
        objective: one.objective,
        status: one.status,
        special_ad_categories: unlessEmpty(one.specialAdCategories),
        daily_budget: one.dailyBudget,
        lifetime_budget: one.lifetimeBudget,
        ago: age(one.secondsAgo),
      })),
    ),
  };
}

const grantInFile = ({ person, app, granted, declined, pages, limited }: SeedGrant) => ({
  person,
  app,
  permissions: granted,
  declined: unlessEmpty(declined),
  // An empty list says that no Page was ticked.
  pages,
  limited,
});
