// This scene is for asking every edge and field of the Graph in every way its declaration speaks of: one caller of each
// kind, whose permissions, tasks and roles are set as a case wants them, and targets that are the caller's own or
// somebody else's.
import {
  type AdAccountTask,
  adAccountTasksHeld,
  type AppRole,
  type BusinessRole,
  type Condition,
  type Facts,
  pagePermissions,
  permissions as permissionTable,
  type Task,
  tasksHeld,
} from '@hallpass/protocol';
import { change, type Change } from '../../src/liveness/change.ts';
import { mint, newId } from '../../src/installation/mint.ts';
import { derivePageToken } from '../../src/liveness/page-tokens.ts';
import * as adAccounts from '../../src/store/ads/ad-accounts.ts';
import * as adReportRuns from '../../src/store/ads/ad-report-runs.ts';
import { knownAs } from '../../src/people/scoped-id.ts';
import {
  AdAccountId,
  type AppId,
  BusinessId,
  FIRST_PARTY,
  MemberId,
  PersonId,
  SystemUserId,
} from '../../src/store/ids.ts';
import * as accessRequests from '../../src/store/apps/access-requests.ts';
import * as appInvitations from '../../src/store/apps/app-invitations.ts';
import * as apps from '../../src/store/apps/apps.ts';
import * as businessInvitations from '../../src/store/businesses/business-invitations.ts';
import * as businesses from '../../src/store/businesses/businesses.ts';
import * as grants from '../../src/store/grants/grants.ts';
import * as pages from '../../src/store/pages/pages.ts';
import * as comments from '../../src/store/pages/comments.ts';
import * as photos from '../../src/store/pages/photos.ts';
import * as posts from '../../src/store/pages/posts.ts';
import * as people from '../../src/store/people/people.ts';
import * as systemUsers from '../../src/store/businesses/system-users.ts';
import { desk } from '../dashboard.ts';
import { cast, type Reply, seed, testWorld, type TestWorld } from '../world.ts';
import { updateTable } from '../../src/store/facts/fact-writes.ts';

const { shop, rival, bakery, ana } = cast;
const walker = {
  id: PersonId.of('1010'),
  name: 'Wanda Walker',
  email: 'wanda@example.com',
  password: 'wanda-password-1',
};
const tester = { id: PersonId.of('1011'), name: 'Tess Tester', email: 'tess@example.com', password: 'tess-password-1' };
const lantern = { id: BusinessId.of('7001'), name: 'Lantern' };
const account = { id: AdAccountId.of('8001'), name: 'Bread and Cakes' };
const instagram = { id: '8301', username: 'corner.bakery' };
const campaign = { id: '8101', name: 'Easter buns' };
const clerk = { id: SystemUserId.of('7102'), name: 'Clerk' };
const NO_TOKEN = 'EAAnothing';
const walkerMember = MemberId.of('7901');
const everything = Object.keys(permissionTable);

/**
 * No token, each kind of token, and the two ways to come by the dashboard: without and with the password just given.
 */
export const kinds = [
  'none',
  'app',
  'client',
  'user',
  'page',
  'session_info',
  'system_user',
  'dashboard',
  'confirmed',
] as const;
export type Kind = (typeof kinds)[number];

/** The people, system user and app behind the tokens are given this before a call. */
export interface Held {
  permissions: readonly string[];
  tasks: readonly Task[];
  /** On the ad account. */
  adTasks: readonly AdAccountTask[];
  appRole: AppRole | null;
  businessRole: BusinessRole | null;
  reviewer: boolean;
}

/** A thing to ask about, and what it is to a caller of a kind. */
export interface Thing {
  id: string;
  /** By which the dashboard knows it, where that is another. */
  deskId?: string;
  facts(kind: Kind, held: Held): Facts;
  /** Conditions of "only where" that hold for it; of all others none does. `named` is the parameter they are about. */
  conditions?: Partial<Record<Condition, (kind: Kind, held: Held, named: string | undefined) => boolean>>;
  /** True when the caller may not even know that it is there. */
  hidden?(kind: Kind, held: Held): boolean;
}

/** One way to say which OAuth client calls. */
interface ClientSaid {
  query: string;
  /** There is such an app. */
  named: boolean;
  /** It shows its secret. */
  proven: boolean;
  /** It is the app that the tokens of the scene are for. */
  own: boolean;
}

export interface DeclaredScene {
  world: TestWorld;
  /**
   * Sets what is held, and gives a token of the kind; undefined where nobody can have one (a Page token without a
   * role).
   */
  caller(kind: Kind, held: Held): Promise<string | undefined>;
  /** The facts about the app that calls. */
  callingApp(kind: Kind, held: Held): Facts;
  /** Conditions about the call alone. */
  conditionsOfCalls: NonNullable<Thing['conditions']>;
  /** Ways to say which OAuth client calls, as a query. */
  clients: readonly ClientSaid[];
  /** Values of parameters that must be there. */
  values: Readonly<Record<string, string>>;
  /** Calls, with the token or by the dashboard. */
  ask(kind: Kind, method: string, path: string, token: string): Promise<Reply>;
  /** By the name of a node type. */
  things: Record<string, Thing[]>;
  /** The things that parameters can name beside a target, by the name of the parameter. */
  named: Readonly<Record<string, readonly Thing[]>>;
}

const ofPerson = (kind: Kind): boolean => kind === 'user' || kind === 'page';
export const byDesk = (kind: Kind): kind is 'dashboard' | 'confirmed' => kind === 'dashboard' || kind === 'confirmed';
const plain = (kind: Kind): Facts => ({
  kind: byDesk(kind) ? 'user' : kind,
  dashboard: byDesk(kind),
  confirmed: kind === 'confirmed',
  permissions: new Set(),
  tasks: new Set(),
  appRoles: new Set(),
  businessRoles: new Set(),
  self: false,
  ownApp: false,
});

/**
 * Derives what follows from what is held, whatever the target is. A session-info token names a person and carries
 * nothing.
 */
function carried(kind: Kind, held: Held): Facts {
  const speaks = ofPerson(kind) || kind === 'system_user';
  // In the dashboard people use what is theirs: nothing is asked of them.
  if (byDesk(kind))
    return {
      ...plain(kind),
      permissions: new Set(everything),
      platformRoles: new Set(held.reviewer ? ['reviewer'] : []),
    };
  return { ...plain(kind), permissions: new Set(speaks ? held.permissions : []) };
}

const onPage = (kind: Kind, held: Held): Facts => {
  const facts = carried(kind, held);
  // Nobody may speak as a Page, whatever the role on it, without a permission about Pages.
  const reached = pagePermissions.some((name) => facts.permissions.has(name));
  return { ...facts, tasks: reached ? tasksHeld(held.tasks) : new Set(), self: kind === 'page' };
};
/** By a token of the app that the scene is about: the dashboard is an app of its own. */
const throughShop = (kind: Kind): boolean => kind !== 'none' && !byDesk(kind);
const speaksForSomebody = (kind: Kind): boolean => kind === 'user' || kind === 'system_user' || byDesk(kind);
const onAdAccount = (kind: Kind, held: Held): Facts => ({
  ...carried(kind, held),
  adAccountTasks: speaksForSomebody(kind) ? adAccountTasksHeld(held.adTasks) : new Set(),
});
const inBusiness = (kind: Kind, held: Held): Facts => {
  const speaks = kind === 'user' || kind === 'system_user' || byDesk(kind);
  return { ...carried(kind, held), businessRoles: new Set(speaks && held.businessRole ? [held.businessRole] : []) };
};
const onApp =
  (own: boolean) =>
  (kind: Kind, held: Held): Facts => ({
    ...carried(kind, held),
    appRoles: new Set(
      (['user', 'page', 'session_info'].includes(kind) || byDesk(kind)) && held.appRole ? [held.appRole] : [],
    ),
    ownApp: own && kind !== 'none' && !byDesk(kind),
  });

export async function declaredScene(): Promise<DeclaredScene> {
  const world = await testWorld({
    settings: { guessingLimits: false },
    seed: {
      ...seed,
      people: [...seed.people, walker, tester],
      pages: seed.pages.map((page) =>
        page.id === bakery.id ? { ...page, profile: { ...page.profile, instagram } } : page,
      ),
      apps: seed.apps.map((app) => ({
        ...app,
        settings: { ...app.settings, advancedAccess: everything, marketingTier: 'standard' },
      })),
      adAccounts: [
        {
          ...account,
          currency: 'EUR',
          timezoneId: 1,
          owner: { person: ana.id },
          campaigns: [{ ...campaign, objective: 'OUTCOME_TRAFFIC', status: 'ACTIVE', secondsAgo: 864_000 }],
        },
      ],
      businesses: [
        {
          ...lantern,
          people: [{ person: ana.id, role: 'ADMIN' }],
          apps: [shop.id],
          systemUsers: [{ ...clerk, role: 'EMPLOYEE', apps: [shop.id] }],
        },
      ],
    },
  });
  const { installation } = world.server;
  const user = await world.login(shop.id, walker.id, { permissions: ['pages_show_list'], longLived: true });
  for (const { id } of [ana, tester]) await world.login(shop.id, id);
  const login = newId(installation);
  const now = world.clock.now();
  const record = {
    app: shop.id,
    session: undefined,
    issuedAt: now,
    expiresAt: 0,
    longLived: true,
    native: false,
    authType: undefined,
    authNonce: undefined,
  };
  const system = await change(installation, async ({ tx }) => {
    await updateTable(tx, 'people', (rows) => rows.set({ test_user_of: shop.id }).where('id', '=', tester.id));
    await systemUsers.insertToken(tx, {
      id: PersonId.of(login),
      personId: clerk.id,
      appId: shop.id,
      fingerprint: 'f',
      permissions: {},
      issuedBy: null,
      issuedAt: now,
      expiresAt: 0,
      endedAt: null,
    });
    return mint(installation, tx, { ...record, kind: 'system_user', user: clerk.id, login });
  });
  const session = await change(installation, ({ tx }) =>
    mint(installation, tx, { ...record, kind: 'session_info', user: walker.id, login: newId(installation) }),
  );
  const parent = await change(installation, ({ tx }) =>
    mint(installation, tx, { ...record, kind: 'user', user: walker.id, login: newId(installation) }),
  );
  installation.facts.cache.clear();
  // The first of two log-ins counts as one of long ago.
  const earlier = await desk(world, walker);
  await change(
    installation,
    async ({ tx }) => void (await tx.updateTable('web_sessions').set({ proven_at: 0 }).execute()),
  );
  const just = await desk(world, walker);
  const request = {
    permission: 'email',
    useCase: 'x',
    state: 'pending' as const,
    requestedBy: null,
    createdAt: now,
    decidedBy: null,
    decidedAt: null,
    reason: null,
  };
  const run = {
    id: '8302',
    appId: shop.id,
    accountId: account.id,
    campaignId: undefined,
    wanted: {},
    createdAt: now - 60,
  };
  const invitation = { appId: shop.id, personId: null, role: 'testers', invitedBy: null, createdAt: now };
  await change(installation, async ({ tx }) => {
    await adReportRuns.insert(tx, run);
    await accessRequests.insert(tx, { ...request, id: '7301', appId: shop.id });
    await appInvitations.insert(tx, { ...invitation, id: '7401', email: walker.email });
    await appInvitations.insert(tx, { ...invitation, id: '7402', email: 'somebody@example.com' });
    await businessInvitations.insert(tx, {
      id: BusinessId.of('7501'),
      businessId: lantern.id,
      email: 'somebody@example.com',
      role: 'EMPLOYEE',
      tasks: [],
      userType: 'FB',
      state: 'pending',
      createdBy: null,
      offeredBy: null,
      offeredThrough: null,
      createdAt: now,
      expiresAt: now + 86_400,
    });
  });

  const scoped = async (person: PersonId): Promise<string> =>
    (await installation.facts.scopedId(shop.id, person)) ?? '';
  const atDesk = async (person: PersonId): Promise<string> => knownAs(installation, FIRST_PARTY, person);
  const clerkMember = await businesses.member(installation.db.read, lantern.id, clerk.id);
  const anaMember = await businesses.member(installation.db.read, lantern.id, ana.id);
  const [post] = await posts.ofPage(installation.db.read, bakery.id, now, { limit: 1 });
  const made = { pageId: bakery.id, postId: post?.id ?? '', appId: shop.id, createdAt: now };
  const comment = { ...made, id: `${post?.id.split('_')[1]}_8501`, message: 'Thank you.', hidden: false };
  const photo = { ...made, id: '8601', url: 'https://bakery.example/bread.jpg', caption: 'Bread' };
  await change(installation, async ({ tx }) => {
    await comments.insert(tx, comment);
    await photos.insert(tx, photo);
  });

  let state = '';
  async function give(held: Held): Promise<void> {
    const wanted = JSON.stringify(held);
    if (wanted === state) return;
    state = wanted;
    const permissions: Record<string, grants.Permit> = Object.fromEntries(
      held.permissions.map((name) => [name, { status: 'granted' }]),
    );
    await change(installation, async (made) => {
      const { tx } = made;
      await grants.put(tx, {
        appId: shop.id,
        personId: walker.id,
        permissions,
        dataAccessUntil: now + 90 * 86_400,
        createdAt: now,
        updatedAt: now,
      });
      await updateTable(tx, 'system_user_tokens', (rows) =>
        rows.set({ permissions: JSON.stringify(permissions) }).where('id', '=', login),
      );
      for (const id of [walker.id, clerk.id]) {
        if (held.tasks.length === 0) await pages.removeRole(tx, bakery.id, id);
        else await pages.setRole(tx, bakery.id, id, held.tasks, now);
        const role = { accountId: account.id, personId: id, businessId: adAccounts.OWN };
        if (held.adTasks.length === 0) await adAccounts.removeRole(tx, role.accountId, id, role.businessId);
        else await adAccounts.setRole(tx, { ...role, tasks: [...adAccountTasksHeld(held.adTasks)], createdAt: now });
      }
      for (const app of [shop.id, rival.id]) await giveAppRole(made, app, held.appRole);
      await giveBusinessRole(made, held.businessRole);
      await people.setReviewer(tx, walker.id, held.reviewer);
    });
  }
  async function giveAppRole({ tx }: Change, app: AppId, role: AppRole | null): Promise<void> {
    for (const held of await apps.rolesOf(tx, app, walker.id)) await apps.removeRole(tx, app, walker.id, held);
    if (role) await apps.addRole(tx, app, walker.id, role, now);
  }
  async function giveBusinessRole({ tx }: Change, role: BusinessRole | null): Promise<void> {
    await businesses.removeMember(tx, MemberId.of(walkerMember));
    await businesses.removeMember(tx, clerkMember?.id ?? MemberId.none);
    if (role) {
      const member = { businessId: lantern.id, role, createdBy: null, createdAt: now };
      await businesses.addMember(tx, { ...member, id: MemberId.of(walkerMember), personId: walker.id, kind: 'person' });
      await businesses.addMember(tx, {
        ...member,
        id: clerkMember?.id ?? MemberId.none,
        personId: clerk.id,
        kind: 'system_user',
      });
    }
  }

  const about = (id: string, facts: Thing['facts'], hidden?: Thing['hidden']): Thing => ({
    id,
    facts,
    ...(hidden && { hidden }),
  });
  /**
   * Strangers are nobody to each other, no Page, client or system user knows a person, and who is in a business is
   * known inside.
   */
  const toOthers = (kind: Kind): boolean => kind !== 'app';
  const toOtherKinds = (kind: Kind): boolean => kind === 'page' || kind === 'client' || kind === 'system_user';
  const withoutAds = (kind: Kind, { adTasks }: Held): boolean => !speaksForSomebody(kind) || adTasks.length === 0;
  const outside = (_kind: Kind, { businessRole }: Held): boolean => businessRole === null;
  const own = async (person: PersonId, self: (kind: Kind) => boolean, ownApp = false): Promise<Thing> => ({
    ...about(
      await scoped(person),
      (kind, held) => ({ ...carried(kind, held), self: self(kind), ownApp }),
      person === walker.id ? toOtherKinds : toOthers,
    ),
    deskId: await atDesk(person),
  });
  return {
    world,
    async caller(kind, held) {
      await give(held);
      if (kind === 'none') return '';
      if (kind === 'app') return `${shop.id}|${shop.secret}`;
      if (kind === 'client') return `${shop.id}|${shop.clientToken}`;
      if (kind === 'user') return user;
      if (kind === 'session_info') return session.text;
      if (kind === 'system_user') return system.text;
      if (byDesk(kind)) return '';
      // Without a role on the Page and a permission about Pages a Page token is dead, and a dead token is nobody's.
      if (held.tasks.length === 0 || !pagePermissions.some((name) => held.permissions.includes(name))) return undefined;
      return derivePageToken(installation, parent.record, bakery.id);
    },
    ask(kind, method, path, token) {
      if (byDesk(kind))
        return (kind === 'confirmed' ? just : earlier).raw(
          method,
          `/console/graph${path}`,
          method === 'POST' ? {} : undefined,
        );
      const url =
        token === '' ? path : `${path}${path.includes('?') ? '&' : '?'}access_token=${encodeURIComponent(token)}`;
      if (method === 'GET') return world.get(url);
      return method === 'DELETE' ? world.delete(url) : world.post(url);
    },
    callingApp: (kind, held) => (throughShop(kind) ? onApp(true)(kind, held) : plain(kind)),
    conditionsOfCalls: { unreadable_token: (_kind, _held, token) => token === NO_TOKEN },
    clients: [
      { query: '', named: false, proven: false, own: false },
      { query: `client_id=${shop.id}`, named: true, proven: false, own: true },
      { query: `client_id=${shop.id}&client_secret=${shop.secret}`, named: true, proven: true, own: true },
      { query: `client_id=${shop.id}&client_secret=wrong`, named: true, proven: false, own: true },
      { query: `client_id=${rival.id}&client_secret=${shop.secret}`, named: true, proven: false, own: false },
      { query: `client_id=${rival.id}&client_secret=${rival.secret}`, named: true, proven: true, own: false },
    ],
    values: { type: 'device_code' },
    named: {
      input_token: [
        about(user, (kind, held) => ({
          ...onApp(true)(kind, held),
          self: ['user', 'page', 'session_info'].includes(kind) || byDesk(kind),
        })),
        about(`${rival.id}|${rival.secret}`, onApp(false)),
        about(NO_TOKEN, carried),
      ],
      page_id: [about(bakery.id, onPage)],
      business: [about(lantern.id, inBusiness)],
      app_id: [about(shop.id, onApp(true)), about(rival.id, onApp(false))],
      business_app: [about(shop.id, onApp(true)), about(rival.id, onApp(false))],
      adaccount_id: [about(`act_${account.id}`, onAdAccount)],
      system_user_id: [about(await scoped(clerk.id), inBusiness)],
    },
    things: {
      user: [
        {
          ...(await own(walker.id, (kind) => kind === 'user' || kind === 'session_info' || byDesk(kind))),
          conditions: { no_test_user: () => true },
        },
        { ...(await own(ana.id, () => false)), conditions: { no_test_user: () => true } },
        {
          ...(await own(tester.id, () => false, true)),
          conditions: { test_user: () => true, test_user_of_app: throughShop, test_user_in_app: throughShop },
        },
      ],
      page: [about(bakery.id, onPage)],
      post: [about(post?.id ?? '', onPage)],
      comment: [about(comment.id, onPage)],
      photo: [about(photo.id, onPage)],
      instagram_user: [
        about(
          instagram.id,
          onPage,
          (kind, held) => ['app', 'client', 'none'].includes(kind) || (kind !== 'page' && held.tasks.length === 0),
        ),
      ],
      url: [about('https://example.com/bread', carried)],
      app: [about(shop.id, onApp(true)), about(rival.id, onApp(false))].map((thing) => ({
        ...thing,
        conditions: { api_settings: () => true, settings_address: () => true, app_second_factor: () => true },
      })),
      business: [
        {
          ...about(lantern.id, inBusiness, outside),
          conditions: {
            marketing_access: throughShop,
            business_owns_app: throughShop,
            owns_marketing_app: () => true,
            not_own_app: (_kind, _held, app) => app !== shop.id,
            ad_account_known: (kind, { adTasks }) => speaksForSomebody(kind) && adTasks.length > 0,
          },
        },
      ],
      business_user: [
        about(anaMember?.id ?? '', inBusiness, outside),
        about('7901', (kind, held) => ({ ...inBusiness(kind, held), self: kind === 'user' || byDesk(kind) }), outside),
      ],
      business_role_request: [
        about('7501', inBusiness, (kind, held) => !speaksForSomebody(kind) || outside(kind, held)),
      ],
      ad_account: [
        { ...about(`act_${account.id}`, onAdAccount, withoutAds), conditions: { owned_by_nobody: () => true } },
      ],
      campaign: [about(campaign.id, onAdAccount, withoutAds)],
      ad_report_run: [about(run.id, onAdAccount, (kind, held) => byDesk(kind) || withoutAds(kind, held))],
      // A row of a report is nothing that could be asked for.
      ads_insights: [about('8201', onAdAccount, () => true)],
      system_user: [
        {
          ...about(
            await scoped(clerk.id),
            (kind, held) => ({ ...inBusiness(kind, held), self: kind === 'system_user' }),
            outside,
          ),
          deskId: await atDesk(clerk.id),
          conditions: {
            marketing_access: throughShop,
            // In the dashboard the parameter says which app is meant; the business owns this one.
            app_of_business: (kind, _held, app) => kind !== 'none' && app === shop.id,
            named_marketing_access: (_kind, _held, app) => app === shop.id || app === rival.id,
          },
        },
      ],
      app_invitation: [
        about(
          '7401',
          (kind, held) => ({ ...onApp(false)(kind, held), self: byDesk(kind) }),
          (kind) => !byDesk(kind),
        ),
        about('7402', onApp(false), (kind, { appRole }) => !byDesk(kind) || appRole !== 'administrators'),
      ],
      access_request: [
        about('7301', onApp(false), (kind, { appRole, reviewer }) => !byDesk(kind) || (appRole === null && !reviewer)),
      ],
    },
  };
}
