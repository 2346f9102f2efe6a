// These tests make each call about an ad account against each task and each permission, and with every wrong kind of
// token: nothing changes where it is refused.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type AdAccountTask, everyAdAccountTask } from '@hallpass/protocol';
import { type AdScene, adPermissions, adScene, cleosAds, lanternAds, outcome, spring } from './ad-scene.ts';
import { lantern } from '../businesses/business-scene.ts';
import { cast, type Reply } from '../world.ts';
import { SystemUserId } from '../../src/store/ids.ts';

const closing: (() => Promise<void>)[] = [];
let scene: AdScene;

before(async () => {
  scene = await adScene({ after: (close: unknown) => void closing.push(close as () => Promise<void>) });
});
after(async () => {
  for (const close of closing) await close();
});

const reading: AdAccountTask[] = [...everyAdAccountTask];
const writing: AdAccountTask[] = ['MANAGE', 'ADVERTISE'];
const managing: AdAccountTask[] = ['MANAGE'];

interface AdOperation {
  name: string;
  needs: AdAccountTask[];
  /** The answers to a caller without the task, and to one without the permissions. */
  without: { task: string; permission: string };
  call(token: string): Promise<Reply>;
}

const account = `/${lanternAds.node}`;
const people = { task: 'E273', permission: 'E200' };
const read = { task: 'E200', permission: 'E200' };
const write = { task: 'E200', permission: 'E294' };
/** Changing a thing that is there has the words of the object (facebook/facebook-java-business-sdk#223). */
const writeObject = { task: 'E200', permission: 'E200' };
const get = (path: string) => (token: string) => scene.get(path, token);
const post = (path: string, form: Record<string, string>) => (token: string) =>
  scene.world.post(path, { ...form, access_token: token });
const ids = () => scene.ids;

const operations: AdOperation[] = [
  { name: 'read the ad account', needs: reading, without: read, call: get(account) },
  { name: 'read its campaigns', needs: reading, without: read, call: get(`${account}/campaigns`) },
  { name: 'read a report about it', needs: reading, without: read, call: get(`${account}/insights`) },
  { name: 'read a campaign', needs: reading, without: read, call: get(`/${spring.id}?fields=name`) },
  { name: 'read a report about a campaign', needs: reading, without: read, call: get(`/${spring.id}/insights`) },
  {
    name: 'make a campaign',
    needs: writing,
    without: write,
    call: post(`${account}/campaigns`, {
      name: 'New',
      objective: 'OUTCOME_LEADS',
      special_ad_categories: '["NONE"]',
      daily_budget: '1500',
    }),
  },
  {
    name: 'change a campaign',
    needs: writing,
    without: writeObject,
    call: post(`/${spring.id}`, { name: 'Another name' }),
  },
  {
    name: 'give tasks',
    needs: managing,
    without: people,
    call: (token) =>
      post(`${account}/assigned_users`, { user: ids().clerk, business: lantern.id, tasks: 'ANALYZE' })(token),
  },
  {
    name: 'read who has tasks',
    needs: managing,
    without: people,
    call: get(`${account}/assigned_users?business=${lantern.id}`),
  },
  {
    name: 'take tasks',
    needs: managing,
    without: people,
    call: (token) => scene.delete(`${account}/assigned_users?user=${ids().clerk}&business=${lantern.id}`, token),
  },
  { name: 'read agencies', needs: managing, without: people, call: get(`${account}/agencies`) },
  {
    name: 'let an agency in',
    needs: managing,
    without: people,
    call: post(`${account}/agencies`, { business: '7002', permitted_tasks: 'ANALYZE' }),
  },
  {
    name: 'end an agency',
    needs: managing,
    without: people,
    call: (token) => scene.delete(`${account}/agencies?business=7002`, token),
  },
  {
    name: 'delete a campaign',
    needs: writing,
    without: writeObject,
    call: (token) => scene.delete(`/${spring.id}`, token),
  },
];

/** Everything about ad accounts that a call could change, but for what the test itself sets. */
async function state(): Promise<string> {
  const { read: db } = scene.world.server.installation.db;
  const rows = [
    await db.selectFrom('ad_accounts').selectAll().orderBy('id').execute(),
    await db.selectFrom('ad_account_businesses').selectAll().orderBy('account_id').orderBy('business_id').execute(),
    await db
      .selectFrom('ad_account_roles')
      .selectAll()
      .where('person_id', '<>', cast.ben.id)
      .orderBy('person_id')
      .execute(),
    await db.selectFrom('campaigns').selectAll().orderBy('id').execute(),
    await db.selectFrom('campaign_runs').selectAll().orderBy('campaign_id').orderBy('started_at').execute(),
  ];
  return JSON.stringify(rows);
}

for (const { name, needs, without, call } of operations) {
  test(`PR-01: to ${name} takes ${needs.join(' or ')} on the ad account`, async () => {
    await scene.hold(cast.ben.id, [], lantern.id);
    assert.equal(outcome(await call(scene.ben)), 'E100/33', 'no task at all');
    for (const task of everyAdAccountTask.toReversed()) {
      await scene.hold(cast.ben.id, [task], lantern.id);
      const untouched = await state();
      const reply = await call(scene.ben);
      assert.equal(outcome(reply), needs.includes(task) ? '200' : without.task, `${task}: ${reply.text}`);
      if (!needs.includes(task)) assert.equal(await state(), untouched, task);
      // A thing that can be done once only is put back for the next task.
      if (reply.status === 200 && /^(take|end|delete)/.test(name)) await restore();
    }
  });

  test(`PR-01: to ${name} takes its permission, whatever the task`, async () => {
    await scene.hold(cast.ben.id, ['MANAGE'], lantern.id);
    const untouched = await state();
    const bare = await scene.world.login(cast.shop.id, cast.ben.id, {
      permissions: ['pages_show_list'],
      longLived: true,
    });
    assert.equal(outcome(await call(bare)), without.permission);
    if (without === write || without === writeObject) {
      const onlyRead = await scene.world.login(cast.shop.id, cast.ben.id, {
        permissions: ['ads_read'],
        longLived: true,
      });
      assert.equal(outcome(await call(onlyRead)), without.permission);
    }
    if (without === read) {
      const onlyManage = await scene.world.login(cast.shop.id, cast.ben.id, {
        permissions: ['ads_management'],
        longLived: true,
      });
      assert.equal(outcome(await call(onlyManage)), '200');
    }
    assert.equal(await state(), untouched);
    scene.ben = await scene.world.login(cast.shop.id, cast.ben.id, { permissions: adPermissions, longLived: true });
  });

  test(`TM-01: to ${name} with a token of another kind or app changes nothing`, async () => {
    await scene.hold(cast.ben.id, ['MANAGE'], lantern.id);
    const { shop, rival } = cast;
    const page = (await scene.get(`/${cast.garden.id}?fields=access_token`, scene.ana)).body.access_token as
      | string
      | undefined;
    const session = (
      await scene.world.get(
        `/oauth/access_token?grant_type=fb_attenuate_token&client_id=${shop.id}&fb_exchange_token=${scene.ben}`,
      )
    ).body.access_token;
    const others = await scene.world.login(rival.id, cast.ben.id, { longLived: true });
    const untouched = await state();
    for (const token of [`${shop.id}|${shop.secret}`, `${shop.id}|${shop.clientToken}`, session, page].filter(
      (one) => one !== undefined,
    ))
      assert.equal(outcome(await call(token)), 'E100/33', token.slice(0, 3));
    // Another app of the same person asks for itself.
    assert.equal(outcome(await call(others)), without.permission);
    // A campaign is a number like others; an ad account has words of its own for a call without a token.
    assert.equal(
      outcome(await call('')),
      /^(?:read|change|delete|end|read a report about) a campaign/.test(name) ? 'E104' : 'E200',
      name,
    );
    assert.equal(await state(), untouched);
  });
}

async function restore(): Promise<void> {
  await scene.hold(SystemUserId.of('7102'), ['ANALYZE'], lantern.id);
  await scene.world.post(`${account}/agencies`, {
    business: '7002',
    permitted_tasks: 'ANALYZE',
    access_token: scene.ana,
  });
  const { db, facts } = scene.world.server.installation;
  await db.act(
    async ({ tx }) =>
      void (await tx.updateTable('campaigns').set({ status: 'PAUSED' }).where('id', '=', spring.id).execute()),
  );
  facts.cache.clear();
}

test('the words of the documents for a missing permission', async () => {
  await scene.hold(cast.ben.id, ['MANAGE'], lantern.id);
  const bare = await scene.world.login(cast.shop.id, cast.ben.id, { permissions: [], longLived: true });
  const message = async (reply: Promise<Reply>): Promise<string> => (await reply).body.error.message;
  const notGranted =
    '(#200) Ad account owner has NOT grant ads_management or ads_read permission, refer to https://developers.facebook.com/docs/marketing-api/get-started/authorization/#permissions-and-features for details.';
  assert.equal(await message(scene.get('/me/adaccounts', bare)), notGranted);
  assert.equal(await message(scene.get(account, bare)), notGranted);
  assert.equal(
    await message(post(`${account}/campaigns`, {})(bare)),
    '(#294) Managing advertisements requires an access token with the extended permission for ads_management',
  );
  assert.equal(
    await message(scene.get(`/${cleosAds.node}`, bare)).then((text) => text.startsWith('Unsupported get request.')),
    true,
  );
});
