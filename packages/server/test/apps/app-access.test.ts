// These tests are about access levels: asking for advanced access, the reviewers' queue, and going back. What a level
// means for tokens of people with and without a role follows at the next call.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { change } from '../../src/liveness/change.ts';
import * as people from '../../src/store/people/people.ts';
import { digest } from '../acts.ts';
import { type Desk, desk } from '../dashboard.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';
import { PersonId } from '../../src/store/ids.ts';

const { ana, ben, cleo, shop } = cast;

let t: TestWorld;
let bens: Desk;
let cleos: Desk;
beforeEach(async () => {
  t = await testWorld();
  [bens, cleos] = [await desk(t, ben), await desk(t, cleo)];
});
afterEach(() => t.close());

const makeReviewer = (id: string, reviewer = true) =>
  change(t.server.installation, ({ tx }) => people.setReviewer(tx, PersonId.of(id), reviewer));
const ask = (permission: string, useCase = 'People plan their week with it.') =>
  bens.post(`/${shop.id}/access_requests`, { permission, use_case: useCase });
const decide = (id: string, approve: boolean, reason = 'Seen.') =>
  cleos.post(`/${id}/decision`, { approve: String(approve), reason });
const statusOf = async (permission: string) =>
  (await bens.get(`/${shop.id}/permissions?permission=${permission}`)).body.data[0].status;
const granted = async (token: string) =>
  ((await t.get(`/me/permissions?access_token=${token}`)).body.data as { permission: string; status: string }[])
    .filter(({ status }) => status === 'granted')
    .map(({ permission }) => permission);

test('what a reviewer approves, the app may ask anybody for; until then people with a role only', async () => {
  await makeReviewer(cleo.id);
  const anas = await t.login(shop.id, ana.id, { permissions: ['user_likes'] });
  const own = await t.login(shop.id, ben.id, { permissions: ['user_likes'] });
  assert.deepEqual(
    [(await granted(anas)).includes('user_likes'), (await granted(own)).includes('user_likes')],
    [false, true],
  );
  const { id } = (await ask('user_likes')).body;
  assert.equal(await statusOf('user_likes'), 'unapproved');
  const [waiting] = (await cleos.get('/me/access_reviews')).body.data;
  assert.deepEqual(
    [waiting.id, waiting.app, waiting.permission, waiting.status, waiting.use_case],
    [id, { id: shop.id, name: 'Shop' }, 'user_likes', 'pending', 'People plan their week with it.'],
  );
  assert.deepEqual((await decide(id, true)).body, { success: true });
  assert.equal(await statusOf('user_likes'), 'live');
  assert.ok((await granted(anas)).includes('user_likes'));
  assert.deepEqual((await cleos.get('/me/access_reviews')).body.data, []);
  const [decided] = (await bens.get(`/${shop.id}/access_requests`)).body.data;
  assert.deepEqual([decided.status, decided.reason], ['approved', 'Seen.']);
});

test('a rejection tells why and changes nothing; the app may ask again', async () => {
  await makeReviewer(cleo.id);
  const { id } = (await ask('user_posts')).body;
  assert.equal((await cleos.post(`/${id}/decision`, { approve: 'false' })).body.error.code, 100);
  assert.equal((await decide(id, false, 'Show us a screen where it is used.')).status, 200);
  assert.equal(await statusOf('user_posts'), 'unapproved');
  const [decided] = (await bens.get(`/${shop.id}/access_requests`)).body.data;
  assert.deepEqual([decided.status, decided.reason], ['rejected', 'Show us a screen where it is used.']);
  assert.equal((await decide(id, true)).body.error.code, 100);
  assert.equal(await statusOf('user_posts'), 'unapproved');
  assert.equal((await ask('user_posts')).status, 200);
});

test('only reviewers see the queue and decide; whoever is none any more is refused at the next call', async () => {
  const { id } = (await ask('user_likes')).body;
  const before = await digest(t);
  // Ben works on the app and is no reviewer; Cleo is neither.
  assert.equal((await bens.get('/me/access_reviews')).body.error.code, 200);
  assert.equal((await bens.post(`/${id}/decision`, { approve: 'true', reason: 'mine' })).body.error.code, 200);
  assert.equal((await decide(id, true)).body.error.error_subcode, 33);
  assert.equal(await digest(t), before);
  await makeReviewer(cleo.id);
  assert.equal((await cleos.get('/me/access_reviews')).body.data.length, 1);
  assert.deepEqual((await cleos.get('/me?fields=platform_roles')).body.platform_roles, ['reviewer']);
  await makeReviewer(cleo.id, false);
  assert.equal((await cleos.get('/me/access_reviews')).body.error.code, 200);
  assert.equal((await decide(id, true)).body.error.error_subcode, 33);
  const token = await t.login(shop.id, cleo.id);
  await makeReviewer(cleo.id);
  for (const path of ['/me/access_reviews', `/${id}`])
    assert.ok((await t.get(`${path}?access_token=${token}`)).status >= 400, path);
});

test('of two decisions at once one counts', async () => {
  await makeReviewer(cleo.id);
  for (let i = 0; i < 5; i++) {
    const { id } = (await ask('user_likes')).body;
    const replies = await Promise.all([decide(id, true), decide(id, false), bens.delete(`/${id}`)]);
    assert.equal(replies.filter(({ status }) => status === 200).length, 1);
    const [{ status }] = (await bens.get(`/${shop.id}/access_requests`)).body.data;
    assert.equal(await statusOf('user_likes'), status === 'approved' ? 'live' : 'unapproved');
    if (status === 'approved') await bens.delete(`/${shop.id}/permissions?permission=user_likes`);
  }
});

test('going back to standard access stops what people without a role granted, at the next call', async () => {
  const anas = await t.login(shop.id, ana.id, { permissions: ['user_birthday'] });
  const own = await t.login(shop.id, ben.id, { permissions: ['user_birthday'] });
  assert.equal((await t.get(`/me?fields=birthday&access_token=${anas}`)).body.birthday, '02/29/1988');
  assert.deepEqual((await bens.delete(`/${shop.id}/permissions?permission=user_birthday`)).body, { success: true });
  assert.equal((await t.get(`/me?fields=birthday&access_token=${anas}`)).body.birthday, undefined);
  assert.ok(!(await granted(anas)).includes('user_birthday'));
  assert.ok((await granted(own)).includes('user_birthday'));
  assert.equal((await t.get(`/me?access_token=${anas}`)).status, 200);
});

test('public_profile cannot be removed; what is not there cannot be asked, dropped or taken back', async () => {
  const before = await digest(t);
  const drop = (name: string) => bens.delete(`/${shop.id}/permissions?permission=${name}`);
  for (const name of ['public_profile', 'ads_management', 'fly', ''])
    assert.equal((await drop(name)).body.error.code, 100, name);
  for (const name of ['public_profile', 'email', 'fly', 'openid', ''])
    assert.equal((await ask(name)).body.error.code, 100, name);
  assert.equal((await ask('user_likes', '')).body.error.code, 100);
  assert.equal((await ask('user_likes', 'x'.repeat(4001))).body.error.code, 100);
  assert.equal(await digest(t), before);
  const { id } = (await ask('user_likes')).body;
  assert.match((await ask('user_likes')).body.error.message, /waiting for a decision/);
  assert.equal((await bens.delete(`/${id}`)).status, 200);
  assert.equal((await bens.delete(`/${id}`)).body.error.code, 100);
  assert.equal((await ask('user_likes')).status, 200);
});

test('every step is in the audit trail with who did it', async () => {
  await makeReviewer(cleo.id);
  const approved = (await ask('user_likes')).body.id as string;
  await decide(approved, true);
  await decide((await ask('user_posts')).body.id, false);
  await bens.delete(`/${(await ask('user_posts')).body.id}`);
  await bens.delete(`/${shop.id}/permissions?permission=user_likes`);
  const rows = await t.server.installation.db.read
    .selectFrom('events')
    .selectAll()
    .where('name', 'like', 'app.access.%')
    .orderBy('seq')
    .execute();
  assert.deepEqual(
    rows.map((row) => `${row.name} ${row.reason} by ${row.actor_id}`),
    [
      `app.access.requested user_likes by ${ben.id}`,
      `app.access.approved user_likes by ${cleo.id}`,
      `app.access.requested user_posts by ${ben.id}`,
      `app.access.rejected user_posts by ${cleo.id}`,
      `app.access.requested user_posts by ${ben.id}`,
      `app.access.withdrawn user_posts by ${ben.id}`,
      `app.access.dropped user_likes by ${ben.id}`,
    ],
  );
});

test('with approveAccess a request is approved at once', async () => {
  await t.close();
  t = await testWorld({ settings: { approveAccess: true } });
  bens = await desk(t, ben);
  const { id } = (await ask('user_likes')).body;
  assert.deepEqual((await bens.get(`/${id}?fields=status,reason`)).body, {
    status: 'approved',
    reason: 'This platform approves requests automatically.',
    id,
  });
  assert.equal(await statusOf('user_likes'), 'live');
});
