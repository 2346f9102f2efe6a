// A blocked dialog tells a developer what to change: everybody in the emulator, and elsewhere people with a role on the app.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Browser, dialogUrl } from '../browser.ts';
import { CALLBACK } from '../dialog-journey.ts';
import { cast, testWorld } from '../world.ts';

const withSlash = dialogUrl({ client_id: cast.shop.id, redirect_uri: `${CALLBACK}/` });

test('in the emulator the page names both addresses and the difference, also to somebody who is not logged in', async (t) => {
  const world = await testWorld({ world: { explainRefusals: true } });
  t.after(() => world.close());
  const browser = new Browser(world);
  await browser.open(withSlash);
  assert.equal(browser.heading(), 'URL Blocked');
  const { innerText } = browser.page;
  assert.ok(innerText.includes(`Sent: ${CALLBACK}/`), innerText);
  assert.match(innerText, /Difference: the final slash\./);
  assert.match(innerText, /In a seed file: redirect_uris of the app/);
});

test('on a platform a stranger reads for whom the page shows it, and a developer the command that changes it', async (t) => {
  const world = await testWorld();
  t.after(() => world.close());
  const browser = new Browser(world);
  await browser.open(withSlash);
  assert.match(browser.page.innerText, /log in as someone with a role on this app and open the link again/);
  assert.doesNotMatch(browser.page.innerText, /Sent:|hallpass app set/);
  await browser.logIn(cast.ben);
  await browser.open(withSlash);
  assert.ok(browser.page.innerText.includes(`hallpass app set ${cast.shop.id} redirect_uris=`));
});
