// Reads a living world back into the description that it could have been planted from (seed-world.ts): what people
// did since is in it, as far as a description has a word for it. Tokens, sessions and passwords are not: a token
// belongs to the world that made it, and a password is stored so that nobody can read it.
import { isPermission } from '@hallpass/protocol';
import type { Installation } from '../installation/installation.ts';
import * as accessRequests from '../store/apps/access-requests.ts';
import * as appInvitations from '../store/apps/app-invitations.ts';
import * as apps from '../store/apps/apps.ts';
import * as configurations from '../store/apps/login-configurations.ts';
import * as subscriptions from '../store/apps/subscriptions.ts';
import * as grants from '../store/grants/grants.ts';
import * as limitedGrants from '../store/grants/limited-grants.ts';
import type { PageId, PersonId } from '../store/ids.ts';
import * as pages from '../store/pages/pages.ts';
import * as posts from '../store/pages/posts.ts';
import * as friendships from '../store/people/friendships.ts';
import * as people from '../store/people/people.ts';
import * as secondFactors from '../store/people/second-factors.ts';
import { metricsOfPage, worldIds } from '../store/world-ids.ts';
import { exportAdAccount } from './export-ads.ts';
import { exportBusiness } from './export-business.ts';
import { byId, each, type ExportScope } from './export-lists.ts';
import type { SeedApp, SeedGrant, SeedPage, SeedPerson, WorldSeed } from './seed-world.ts';

/** The newest posts of a Page that an export has. */
const MOST_POSTS = 10_000;

type Source = Pick<Installation, 'db' | 'sealer' | 'world'>;

/**
 * Describes the world as it stands now. Moments become ages, app secrets and keys of second factors are in the clear, and
 * passwords are missing.
 */
export async function exportWorld(installation: Source): Promise<WorldSeed> {
  const q = installation.db.read;
  const ids = await worldIds(q);
  const living = (await apps.all(q, installation.sealer)).filter(({ status }) => status !== 'deleted');
  living.sort(byId(({ id }) => id));
  const known = new Set<string>([...ids.people, ...ids.pages, ...ids.businesses, ...living.map(({ id }) => id)]);
  const all: ExportScope = { has: (id) => known.has(id) };
  return {
    people: await each(ids.people, (id) => exportPerson(installation, all, id)),
    apps: await each(living, (app) => exportApp(installation, all, app)),
    pages: await each(ids.pages, (id) => exportPage(installation, all, id)),
    businesses: await each(ids.businesses, (id) => exportBusiness(q, all, id)),
    adAccounts: await each(ids.adAccounts, (id) => exportAdAccount(installation, id)),
    grants: (await each(ids.people, (id) => exportGrants(installation, all, id))).flat(),
  };
}

async function exportPerson({ db, sealer }: Source, all: ExportScope, id: PersonId): Promise<SeedPerson | undefined> {
  const person = await people.byId(db.read, id);
  if (!person || person.state === 'deleted') return undefined;
  const factor = await secondFactors.find(db.read, sealer, id);
  const { name, email, state, administrator, reviewer, profile, testUserOf } = person;
  return {
    id,
    name,
    email: email ?? undefined,
    state,
    administrator,
    reviewer,
    secondFactor: factor?.offeredAt === null ? factor.secret : undefined,
    profile,
    friends: (await friendships.of(db.read, id)).filter(all.has),
    testUserOf: testUserOf !== null && all.has(testUserOf) ? testUserOf : undefined,
  };
}

async function exportApp({ db }: Source, all: ExportScope, app: apps.App): Promise<SeedApp> {
  const { id, name, secret, clientToken, mode, type, settings } = app;
  const q = db.read;
  const roles = (await apps.roles(q, id)).filter(({ personId }) => all.has(personId));
  const requests = (await accessRequests.ofApp(q, id)).filter(({ state }) => state === 'pending');
  return {
    id,
    name,
    secret,
    clientToken,
    mode,
    type,
    settings,
    roles: roles
      .map(({ personId, role }) => ({ person: personId, role }))
      .sort(byId(({ person, role }) => `${person} ${role}`)),
    subscriptions: (await subscriptions.ofApp(q, id)).map(({ object, callbackUrl, fields, includeValues }) => ({
      object,
      callbackUrl,
      fields: fields.map((field) => field.name),
      includeValues,
    })),
    invitations: (await appInvitations.ofApp(q, id))
      .flatMap(({ email, role }) => (email === null ? [] : [{ email, role }]))
      .sort(byId(({ email }) => email)),
    accessRequests: requests
      .map(({ permission, useCase }) => ({ permission, useCase }))
      .sort(byId(({ permission }) => permission)),
    configurations: await configurations.ofApp(q, id),
  };
}

async function exportPage({ db, world }: Source, all: ExportScope, id: PageId): Promise<SeedPage | undefined> {
  const q = db.read;
  const page = await pages.byId(q, id);
  if (!page) return undefined;
  const now = world.clock.now();
  const { name, category, categories, profile, testOf } = page;
  const roles = (await pages.rolesOfPage(q, id)).filter((role) => role.businessId === null && all.has(role.personId));
  const told = (await subscriptions.onPage(q, id)).filter(({ appId }) => all.has(appId));
  const metrics = await metricsOfPage(q, id);
  const series = Map.groupBy(metrics, ({ metric, period }) => `${metric} ${period}`);
  return {
    id,
    name,
    category,
    categories,
    profile,
    testOf: testOf !== null && all.has(testOf) ? testOf : undefined,
    roles: roles.map(({ personId, tasks }) => ({ person: personId, tasks })).sort(byId(({ person }) => person)),
    subscribedApps: told.map(({ appId, fields }) => ({ app: appId, fields })),
    posts: (await posts.ofPage(q, id, now, { limit: MOST_POSTS })).flatMap(({ message, createdAt }) =>
      message ? [{ message, secondsAgo: Math.max(0, now - createdAt) }] : [],
    ),
    // The newest figure becomes yesterday's, as in a file.
    metrics: [...series.values()].flatMap((rows) =>
      rows.map(({ metric, period, value }, at) => ({ metric, period, daysAgo: rows.length - 1 - at, value })),
    ),
  };
}

async function exportGrants({ db }: Source, all: ExportScope, id: PersonId): Promise<SeedGrant[]> {
  const exported = (list: readonly grants.Grant[], limited: boolean): SeedGrant[] =>
    list
      .filter(({ appId }) => all.has(appId))
      .map((grant) => ({ ...exportGrant(grant, all), ...(limited ? { limited } : {}) }))
      .sort(byId(({ app }) => app));
  return [
    ...exported(await grants.ofPerson(db.read, id), false),
    ...exported(await limitedGrants.ofPerson(db.read, id), true),
  ];
}

function exportGrant({ appId, personId, permissions }: grants.Grant, all: ExportScope): SeedGrant {
  const named = (status: grants.PermitStatus): string[] =>
    Object.keys(permissions)
      .filter((name) => isPermission(name) && permissions[name]?.status === status)
      .sort();
  const granted = named('granted');
  const chosen = granted.flatMap((name) => {
    const targets = permissions[name]?.targets;
    return targets === undefined || name.startsWith('ads_') ? [] : [targets];
  });
  // A file has one choice of Pages for a whole grant: what was chosen for each permission, never more.
  const common = chosen.reduce<readonly string[] | undefined>(
    (before, targets) => (before === undefined ? targets : before.filter((one) => targets.includes(one))),
    undefined,
  );
  const pagesChosen = common?.filter((one) => all.has(one)).sort();
  return { person: personId, app: appId, granted, declined: named('declined'), pages: pagesChosen };
}
