// These tests are about inviting people into a business: what the administrator asks, what the invited person says, and
// what everybody else learns.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { personActs } from '../../src/entries/operator.ts';
import { Browser } from '../browser.ts';
import { type BusinessScene, businessScene, code, lantern } from './business-scene.ts';
import { cast } from '../world.ts';

const DAY = 86_400;

const invite = ({ world, ana }: BusinessScene, email: string = cast.cleo.email, more: Record<string, string> = {}) =>
  world.post(`/${lantern.id}/business_users`, { email, role: 'EMPLOYEE', access_token: ana, ...more });

const pending = async ({ world, ana }: BusinessScene, query = '') =>
  (await world.get(`/${lantern.id}/pending_users?access_token=${ana}${query}`)).body.data;

/** Path and query of the link. */
const pathOf = (link: string): string => link.replace(/^https?:\/\/[^/]+/, '');

const members = async ({ world, ana }: BusinessScene): Promise<string[]> =>
  (await world.get(`/${lantern.id}/business_users?fields=name&access_token=${ana}`)).body.data
    .map((one: { name: string }) => one.name)
    .sort();

async function opened(
  scene: BusinessScene,
  person: { email: string; password: string },
  link: string,
): Promise<Browser> {
  const browser = new Browser(scene.world);
  await browser.open(pathOf(link));
  assert.equal(browser.heading(), 'Log in');
  await browser.send(browser.form('/login', { email: person.email, password: person.password, decision: 'continue' }));
  return browser;
}

test('an invitation is pending until its person, led back after the log-in, joins; the link works once', async (t) => {
  const scene = await businessScene(t);
  const made = await invite(scene, 'Cleo@Example.com', { tasks: 'DEVELOPER', invited_user_type: 'FB' });
  assert.equal(made.status, 200, made.text);
  const { id, invite_link } = made.body;
  assert.match(invite_link, /^http:\/\/localhost:4000\/business\/invitation\?id=\d+&key=[\w-]{43}$/);
  const fields =
    'email,role,status,invite_link,expiration_time,expiry_time,created_time,tasks,owner,created_by,invited_user_type';
  const [row] = await pending(scene, `&fields=${fields}`);
  assert.deepEqual(
    [row.id, row.email, row.role, row.status, row.invite_link, row.tasks, row.invited_user_type],
    [id, 'cleo@example.com', 'EMPLOYEE', 'PENDING', invite_link, ['DEVELOPER'], 'FB'],
  );
  assert.deepEqual([row.owner, row.created_by.name], [{ id: lantern.id, name: lantern.name }, cast.ana.name]);
  assert.equal(row.expiration_time, row.expiry_time);
  assert.deepEqual(await members(scene), [cast.ana.name, cast.ben.name], 'nobody came in by being asked');

  const browser = await opened(scene, cast.cleo, invite_link);
  assert.equal(browser.heading(), 'Join Lantern?');
  assert.match(browser.page.html, /Ana Maria Lopes.* invites you to .*Lantern.* as <strong>Employee/s);
  await browser.send(browser.form('/business/invitation', { decision: 'continue' }));
  assert.equal(browser.heading(), 'You’ve joined');
  assert.deepEqual(await members(scene), [cast.ana.name, cast.ben.name, cast.cleo.name]);
  assert.deepEqual(await pending(scene), []);
  await browser.open(pathOf(invite_link));
  assert.equal(browser.heading(), 'This invitation doesn’t work');
  const events = await scene.world.server.installation.db.read
    .selectFrom('events')
    .selectAll()
    .where('name', '=', 'business.invitation')
    .execute();
  assert.deepEqual(
    events.map(({ reason }) => reason),
    ['sent: EMPLOYEE', 'accepted'],
  );
});

test('I-15: asking for an address tells nothing about whether there is an account', async (t) => {
  const scene = await businessScene(t);
  const there = await invite(scene, cast.cleo.email);
  const nobody = await invite(scene, 'nobody@example.com');
  assert.deepEqual([there.status, Object.keys(there.body)], [nobody.status, Object.keys(nobody.body)]);
  const rows = await pending(scene, '&fields=role,status,tasks');
  assert.deepEqual({ ...rows[0], id: '' }, { ...rows[1], id: '' });
});

test('who is not the invited person learns nothing by the link and changes nothing', async (t) => {
  const scene = await businessScene(t);
  const { invite_link } = (await invite(scene)).body;
  const other = await opened(scene, cast.ben, invite_link);
  assert.deepEqual([other.page.status, other.heading()], [403, 'This invitation is for someone else']);
  assert.ok(!/Lantern|cleo|Ana Maria/i.test(other.page.html.replace(/Ben Okafor/g, '')));
  assert.deepEqual(
    other.forms().map(({ action }) => action),
    ['/login/switch'],
    'there is nothing to answer it with',
  );
  assert.equal((await pending(scene)).length, 1);
  const cleo = await opened(scene, cast.cleo, invite_link);
  const form = cleo.form('/business/invitation', { decision: 'continue' });
  await other.open('/settings/password');
  const csrf = other.form('/settings/password').fields.find(([name]) => name === 'csrf')?.[1] ?? '';
  await other.send({ ...form, fields: form.fields.map(([name, value]) => [name, name === 'csrf' ? csrf : value]) });
  assert.equal(other.page.status, 403, 'the token of another form');
  assert.deepEqual(await members(scene), [cast.ana.name, cast.ben.name]);
});

test('a wrong key, a wrong id and a link that is used up look the same', async (t) => {
  const scene = await businessScene(t);
  const { id, invite_link } = (await invite(scene)).body;
  const key = /key=(.*)$/.exec(invite_link)?.[1] ?? '';
  const browser = new Browser(scene.world);
  await browser.logIn(cast.cleo);
  const seen = new Set<string>();
  for (const query of [
    `id=${id}&key=${'A'.repeat(43)}`,
    `id=${id}1&key=${key}`,
    `id=${id}`,
    `key=${key}`,
    'id=x&key=x',
    '',
    `id=${id}&id=1&key=${key}`,
    `id=0${id}&key=${key}`,
  ]) {
    await browser.open(`/business/invitation?${query}`);
    seen.add(`${browser.page.status} ${browser.heading()}`);
  }
  assert.deepEqual([...seen], ['400 This invitation doesn’t work']);
});

test('it can be declined, cancelled, replaced, and ends after two weeks; each link is then dead', async (t) => {
  const scene = await businessScene(t);
  const { world, ana } = scene;
  const cleo = new Browser(world);
  await cleo.logIn(cast.cleo);
  const dead = async (link: string) => {
    await cleo.open(pathOf(link));
    assert.equal(cleo.heading(), 'This invitation doesn’t work');
  };
  const first = (await invite(scene)).body;
  await cleo.open(pathOf(first.invite_link));
  const form = cleo.form('/business/invitation', { decision: 'cancel' });
  await cleo.send(form);
  assert.equal(cleo.heading(), 'You declined');
  await cleo.send({
    ...form,
    fields: form.fields.map(([name, value]) => [name, name === 'decision' ? 'continue' : value]),
  });
  assert.equal(cleo.heading(), 'This invitation doesn’t work', 'no second answer');
  const second = (await invite(scene)).body;
  assert.deepEqual((await world.delete(`/${second.id}?access_token=${ana}`)).body, { success: true });
  assert.deepEqual(code(await world.get(`/${second.id}?access_token=${ana}`)), [400, 100]);
  await dead(second.invite_link);
  const third = (await invite(scene)).body;
  const fourth = (await invite(scene, cast.cleo.email, { role: 'ADMIN' })).body;
  await dead(third.invite_link);
  assert.deepEqual(
    (await pending(scene)).map((one: { id: string }) => one.id),
    [fourth.id],
  );
  await world.clock.advance(15 * DAY);
  const late = new Browser(world);
  await late.logIn(cast.cleo);
  await late.open(pathOf(fourth.invite_link));
  assert.equal(late.heading(), 'This invitation doesn’t work');
  assert.equal((await pending(scene))[0].status, 'EXPIRED');
  assert.deepEqual(await members(scene), [cast.ana.name, cast.ben.name]);
});

test('I-12: a role that is changed after the page was shown is shown anew before it is taken on', async (t) => {
  const scene = await businessScene(t);
  const { id, invite_link } = (await invite(scene)).body;
  const cleo = await opened(scene, cast.cleo, invite_link);
  const form = cleo.form('/business/invitation', { decision: 'continue' });
  assert.deepEqual((await scene.world.post(`/${id}`, { role: 'ADMIN', access_token: scene.ana })).body, {
    success: true,
  });
  await cleo.send(form);
  assert.match(cleo.page.html, /as <strong>Administrator/);
  await cleo.send(cleo.form('/business/invitation', { decision: 'continue' }));
  assert.equal(cleo.heading(), 'You’ve joined');
  assert.equal(
    (await scene.world.post(`/${lantern.id}`, { name: 'Lantern Two', access_token: scene.cleo })).status,
    200,
  );
});

test('I-2: of many answers at one moment exactly one counts', async (t) => {
  const scene = await businessScene(t);
  const { invite_link } = (await invite(scene)).body;
  const cleo = await opened(scene, cast.cleo, invite_link);
  const form = cleo.form('/business/invitation', { decision: 'continue' });
  const pages = await Promise.all(Array.from({ length: 5 }, () => cleo.at(scene.world).send(form)));
  assert.equal(pages.filter(({ html: text }) => text.includes('You’ve joined')).length, 1);
  assert.equal((await members(scene)).length, 3);
});

test('only administrators invite, see and cancel; who is in already is not invited', async (t) => {
  const scene = await businessScene(t);
  const { world, ben, cleo } = scene;
  const { id } = (await invite(scene)).body;
  for (const reply of [
    await world.get(`/${lantern.id}/pending_users?access_token=${ben}`),
    await world.get(`/${id}?access_token=${ben}`),
    await world.post(`/${id}`, { role: 'ADMIN', access_token: ben }),
    await world.delete(`/${id}?access_token=${ben}`),
    await invite(scene, 'x@example.com', { access_token: ben }),
  ])
    assert.deepEqual(code(reply), [403, 200]);
  for (const reply of [
    await world.get(`/${id}?access_token=${cleo}`),
    await world.delete(`/${id}?access_token=${cleo}`),
  ])
    assert.deepEqual(code(reply), [400, 100]);
  for (const [email, more] of [
    [cast.ben.email, {}],
    ['no address', {}],
    ['y@example.com', { role: 'KING' }],
    ['y@example.com', { tasks: '<b>' }],
    ['y@example.com', { invited_user_type: 'X' }],
  ] as const)
    assert.deepEqual(code(await invite(scene, email, more)), [400, 100]);
  assert.equal((await pending(scene)).length, 1);
});

test('PR-08: an invitation to the address of a test user leads nowhere', async (t) => {
  const scene = await businessScene(t);
  const app = `${cast.shop.id}|${cast.shop.secret}`;
  const made = (
    await scene.world.post(`/${cast.shop.id}/accounts/test-users`, { installed: 'true', access_token: app })
  ).body;
  const { invite_link } = (await invite(scene, made.email)).body;
  const browser = await opened(scene, { email: made.email, password: made.password }, invite_link);
  assert.equal(browser.heading(), 'This invitation is for someone else');
});

test('invitations to an address go with the account that had it', async (t) => {
  const scene = await businessScene(t);
  await invite(scene);
  await personActs.delete.run(scene.world.server.installation, cast.cleo.id, { kind: 'operator' });
  assert.deepEqual(await pending(scene), []);
});

test('the settings of a person in a business: names, title, role', async (t) => {
  const scene = await businessScene(t);
  const { world, ana, ben } = scene;
  const listed = (await world.get(`/${lantern.id}/business_users?fields=name&access_token=${ana}`)).body.data;
  const { id } = listed.find((one: { name: string }) => one.name === cast.ben.name);
  assert.deepEqual((await world.post(`/${id}`, { title: ' Head of  Bread ', access_token: ana })).body, {
    success: true,
  });
  const { body } = await world.get(
    `/${id}?fields=first_name,last_name,title,role,tasks,marked_for_removal,email&access_token=${ana}`,
  );
  assert.deepEqual(body, {
    first_name: 'Ben',
    last_name: 'Okafor',
    title: 'Head of Bread',
    role: 'EMPLOYEE',
    tasks: [],
    marked_for_removal: false,
    email: cast.ben.email,
    id,
  });
  assert.deepEqual(code(await world.post(`/${id}`, { title: 'King', access_token: ben })), [403, 200]);
  assert.deepEqual(code(await world.post(`/${id}`, { access_token: ana })), [400, 100]);
});
