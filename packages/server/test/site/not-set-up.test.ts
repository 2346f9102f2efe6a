// Before the first administrator is made, the first page says so; nobody else may make an account.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
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

test('a platform is closed to new accounts unless it is opened', () => {
  assert.equal(readSettings({}).openSignUp, false);
});
