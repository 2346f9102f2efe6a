// The dialog belongs to one browser, one person and the top window.
import assert from 'node:assert/strict';
import { blockedReasons } from '@hallpass/pages';
import { afterEach, beforeEach, test } from 'node:test';
import { digest } from '../acts.ts';
import { answerOf, Browser, navigation } from '../browser.ts';
import { allowAll, CALLBACK, reasons, rows, shopDialog } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let browser: Browser;
beforeEach(async () => {
  world = await testWorld();
  browser = new Browser(world);
});
afterEach(() => world.close());

const CONSENT = '/dialog/oauth/confirm';
const interactionOf = (form: { fields: [string, string][] }): string =>
  Object.fromEntries(form.fields).interaction as string;

test('DL-03: a dialog that another browser began is blocked, at its address and in its forms', async () => {
  await browser.logIn(cast.ben);
  await browser.open(shopDialog());
  const form = browser.form(CONSENT, { decision: 'continue' });
  const victim = new Browser(world);
  await victim.logIn(cast.ana);
  world.log.length = 0;
  await victim.open(`/dialog/oauth/continue?interaction=${interactionOf(form)}`);
  assert.equal(victim.page.status, 400);
  assert.equal(victim.heading(), blockedReasons.interaction_mismatch.title);
  assert.equal(reasons(world, 'dialog.interaction_mismatch').length, 1);
  await victim.post(form);
  assert.equal(victim.page.status, 403);
  assert.equal(await rows(world, 'grants'), 0);
  assert.equal(await rows(world, 'single_use'), 0);
});

test('DL-03: a finished dialog gives nothing to another browser, nor a second time to its own', async () => {
  await browser.logIn(cast.ana);
  await browser.open(shopDialog());
  const form = browser.form(CONSENT, { decision: 'continue' });
  await browser.send(form);
  assert.ok(browser.page.location?.startsWith(CALLBACK));
  const thief = new Browser(world);
  await thief.open(`/dialog/oauth/continue?interaction=${interactionOf(form)}`);
  assert.equal(thief.heading(), blockedReasons.interaction_mismatch.title);
  await browser.open(`/dialog/oauth/continue?interaction=${interactionOf(form)}`);
  assert.equal(browser.page.status, 400);
  assert.equal(await rows(world, 'single_use'), 1);
});

test('DL-07: the dialog is not opened by POST or another verb', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    await browser.ask(shopDialog(), { method, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    assert.equal(browser.page.status, 405, method);
    assert.equal(browser.page.headers.allow, 'GET');
  }
  await browser.ask(`${shopDialog()}&method=post`);
  assert.equal(browser.page.status, 200);
});

test('DL-07: HEAD and prefetch write nothing and mint nothing, though a grant exists', async () => {
  await allowAll(browser, cast.ana, shopDialog());
  const before = await digest(world);
  await browser.ask(shopDialog(), { method: 'HEAD' });
  assert.equal(browser.page.location, undefined);
  assert.equal(browser.page.html, '');
  for (const [name, value] of [
    ['sec-purpose', 'prefetch'],
    ['sec-purpose', 'prefetch;prerender'],
    ['purpose', 'prefetch'],
  ] as const) {
    await browser.ask(shopDialog(), { headers: { ...navigation, [name]: value } });
    assert.equal(browser.page.status, 503);
    assert.equal(browser.page.location, undefined);
  }
  assert.equal(await digest(world), before);
});

test('DL-07: in a frame nothing is granted by itself, and no page may be framed', async () => {
  await allowAll(browser, cast.ana, shopDialog());
  const before = await digest(world);
  for (const dest of ['iframe', 'frame', 'embed', 'object']) {
    await browser.ask(shopDialog(), { headers: { ...navigation, 'sec-fetch-dest': dest } });
    assert.equal(browser.page.status, 403);
    assert.equal(browser.page.location, undefined);
    assert.match(String(browser.page.headers['content-security-policy']), /frame-ancestors 'none'/);
    assert.equal(browser.page.headers['x-frame-options'], 'DENY');
  }
  assert.equal(await digest(world), before);
});

test('DL-07: what is fetched without being opened (an image, a script) is not answered with a code', async () => {
  await allowAll(browser, cast.ana, shopDialog());
  for (const headers of [
    { 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'no-cors', 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'cross-site' },
  ]) {
    await browser.ask(shopDialog(), { headers });
    assert.equal(browser.page.location, undefined);
    assert.equal(browser.page.headers['access-control-allow-origin'], undefined);
  }
});

test('DL-16: when another person logs in in a second tab, the confirm is refused and the dialog is shown again for them', async () => {
  await browser.logIn(cast.ana);
  await browser.open(shopDialog({ scope: 'email' }));
  const form = browser.form(CONSENT, { decision: 'continue' });
  assert.ok(browser.page.html.includes(cast.ana.name));

  await browser.open('/');
  await browser.send(browser.form('/logout'));
  await browser.logIn(cast.cleo);

  await browser.send(form);
  assert.equal(browser.page.status, 200);
  assert.equal(browser.heading(), 'Continue to Shop?');
  assert.ok(browser.page.html.includes(cast.cleo.name));
  assert.ok(!browser.page.html.includes(cast.ana.name));
  assert.equal(await rows(world, 'grants'), 0);
  await browser.send(form);
  assert.equal(browser.page.status, 403, 'once it was shown to Cleo, the form of Ana is worth nothing');
  await browser.open(shopDialog({ scope: 'email' }));
  await browser.send(browser.form(CONSENT, { decision: 'continue' }));
  assert.ok(answerOf(browser.page.location).query.get('code'));
  assert.ok(await world.server.installation.facts.grant(cast.shop.id, cast.cleo.id));
  assert.equal(await world.server.installation.facts.grant(cast.shop.id, cast.ana.id), null);
});

test('DL-16: what one person ticked is not carried over to the next', async () => {
  await browser.logIn(cast.ana);
  await browser.open(shopDialog({ scope: 'email,pages_show_list' }));
  await browser.send(browser.form(CONSENT, { decision: 'continue' }));
  const pages = browser.form('/dialog/oauth/pages', { decision: 'continue' });
  await browser.send(browser.form('/dialog/oauth/switch'));
  assert.match(browser.heading(), /^Log in to continue/);
  await browser.send(
    browser.form('/dialog/oauth/log-in', { email: cast.ben.email, password: cast.ben.password, decision: 'continue' }),
  );
  assert.equal(browser.heading(), 'Continue to Shop?');
  await browser.send(pages);
  assert.equal(browser.page.status, 403);
  assert.equal(await rows(world, 'grants'), 0);
});

test('DL-16: logged out in a second tab, the confirm leads to the log-in of the same dialog', async () => {
  await browser.logIn(cast.ana);
  await browser.open(shopDialog());
  const form = browser.form(CONSENT, { decision: 'continue' });
  await browser.open('/');
  await browser.send(browser.form('/logout'));
  await browser.send(form);
  assert.match(browser.heading(), /^Log in to continue to Shop/);
  assert.equal(await rows(world, 'grants'), 0);
});

test('DL-18: after a form every redirect is 303', async () => {
  await browser.open(shopDialog({ scope: 'pages_show_list' }));
  await browser.post(
    browser.form('/dialog/oauth/log-in', { email: cast.ana.email, password: cast.ana.password, decision: 'continue' }),
  );
  assert.equal(browser.page.status, 303);
  await browser.open(browser.page.location as string);
  await browser.post(browser.form(CONSENT, { decision: 'continue' }));
  assert.equal(browser.page.status, 303);
  await browser.open(browser.page.location as string);
  await browser.post(browser.form('/dialog/oauth/pages', { decision: 'continue' }));
  assert.equal(browser.page.status, 303);
  assert.ok(browser.page.location?.startsWith(CALLBACK));
  assert.equal(browser.page.headers['referrer-policy'], 'no-referrer');
  assert.equal(browser.page.headers['cache-control'], 'no-store');
});

test('a dialog in one tab does not disturb a dialog in another', async () => {
  await browser.logIn(cast.ana);
  await browser.open(shopDialog({ state: 'one' }));
  const one = browser.form(CONSENT, { decision: 'continue' });
  await browser.open(shopDialog({ state: 'two', scope: 'email' }));
  const two = browser.form(CONSENT, { decision: 'continue' });
  await browser.send(one);
  assert.equal(answerOf(browser.page.location).query.get('state'), 'one');
  await browser.send(two);
  assert.equal(answerOf(browser.page.location).query.get('state'), 'two');
});
