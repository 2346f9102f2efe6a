// This is the table of leaving: every way in which somebody stops working for a business × everything that hung on it.
// Ben works for Lantern, which owns the garden and an ad account, or for Fern, which Lantern lets work on both.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { personActs } from '../../src/entries/operator.ts';
import { adPermissions, adScene, type AdScene, fern, lanternAds, outcome } from '../ads/ad-scene.ts';
import { lantern } from './business-scene.ts';
import { join } from './joining.ts';
import { cast, type Reply, type testWorld } from '../world.ts';
import { BusinessId } from '../../src/store/ids.ts';

type Database = NonNullable<NonNullable<Parameters<typeof testWorld>[0]>['database']>;

const permissions = [
  ...adPermissions,
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_metadata',
  'pages_manage_posts',
];
const { garden, ben } = cast;

interface Scene extends AdScene {
  /** The business that Ben works for, with a token of its administrator. */
  businessId: string;
  boss: string;
  /** Of Ben in the business. */
  memberId: string;
  pageToken: string;
}

async function sceneFor(t: TestContext, businessId: string, database: Database | undefined): Promise<Scene> {
  const scene = await adScene(t, database === undefined ? {} : { database });
  const { world } = scene;
  const of = (person: string) => world.login(cast.shop.id, person, { permissions, longLived: true });
  const [ana, bens, cleo] = [await of(cast.ana.id), await of(ben.id), await of(cast.cleo.id)];
  const boss = businessId === lantern.id ? ana : cleo;
  if (businessId === fern.id) {
    await join(world, fern.id, ben, 'EMPLOYEE', cleo);
    const tasks = { business: fern.id, access_token: ana };
    right(await world.post(`/${garden.id}/agencies`, { ...tasks, permitted_tasks: 'CREATE_CONTENT,ANALYZE' }));
    right(await world.post(`/${lanternAds.node}/agencies`, { ...tasks, permitted_tasks: 'ADVERTISE,ANALYZE' }));
  }
  const given = { user: scene.ids.ben, business: businessId, access_token: boss };
  right(await world.post(`/${garden.id}/assigned_users`, { ...given, tasks: 'CREATE_CONTENT' }));
  right(await world.post(`/${lanternAds.node}/assigned_users`, { ...given, tasks: 'ADVERTISE' }));
  const { data } = (await scene.get(`/${businessId}/business_users?fields=name`, boss)).body;
  const memberId = data.find(({ name }: { name: string }) => name === ben.name).id;
  const pageToken = (await scene.get(`/${garden.id}?fields=access_token`, bens)).body.access_token;
  return { ...scene, ana, ben: bens, cleo, businessId, boss, memberId, pageToken };
}

function right(reply: Reply): void {
  assert.equal(reply.status, 200, reply.text);
}

/** Ben can do these things by it. */
const hung: Record<string, (scene: Scene) => Promise<Reply>> = {
  'the Page token': ({ get, pageToken }) => get('/me?fields=id', pageToken),
  'a new Page token': ({ get, ben: token }) => get(`/${garden.id}?fields=access_token`, token),
  'the ad account': ({ get, ben: token }) => get(`/${lanternAds.node}?fields=name`, token),
  'the business': ({ get, ben: token, businessId }) => get(`/${businessId}?fields=name`, token),
};

interface Way {
  /** Only where Ben works for Fern. */
  agency?: true;
  act(scene: Scene): Promise<unknown>;
  /** The things that are gone, and what they answer. */
  gone: Partial<Record<keyof typeof hung, string>>;
}

const ofPage = { 'the Page token': 'E190/492', 'a new Page token': 'E10' };
const ofAds = { 'the ad account': 'E100/33' };
const everything = { ...ofPage, ...ofAds, 'the business': 'E100/33' };

const ways: Record<string, Way> = {
  'an administrator removes the person': {
    act: async (s) => right(await s.delete(`/${s.memberId}`, s.boss)),
    gone: everything,
  },
  'the person leaves': { act: async (s) => right(await s.delete(`/${s.memberId}`, s.ben)), gone: everything },
  'the account is deleted': {
    act: async ({ world: { server } }) =>
      assert.ok(await personActs.delete.run(server.installation, ben.id, { kind: 'operator' })),
    gone: {
      'the Page token': 'E190/465',
      'a new Page token': 'E190/465',
      'the ad account': 'E190/465',
      'the business': 'E190/465',
    },
  },
  'the Page is taken back from the person': {
    act: async (s) =>
      right(await s.delete(`/${garden.id}/assigned_users?user=${s.ids.ben}&business=${s.businessId}`, s.boss)),
    gone: ofPage,
  },
  'the ad account is taken back from the person': {
    act: async (s) =>
      right(await s.delete(`/${lanternAds.node}/assigned_users?user=${s.ids.ben}&business=${s.businessId}`, s.boss)),
    gone: ofAds,
  },
  'the business gives the Page up': {
    act: async (s) => right(await s.delete(`/${s.businessId}/pages?page_id=${garden.id}`, s.boss)),
    gone: ofPage,
  },
  'the agency gives the ad account up': {
    agency: true,
    act: async (s) => right(await s.delete(`/${s.businessId}/ad_accounts?adaccount_id=${lanternAds.id}`, s.boss)),
    gone: ofAds,
  },
  'the owner ends the agency on the Page': {
    agency: true,
    act: async (s) => right(await s.delete(`/${garden.id}/agencies?business=${fern.id}`, s.ana)),
    gone: ofPage,
  },
  'the owner ends the agency on the ad account': {
    agency: true,
    act: async (s) => right(await s.delete(`/${lanternAds.node}/agencies?business=${fern.id}`, s.ana)),
    gone: ofAds,
  },
};

/** @param open a database for each world; SQLite in memory without it */
export function leavingTable(open?: () => Promise<Database>): void {
  for (const [name, way] of Object.entries(ways))
    for (const businessId of way.agency ? [fern.id] : [lantern.id, fern.id])
      test(`${name}, who works for ${businessId === fern.id ? 'an agency' : 'the owner'}`, async (t) => {
        const scene = await sceneFor(t, businessId, await open?.());
        for (const [what, ask] of Object.entries(hung))
          assert.equal(outcome(await ask(scene)), '200', `${what}, before`);
        await way.act(scene);
        for (const [what, ask] of Object.entries(hung))
          assert.equal(outcome(await ask(scene)), way.gone[what] ?? '200', what);
        await demandNoTrace(scene, way);
      });
}

/** A thing that is gone leaves no row behind that could come to life again. */
async function demandNoTrace({ world, businessId }: Scene, { gone }: Way): Promise<void> {
  const { read } = world.server.installation.db;
  const rows = async (table: 'business_people' | 'page_roles' | 'ad_account_roles') =>
    (
      await read
        .selectFrom(table)
        .selectAll()
        .where('person_id', '=', ben.id)
        .where('business_id', '=', BusinessId.of(businessId))
        .execute()
    ).length;
  assert.equal(await rows('page_roles'), gone['the Page token'] === undefined ? 1 : 0);
  assert.equal(await rows('ad_account_roles'), gone['the ad account'] === undefined ? 1 : 0);
  assert.equal(await rows('business_people'), gone['the business'] === undefined ? 1 : 0);
}
