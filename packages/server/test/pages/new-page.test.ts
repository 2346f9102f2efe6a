// People make Pages of their own, without a seed file.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { Browser } from '../browser.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { cleo, shop } = cast;
let t: TestWorld;
beforeEach(async () => {
  t = await testWorld();
});
afterEach(() => t.close());

test('somebody without a Page makes one, and an app gets it with every task', async () => {
  const browser = new Browser(t);
  await browser.open('/pages/create');
  assert.match(browser.page.innerText, /Log in to create a Page/);
  await browser.send(browser.form('/login', { email: cleo.email, password: cleo.password, decision: 'continue' }));
  assert.equal(browser.heading(), 'Create a Page');
  await browser.send(browser.form('/pages/create', { name: '', category: '' }));
  assert.match(browser.page.innerText, /Enter the name of the Page.*what kind of Page it is/);
  await browser.send(browser.form('/pages/create', { name: 'Harbour Café', category: 'Café' }));
  const [, id] = /Harbour Café has the id (\d+)/.exec(browser.page.innerText) ?? [];
  const token = await t.login(shop.id, cleo.id, { permissions: ['pages_show_list', 'pages_read_engagement'] });
  const { body } = await t.get(`/me/accounts?access_token=${token}`);
  assert.deepEqual(
    body.data.map((page: { id: string; name: string; category: string }) => [page.id, page.name, page.category]),
    [[id, 'Harbour Café', 'Café']],
  );
  assert.ok(body.data[0].tasks.includes('MANAGE') && body.data[0].access_token);
});

test('PR-08: the Graph makes Pages for test users alone', async () => {
  const token = await t.login(shop.id, cleo.id, { permissions: ['pages_manage_metadata'] });
  const { body } = await t.post('/me/accounts', { name: 'Harbour Café', access_token: token });
  assert.ok(body.error);
});
