// The operator locks an account, and the operator alone unlocks it; a checkpoint is what a person can end.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { personActs } from '../../src/entries/operator.ts';
import { Dashboard } from '../../src/headless/dashboard.ts';
import { Browser } from '../browser.ts';
import { shopDialog } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const operator = { kind: 'operator', id: 'ops' } as const;
const { ana, shop } = cast;

let world: TestWorld;
let browser: Browser;
beforeEach(async () => {
  world = await testWorld();
  browser = new Browser(world);
});
afterEach(() => world.close());

const act = (name: keyof typeof personActs) => personActs[name].run(world.server.installation, ana.id, operator);
const subcode = async (token: string): Promise<number | undefined> =>
  (await world.get(`/me?access_token=${token}`)).body.error?.error_subcode;

test('a lock of the operator is lifted by the operator: no password opens it, and the person reads whom to ask', async () => {
  const token = await world.login(shop.id, ana.id);
  assert.equal(await act('lock'), true);
  assert.equal(await act('lock'), false);
  assert.equal(await act('checkpoint'), false);
  assert.equal(await subcode(token), 490);
  const debug = await world.get(`/debug_token?input_token=${token}&access_token=${shop.id}|${shop.secret}`);
  assert.equal(debug.body.data.error.subcode, 490);

  await browser.logIn(ana);
  assert.equal(browser.heading(), 'Your account is locked');
  assert.match(browser.page.innerText, /only they can unlock it/);
  assert.deepEqual(
    browser.page.forms.map(({ action }) => action),
    ['/login/switch'],
    'there is nothing to unlock it with',
  );
  const [form] = browser.page.forms;
  const csrf = form?.fields.find(({ name }) => name === 'csrf')?.value ?? '';
  const forged = {
    action: '/checkpoint',
    fields: [
      ['csrf', csrf],
      ['password', ana.password],
    ] as [string, string][],
  };
  await browser.send(forged);
  assert.equal(await subcode(token), 490);
  await browser.open('/settings/apps');
  assert.equal(browser.heading(), 'Your account is locked');
  await browser.open(shopDialog());
  assert.equal(browser.heading(), 'Your account is locked');
  assert.equal(browser.page.location, undefined);

  assert.equal(await act('unlock'), true);
  assert.equal(await act('unlock'), false);
  assert.equal(await subcode(token), undefined);
  await browser.open('/settings/apps');
  assert.equal(browser.heading(), 'Apps and websites');
  const trail = await world.server.installation.db.read
    .selectFrom('events')
    .select(['name', 'actor_kind', 'actor_id'])
    .where('name', 'in', ['auth.account.locked', 'auth.account.unlocked'])
    .orderBy('seq')
    .execute();
  assert.deepEqual(
    trail.map(({ name, actor_kind: kind, actor_id: by }) => `${name} ${kind} ${by}`),
    ['auth.account.locked operator ops', 'auth.account.unlocked operator ops'],
  );
});

test('a lock does not end a checkpoint: after it the person still shows who they are', async () => {
  const token = await world.login(shop.id, ana.id);
  await act('checkpoint');
  assert.equal(await subcode(token), 459);
  await act('lock');
  assert.equal(await subcode(token), 490);
  await act('unlock');
  assert.equal(await subcode(token), 459);
  await browser.logIn(ana);
  await browser.send(browser.form('/checkpoint', { password: ana.password }));
  assert.equal(await subcode(token), undefined);
});

test('the dashboard of somebody whose account is locked answers 190/490', async () => {
  await act('lock');
  const reply = await (await new Dashboard(browser).open(ana)).get('/me/apps');
  assert.deepEqual([reply.body.error.code, reply.body.error.error_subcode], [190, 490]);
});
