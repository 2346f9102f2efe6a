// Plants a described world: people, apps, Pages, grants, with fixed ids. For the emulator's seed files and for tests;
// everything is written as the acts of people would have written it.
import { lifetimes, readScope, type Task, withDependencies } from '@hallpass/protocol';
import { type Actor, change, type ChangeContext } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import type { Installation } from '../installation/installation.ts';
import { newId } from '../installation/mint.ts';
import * as accessRequests from '../store/apps/access-requests.ts';
import * as appInvitations from '../store/apps/app-invitations.ts';
import * as apps from '../store/apps/apps.ts';
import * as friendships from '../store/people/friendships.ts';
import * as grants from '../store/grants/grants.ts';
import * as limitedGrants from '../store/grants/limited-grants.ts';
import * as pages from '../store/pages/pages.ts';
import * as posts from '../store/pages/posts.ts';
import * as people from '../store/people/people.ts';
import * as subscriptions from '../store/apps/subscriptions.ts';
import * as secondFactors from '../store/people/second-factors.ts';
import type { NoticeKind } from '../store/outbox/tables.ts';
import type { PeopleTable } from '../store/people/tables.ts';
import { noticeFields } from '../callbacks/notice-fields.ts';
import { plantAdAccount, type SeedAdAccount } from './seed-ads.ts';
import { plantBusiness, plantPageRequests, type SeedBusiness } from './seed-businesses.ts';
import { seedConfiguration, type SeedConfiguration } from '../apps/login-configurations.ts';
import { scopedIdFor } from '../people/scoped-id.ts';
import { AppId, PageId, PersonId } from '../store/ids.ts';

export interface SeedPerson {
  id: string;
  name: string;
  email?: string | undefined;
  password?: string | undefined;
  state?: Exclude<PeopleTable['state'], 'deleted'> | undefined;
  administrator?: boolean | undefined;
  /** Decides about advanced access of apps. */
  reviewer?: boolean | undefined;
  /** Base32: a second factor is on. */
  secondFactor?: string | undefined;
  profile?: people.Profile | undefined;
  /** Ids of friends. */
  friends?: string[] | undefined;
  /** Id of the app whose test user it is. */
  testUserOf?: string | undefined;
}

export interface SeedApp {
  id: string;
  name: string;
  /** 32 hex digits each. */
  secret: string;
  clientToken: string;
  mode: 'live' | 'development';
  type: 'web' | 'native';
  settings?: Partial<apps.AppSettings> | undefined;
  roles?: { person: string; role: string }[] | undefined;
  /** Taken as verified; all fields when none are named. */
  subscriptions?:
    | { object: NoticeKind; callbackUrl: string; fields?: string[] | undefined; includeValues?: boolean | undefined }[]
    | undefined;
  /** Addresses that are invited to a role. */
  invitations?: { email: string; role: string }[] | undefined;
  /** The requests that wait for a reviewer. */
  accessRequests?: { permission: string; useCase: string }[] | undefined;
  configurations?: SeedConfiguration[] | undefined;
}

export interface SeedPage {
  id: string;
  name: string;
  category: string;
  categories?: { id: string; name: string }[] | undefined;
  /** Id of the app to whose test users it belongs. */
  testOf?: string | undefined;
  profile?: pages.PageProfile | undefined;
  roles?: { person: string; tasks: Task[] }[] | undefined;
  /** Ids of apps, and what of the Page they are told of. */
  subscribedApps?: { app: string; fields: string[] }[] | undefined;
  posts?: { message: string; secondsAgo: number }[] | undefined;
  metrics?: { metric: string; period: string; daysAgo: number; value: number }[] | undefined;
}

export interface SeedGrant {
  person: string;
  app: string;
  granted: string[];
  declined?: string[] | undefined;
  /** Ids of the Pages that were ticked; all when absent. */
  pages?: string[] | undefined;
  /** True for a grant of Limited Login, which gives no token. */
  limited?: boolean | undefined;
  /** The end of data access in epoch seconds, 0 for none; ninety days from now when it is not given. */
  dataAccessUntil?: number | undefined;
}

export interface WorldSeed {
  adAccounts?: SeedAdAccount[] | undefined;
  businesses?: SeedBusiness[] | undefined;
  people: SeedPerson[];
  apps: SeedApp[];
  pages: SeedPage[];
  grants: SeedGrant[];
}

/**
 * @param hash makes the stored form of a password
 * @param by who does it, for the audit trail; a world that begins with the seed has no history of it
 */
export async function seedWorld(
  installation: ChangeContext,
  seed: WorldSeed,
  hash: (password: string) => Promise<string>,
  by?: Actor,
): Promise<void> {
  const now = installation.world.clock.now();
  const passwords = await Promise.all(
    seed.people.map(async (person) => (person.password === undefined ? null : hash(person.password))),
  );
  await change(installation, async ({ tx, event }) => {
    for (const [i, person] of seed.people.entries())
      await people.insert(tx, {
        id: PersonId.of(person.id),
        name: person.name,
        email: person.email ?? null,
        password: passwords[i] ?? null,
        state: person.state ?? 'active',
        testUserOf: person.testUserOf === undefined ? null : AppId.of(person.testUserOf),
        profile: person.profile ?? {},
        administrator: person.administrator ?? false,
        reviewer: person.reviewer ?? false,
        createdAt: now,
      });
    for (const { id, secondFactor } of seed.people)
      if (secondFactor !== undefined) await plantSecondFactor(installation, tx, PersonId.of(id), secondFactor, now);
    for (const person of seed.people)
      for (const friend of person.friends ?? [])
        await friendships.ask(tx, PersonId.of(person.id), PersonId.of(friend), now);
    for (const app of seed.apps) await plantApp(installation, tx, app, now);
    for (const page of seed.pages) await plantPage(tx, page, now);
    for (const business of seed.businesses ?? []) await plantBusiness(installation, { tx }, business, now);
    // Only now each Page has its owner.
    for (const business of seed.businesses ?? []) await plantPageRequests(installation, { tx }, business, now);
    for (const account of seed.adAccounts ?? []) await plantAdAccount(tx, account, now);
    for (const grant of seed.grants) await plantGrant(installation, tx, grant, now);
    if (!by) return;
    for (const { id } of seed.apps)
      event({ name: 'app.created', outcome: 'ok', reason: 'planted', appId: AppId.of(id), ...actorFacts(by) });
    for (const { id } of seed.adAccounts ?? [])
      event({ name: 'adaccount.created', outcome: 'ok', reason: 'planted', ...actorFacts(by), targetId: id });
    for (const { id } of seed.pages)
      event({ name: 'page.created', outcome: 'ok', reason: 'planted', ...actorFacts(by), targetId: id });
  });
  installation.facts.cache.clear();
}

type Tx = Parameters<typeof people.insert>[0];

async function plantSubscriptions(tx: Tx, app: SeedApp, now: number): Promise<void> {
  const version = { ...apps.defaultSettings, ...app.settings }.defaultVersion;
  for (const { object, callbackUrl, fields = noticeFields[object], includeValues = true } of app.subscriptions ?? []) {
    const versioned = fields.map((name) => ({ name, version }));
    await subscriptions.put(
      tx,
      { appId: AppId.of(app.id), object, callbackUrl, fields: versioned, includeValues },
      now,
    );
  }
}

async function plantApp(
  installation: Pick<Installation, 'sealer' | 'world'>,
  tx: Tx,
  app: SeedApp,
  now: number,
): Promise<void> {
  const appId = AppId.of(app.id);
  await apps.insert(tx, installation.sealer, {
    ...app,
    id: appId,
    status: 'active',
    settings: { ...apps.defaultSettings, ...app.settings },
    createdAt: now,
  });
  for (const { person, role } of app.roles ?? []) await apps.addRole(tx, appId, PersonId.of(person), role, now);
  await plantSubscriptions(tx, app, now);
  for (const configuration of app.configurations ?? []) await seedConfiguration(tx, appId, configuration, now);
  const administrator = app.roles?.find(({ role }) => role === 'administrators')?.person;
  const by = administrator === undefined ? null : PersonId.of(administrator);
  for (const { email, role } of app.invitations ?? [])
    await appInvitations.insert(tx, {
      id: newId(installation),
      appId,
      email,
      personId: null,
      role,
      invitedBy: by,
      createdAt: now,
    });
  for (const { permission, useCase } of app.accessRequests ?? [])
    await accessRequests.insert(tx, {
      id: newId(installation),
      appId,
      permission,
      useCase,
      state: 'pending',
      requestedBy: by,
      createdAt: now,
      decidedBy: null,
      decidedAt: null,
      reason: null,
    });
}

async function plantSecondFactor(
  { sealer }: Pick<Installation, 'sealer'>,
  tx: Tx,
  personId: PersonId,
  secret: string,
  now: number,
): Promise<void> {
  await secondFactors.offer(tx, sealer, personId, secret, now);
  await secondFactors.confirm(tx, personId, 0);
}

async function plantPage(tx: Tx, page: SeedPage, now: number): Promise<void> {
  const pageId = PageId.of(page.id);
  await pages.insert(tx, {
    id: pageId,
    name: page.name,
    category: page.category,
    categories: page.categories ?? [],
    profile: page.profile ?? {},
    published: true,
    testOf: page.testOf === undefined ? undefined : AppId.of(page.testOf),
    createdAt: now,
  });
  for (const { app, fields } of page.subscribedApps ?? [])
    await subscriptions.putOnPage(tx, { pageId, appId: AppId.of(app), fields }, now);
  for (const { person, tasks } of page.roles ?? []) await pages.setRole(tx, pageId, PersonId.of(person), tasks, now);
  for (const [i, post] of (page.posts ?? []).entries())
    await posts.insert(tx, {
      id: `${page.id}_${100_000_000_000_000 + i}`,
      pageId,
      message: post.message,
      link: null,
      published: true,
      publishAt: null,
      authorId: null,
      appId: null,
      hidden: false,
      createdAt: now - post.secondsAgo,
      updatedAt: now - post.secondsAgo,
    });
  for (const { metric, period, daysAgo, value } of page.metrics ?? [])
    await pages.putMetric(tx, {
      page_id: pageId,
      metric,
      period,
      end_time: Math.floor(now / 86_400) * 86_400 - daysAgo * 86_400,
      value,
    });
}

async function plantGrant(
  installation: Pick<Installation, 'keys'>,
  tx: Tx,
  grant: SeedGrant,
  now: number,
): Promise<void> {
  const granted = ['public_profile', ...withDependencies(readScope(grant.granted.join(',')).permissions)];
  const permissions: Record<string, grants.Permit> = {};
  for (const name of granted)
    permissions[name] = {
      status: 'granted',
      ...(grant.pages &&
      name !== 'public_profile' &&
      name !== 'email' &&
      !name.startsWith('user_') &&
      !name.startsWith('ads_')
        ? { targets: grant.pages }
        : {}),
    };
  for (const name of grant.declined ?? []) permissions[name] = { status: 'declined' };
  const [appId, personId] = [AppId.of(grant.app), PersonId.of(grant.person)];
  await scopedIdFor(installation, tx, appId, personId);
  await (grant.limited ? limitedGrants : grants).put(tx, {
    appId,
    personId,
    permissions,
    dataAccessUntil: grant.dataAccessUntil ?? now + lifetimes.dataAccess,
    createdAt: now,
    updatedAt: now,
  });
}
