// Before the first administrator is made, the first page says so; nobody else may make an account.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { createPersonFor, personActs } from '../../src/entries/operator.ts';
import { createAdministratorLink } from '../../src/site/index.ts';
import { readSettings } from '../../src/index.ts';
import { Browser } from '../browser.ts';
import { type TestWorld, testWorld } from '../world.ts';

let t: TestWorld;
afterEach(() => t.close());

test('the first page says that the platform is not set up yet, until the link has made the first administrator', async () => {
  t = await testWorld({ seed: { people: [], apps: [], pages: [], grants: [] }, settings: { openSignUp: false } });
  const browser = new Browser(t);
  await browser.open('/');
  assert.equal(browser.heading(), 'This platform is not set up yet');
  assert.match((await browser.open('/signup')).innerText, /No new accounts/);
  await browser.open(await createAdministratorLink(t.server.installation));
  await browser.send(
    browser.form('/setup', {
      name: 'Ana',
      email: 'ana@example.com',
      password: 'ana-and-her-bread',
      decision: 'continue',
    }),
  );
  assert.match(browser.page.innerText, /first administrator.*Next, create an app/);
  const other = await new Browser(t).open('/');
  assert.doesNotMatch(other.innerText, /not set up/);
});

test('an account that the operator makes has no password until its link is opened, and says so', async () => {
  t = await testWorld({ settings: { openSignUp: false } });
  const { installation } = t.server;
  const by = { kind: 'operator' } as const;
  const made = await createPersonFor(installation, { name: 'Gil Torres', email: 'gil@example.com' }, by);
  assert.ok(made);
  assert.equal(await createPersonFor(installation, { name: 'Gil', email: 'gil@example.com' }, by), undefined);
  const gil = { email: 'gil@example.com', password: 'gil-and-his-boats' };
  const browser = new Browser(t);
  assert.match((await browser.logIn(gil)).innerText, /wrong/);
  await browser.open(String(await personActs['reset-password'].run(installation, made.id, by)));
  assert.equal(browser.heading(), 'Choose a password');
  await browser.send(browser.form('/reset', { new_password: gil.password }));
  assert.equal(browser.heading(), 'Your account is ready');
  await browser.logIn(gil);
  await browser.open('/settings');
  assert.match(browser.heading(), /Gil/);
});

test('a platform is closed to new accounts unless it is opened', () => {
  assert.equal(readSettings({}).openSignUp, false);
});
