// These tests are about roles on an app: invited, accepted, declined, taken away, given up. Nobody learns from it
// whether an address is anybody's.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { deletePersonIn } from '../../src/operator/delete-person.ts';
import { change } from '../../src/liveness/change.ts';
import * as appInvitations from '../../src/store/apps/app-invitations.ts';
import * as apps from '../../src/store/apps/apps.ts';
import { digest } from '../acts.ts';
import { type Desk, desk } from '../dashboard.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';
import { PersonId } from '../../src/store/ids.ts';

const { ana, ben, cleo, shop, draft } = cast;

let t: TestWorld;
let bens: Desk;
let cleos: Desk;
beforeEach(async () => {
  t = await testWorld();
  [bens, cleos] = [await desk(t, ben), await desk(t, cleo)];
});
afterEach(() => t.close());

const invite = (form: Record<string, string>, app = draft) => bens.post(`/${app.id}/role_invitations`, form);
const rolesOf = async (app = draft) =>
  ((await bens.get(`/${app.id}/roles`)).body.data as { name: string; role: string }[]).map(
    ({ name, role }) => `${name}: ${role}`,
  );

test('who is invited sees it, and has the role after accepting and not before', async () => {
  const token = await t.login(draft.id, cleo.id);
  assert.equal((await t.get(`/me?access_token=${token}`)).body.error.error_subcode, 458);
  const { id } = (await invite({ email: ' Cleo@Example.com ', role: 'testers' })).body;
  assert.deepEqual(await rolesOf(), ['Ben Okafor: administrators']);
  const [seen] = (await cleos.get('/me/app_invitations')).body.data;
  assert.deepEqual(
    [seen.id, seen.app, seen.role, seen.email, seen.invited_by.name],
    [id, { id: draft.id, name: 'Draft' }, 'testers', cleo.email, ben.name],
  );
  assert.equal((await cleos.get(`/${draft.id}`)).body.error.error_subcode, 33);
  assert.deepEqual((await cleos.post(`/${id}/accept`)).body, { success: true });
  assert.deepEqual((await rolesOf()).sort(), ['Ben Okafor: administrators', 'Cleo Dupont: testers']);
  assert.equal((await cleos.get(`/${draft.id}?fields=my_roles`)).body.my_roles[0], 'testers');
  assert.equal((await t.get(`/me?access_token=${token}`)).status, 200);
  assert.equal((await cleos.post(`/${id}/accept`)).body.error.error_subcode, 33);
  assert.deepEqual((await cleos.get('/me/app_invitations')).body.data, []);
});

test('the app itself goes on reading its roles with its own ids', async () => {
  const { body } = await t.get(`/${shop.id}/roles?access_token=${encodeURIComponent(`${shop.id}|${shop.secret}`)}`);
  assert.deepEqual(Object.keys(body.data[0]), ['app_id', 'user', 'role']);
  const inDashboard = (await bens.get(`/${shop.id}/roles`)).body.data[0];
  assert.notEqual(inDashboard.user, body.data[0].user);
  assert.equal(inDashboard.user, (await bens.session()).body.id);
});

test('I-15: an address of somebody, of nobody, of a test user and of somebody in the team get the same answer', async () => {
  const tester = (await t.post(`/${shop.id}/accounts`, { access_token: `${shop.id}|${shop.secret}` })).body;
  const shapes = new Set<string>();
  for (const email of [cleo.email, 'nobody@example.com', tester.email, ben.email]) {
    const { status, text } = await invite({ email, role: 'developers' });
    shapes.add(`${status} ${text.replace(/\d+/, 'ID')}`);
  }
  assert.deepEqual([...shapes], ['200 {"id":"ID"}']);
  const listed = (await bens.get(`/${draft.id}/role_invitations`)).body.data as Record<string, unknown>[];
  assert.deepEqual(new Set(listed.map((one) => Object.keys(one).sort().join(' '))).size, 1);
});

test('a person can be invited by the id of the dashboard; other ids and no one at all cannot', async () => {
  const cleosId = (await cleos.session()).body.id as string;
  const { id } = (await invite({ user: cleosId, role: 'insights users' })).body;
  assert.equal((await cleos.post(`/${id}/accept`)).status, 200);
  const inShop = (await t.get(`/me?fields=id&access_token=${await t.login(shop.id, cleo.id)}`)).body.id as string;
  for (const wrong of [
    { user: cleo.id },
    { user: inShop },
    { user: '1' },
    {},
    { user: cleosId, email: cleo.email },
    { email: 'nobody' },
  ])
    assert.equal(
      (await invite({ ...wrong, role: 'testers' } as Record<string, string>)).body.error.code,
      100,
      JSON.stringify(wrong),
    );
  for (const role of ['owners', 'Administrators', ''])
    assert.equal((await invite({ email: cleo.email, role })).body.error.code, 100, role);
});

test('the same invitation twice is one; an invitation is for whom it names and nobody else', async () => {
  const first = (await invite({ email: cleo.email, role: 'testers' })).body.id as string;
  assert.equal((await invite({ email: cleo.email.toUpperCase(), role: 'testers' })).body.id, first);
  const anas = await desk(t, ana);
  const before = await digest(t);
  for (const reply of [
    await anas.get(`/${first}`),
    await anas.post(`/${first}/accept`),
    await anas.delete(`/${first}`),
  ])
    assert.equal(reply.body.error.error_subcode, 33);
  // Not even the administrator accepts for somebody else.
  assert.deepEqual((await bens.post(`/${first}/accept`)).body.error.code, 10);
  assert.equal(await digest(t), before);
});

test('an invitation is declined by who is invited and taken back by an administrator; either way it is gone', async () => {
  const declined = (await invite({ email: cleo.email, role: 'testers' })).body.id as string;
  assert.equal((await cleos.delete(`/${declined}`)).status, 200);
  const back = (await invite({ email: cleo.email, role: 'developers' })).body.id as string;
  assert.equal((await bens.delete(`/${back}`)).status, 200);
  for (const id of [declined, back]) assert.equal((await cleos.post(`/${id}/accept`)).body.error.error_subcode, 33);
  const reasons = t.log.filter(({ message }) => message === 'role.invitation.ended').map(({ facts }) => facts?.reason);
  assert.deepEqual(reasons, ['declined', 'taken back']);
});

test('of two who answer the same invitation at once one does, and the role is given once or not at all', async () => {
  for (let i = 0; i < 5; i++) {
    const id = (await invite({ email: cleo.email, role: 'testers' })).body.id as string;
    const replies = await Promise.all([
      cleos.post(`/${id}/accept`),
      bens.delete(`/${id}`),
      cleos.post(`/${id}/accept`),
    ]);
    const accepted = replies[0].status === 200 || replies[2].status === 200;
    assert.equal(replies.filter(({ status }) => status === 200).length, 1);
    assert.equal((await rolesOf()).includes('Cleo Dupont: testers'), accepted);
    if (accepted) await cleos.post(`/${draft.id}/leave`);
  }
});

test('PR-08: a test user accepts nothing', async () => {
  const made = (await t.post(`/${shop.id}/accounts`, { access_token: `${shop.id}|${shop.secret}` })).body;
  const { id } = (await invite({ email: made.email, role: 'administrators' })).body;
  const tester = await desk(t, { email: made.email, password: made.password });
  assert.equal((await tester.post(`/${id}/accept`)).body.error.code, 10);
  assert.deepEqual(await rolesOf(), ['Ben Okafor: administrators']);
});

test('a role is taken away, in an app in development with the tokens for it; the last administrator stays', async () => {
  const { id } = (await invite({ email: cleo.email, role: 'testers' })).body;
  await cleos.post(`/${id}/accept`);
  const token = await t.login(draft.id, cleo.id);
  assert.equal((await t.get(`/me?access_token=${token}`)).status, 200);
  const [bensId, cleosId] = [(await bens.session()).body.id, (await cleos.session()).body.id];
  const take = (user: string, role: string) => bens.delete(`/${draft.id}/roles?${new URLSearchParams({ user, role })}`);
  assert.equal((await take(cleosId, 'developers')).body.error.code, 100);
  assert.equal((await take(cleosId, 'testers')).status, 200);
  assert.equal((await t.get(`/me?access_token=${token}`)).body.error.error_subcode, 458);
  assert.match((await take(bensId, 'administrators')).body.error.message, /at least one administrator/);
  assert.match((await bens.post(`/${draft.id}/leave`)).body.error.message, /at least one administrator/);
  // A role that comes back does not bring tokens of before back.
  const again = (await invite({ email: cleo.email, role: 'testers' })).body.id;
  await cleos.post(`/${again}/accept`);
  assert.equal((await t.get(`/me?access_token=${token}`)).body.error.error_subcode, 458);
});

test('whoever works on an app leaves it; the last administrator only after another has come', async () => {
  const { id } = (await invite({ email: cleo.email, role: 'administrators' })).body;
  await cleos.post(`/${id}/accept`);
  assert.deepEqual((await bens.post(`/${draft.id}/leave`)).body, { success: true });
  assert.equal((await bens.get(`/${draft.id}`)).body.error.error_subcode, 33);
  assert.match((await cleos.post(`/${draft.id}/leave`)).body.error.message, /at least one administrator/);
});

test('two administrators who leave at once leave one behind', async () => {
  const { id } = (await invite({ email: cleo.email, role: 'administrators' })).body;
  await cleos.post(`/${id}/accept`);
  const statuses = (await Promise.all([bens.post(`/${draft.id}/leave`), cleos.post(`/${draft.id}/leave`)])).map(
    ({ status }) => status,
  );
  assert.deepEqual(statuses.sort(), [200, 400]);
  assert.equal((await apps.roles(t.server.installation.db.read, draft.id)).length, 1);
});

test('there are at most fifty testers, invitations included', async () => {
  const { installation } = t.server;
  await change(installation, async ({ tx }) => {
    for (let i = 0; i < 49; i++) await apps.addRole(tx, draft.id, PersonId.of(`66${i + 1}`), 'testers', 0);
  });
  assert.equal((await invite({ email: 'a@example.com', role: 'testers' })).status, 200);
  assert.match(
    (await invite({ email: 'b@example.com', role: 'testers' })).body.error.message,
    /no more than 50 testers/,
  );
  assert.equal((await invite({ email: 'b@example.com', role: 'developers' })).status, 200);
  await change(installation, async ({ tx }) => {
    for (let i = 0; i < 450; i++) await apps.addRole(tx, draft.id, PersonId.of(`77${i + 1}`), 'developers', 0);
  });
  assert.match(
    (await invite({ email: 'c@example.com', role: 'insights users' })).body.error.message,
    /no more than 500 people with a role/,
  );
  assert.equal((await invite({ email: 'c@example.com', role: 'administrators' })).status, 200);
});

test('ST-07: an invitation without an answer is gone after thirty days, and with the account it is for', async () => {
  await invite({ email: 'nobody@example.com', role: 'testers' });
  await t.clock.advance(31 * 86_400);
  assert.deepEqual(await appInvitations.ofApp(t.server.installation.db.read, draft.id), []);
  await bens.confirm(ben.password);
  await invite({ email: cleo.email, role: 'testers' });
  await change(t.server.installation, (making) => deletePersonIn(making, cleo.id, { kind: 'operator' }, t.clock.now()));
  assert.deepEqual(await appInvitations.ofApp(t.server.installation.db.read, draft.id), []);
});
