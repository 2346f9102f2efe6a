// A person can choose again which Pages an app may use: in the next dialog, and under Apps and websites. The choice can
// be for all Pages of the person, also those to come.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { givePageRole } from '../../src/pages/page-roles.ts';
import { change } from '../../src/liveness/change.ts';
import { answerOf, Browser } from '../browser.ts';
import { shopDialog } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let browser: Browser;
beforeEach(async () => {
  world = await testWorld();
  browser = new Browser(world);
});
afterEach(() => world.close());

const CONSENT = '/dialog/oauth/confirm';
const PAGES = '/dialog/oauth/pages';
const AGAIN = '/dialog/oauth/again';
const LOG_IN = '/dialog/oauth/log-in';
const SETTINGS = '/settings/apps/pages';
const { ana, ben, bakery, garden, shop } = cast;
const scope = 'pages_show_list';
const asToken = (params = {}) => shopDialog({ scope, response_type: 'token', ...params });

const tokenNow = (): string => {
  const token = answerOf(browser.page.location).fragment.get('access_token');
  assert.ok(token, `${browser.page.status} ${browser.heading()}`);
  return token;
};
const listed = async (token: string): Promise<string[]> =>
  ((await world.get(`/me/accounts?access_token=${token}`)).body.data as { id: string }[]).map(({ id }) => id);
const asksFor = (action: string): boolean =>
  browser.page.status === 200 && browser.forms().some((form) => form.action === action);

/** Ben, who has the bakery alone, lets the app use it. */
async function benChooses(fields: Record<string, string | string[]> = {}): Promise<string> {
  await browser.logIn(ben);
  await browser.open(asToken());
  await browser.send(browser.form(CONSENT, { decision: 'continue' }));
  await browser.send(browser.form(PAGES, { ...fields, decision: 'continue' }));
  return tokenNow();
}

const benGetsTheGarden = () =>
  change(world.server.installation, (act) =>
    givePageRole(act, {
      pageId: garden.id,
      personId: ben.id,
      tasks: ['ANALYZE'],
      by: { kind: 'operator' },
      now: world.clock.now(),
    }),
  );

suite('a person who got a role on another Page after the first consent', () => {
  for (const [name, params] of Object.entries({
    'a plain dialog': {},
    rerequest: { auth_type: 'rerequest' },
    reauthorize: { auth_type: 'reauthorize' },
  }))
    for (const loggedIn of [true, false])
      test(`${name}, ${loggedIn ? 'logged in' : 'in a browser where nobody is logged in'}: names the Page, and lets it be chosen`, async () => {
        await benChooses();
        await benGetsTheGarden();
        if (!loggedIn) browser = new Browser(world);
        await browser.open(asToken(params));
        if (!loggedIn)
          await browser.send(browser.form(LOG_IN, { email: ben.email, password: ben.password, decision: 'continue' }));
        assert.ok(browser.page.html.includes(garden.name), browser.page.html);
        await browser.send(browser.form(AGAIN, { decision: 'pages' }));
        const ticked = browser.form(PAGES).fields.filter(([field]) => field === 'pages');
        assert.deepEqual(ticked, [['pages', bakery.id]], 'what was chosen before is ticked, what is new is not');
        await browser.send(browser.form(PAGES, { pages: [bakery.id, garden.id], decision: 'continue' }));
        assert.deepEqual(await listed(tokenNow()), [bakery.id, garden.id]);
      });

  test('can go on as before, and gets nothing new', async () => {
    await benChooses();
    await benGetsTheGarden();
    await browser.open(asToken());
    await browser.send(browser.form(AGAIN, { decision: 'continue' }));
    assert.deepEqual(await listed(tokenNow()), [bakery.id]);
  });

  test('is asked nothing by a dialog that may show nothing', async () => {
    await benChooses();
    await benGetsTheGarden();
    await browser.open(asToken({ prompt: 'none' }));
    assert.deepEqual(await listed(tokenNow()), [bakery.id]);
  });

  test('can choose at a dialog that asks for something else', async () => {
    await benChooses();
    await benGetsTheGarden();
    await browser.open(asToken({ scope: 'email' }));
    await browser.send(browser.form(CONSENT, { decision: 'pages' }));
    await browser.send(browser.form(PAGES, { pages: [garden.id], decision: 'continue' }));
    assert.deepEqual(await listed(tokenNow()), [garden.id]);
  });
});

test('a person whose Pages are all chosen goes straight back, and rerequest lets them choose all the same', async () => {
  await benChooses();
  await browser.open(asToken());
  assert.deepEqual(await listed(tokenNow()), [bakery.id]);
  await browser.open(asToken({ auth_type: 'rerequest' }));
  assert.ok(asksFor(AGAIN));
  await browser.send(browser.form(AGAIN, { decision: 'pages' }));
  assert.ok(asksFor(PAGES));
});

test('a person without a Page gets one later, and is offered it', async () => {
  await browser.logIn(cast.cleo);
  await browser.open(asToken());
  await browser.send(browser.form(CONSENT, { decision: 'continue' }));
  await browser.send(browser.form(PAGES, { decision: 'continue' }));
  assert.deepEqual(await listed(tokenNow()), []);
  const role = { pageId: garden.id, personId: cast.cleo.id, by: { kind: 'operator' as const }, now: world.clock.now() };
  await change(world.server.installation, (act) => givePageRole(act, { ...role, tasks: ['MANAGE'] }));
  await browser.open(asToken());
  assert.ok(browser.page.html.includes(garden.name));
});

suite('all current and future Pages', () => {
  test('a Page that comes later is listed at once, and nobody is asked', async () => {
    const token = await benChooses({ page_scope: 'all', pages: [] });
    assert.deepEqual(await listed(token), [bakery.id]);
    await benGetsTheGarden();
    assert.deepEqual(await listed(token), [bakery.id, garden.id]);
    const debug = await world.get(`/debug_token?input_token=${token}&access_token=${shop.id}|${shop.secret}`);
    assert.deepEqual(debug.body.data.granular_scopes, [{ scope: 'pages_show_list' }]);
    await browser.open(asToken());
    assert.deepEqual(await listed(tokenNow()), [bakery.id, garden.id]);
  });

  test('is what is chosen when the choice is shown again, and single Pages can take its place', async () => {
    await benChooses({ page_scope: 'all' });
    await browser.open(asToken({ auth_type: 'rerequest' }));
    await browser.send(browser.form(AGAIN, { decision: 'pages' }));
    assert.deepEqual(
      browser.form(PAGES).fields.filter(([field]) => field === 'page_scope'),
      [['page_scope', 'all']],
    );
    await browser.send(browser.form(PAGES, { page_scope: 'some', pages: [bakery.id], decision: 'continue' }));
    await benGetsTheGarden();
    assert.deepEqual(await listed(tokenNow()), [bakery.id]);
  });
});

suite('under Apps and websites', () => {
  const choose = async (fields: Record<string, string | string[]>) => {
    await browser.open(`/settings/apps?open=${shop.id}`);
    await browser.send(browser.form(SETTINGS, fields));
  };

  test('Pages are added and taken away; tokens that are there follow at the next call', async () => {
    await browser.logIn(ana);
    await browser.open(asToken());
    await browser.send(browser.form(CONSENT, { decision: 'continue' }));
    await browser.send(browser.form(PAGES, { pages: [bakery.id], decision: 'continue' }));
    const token = tokenNow();
    const pageToken = (await world.get(`/${bakery.id}?fields=access_token&access_token=${token}`)).body
      .access_token as string;
    await choose({ pages: [garden.id] });
    assert.deepEqual(await listed(token), [garden.id]);
    assert.equal((await world.get(`/me?access_token=${pageToken}`)).body.error.code, 190);
    await choose({ page_scope: 'all' });
    assert.deepEqual(await listed(token), [bakery.id, garden.id]);
    assert.equal((await world.get(`/me?access_token=${pageToken}`)).body.id, bakery.id);
    await choose({ page_scope: 'some', pages: [] });
    assert.deepEqual(await listed(token), []);
  });

  test('DL-05: a Page of somebody else is not given by naming it', async () => {
    const token = await benChooses();
    await choose({ pages: [bakery.id, garden.id] });
    assert.deepEqual(await listed(token), [bakery.id]);
    await benGetsTheGarden();
    assert.deepEqual(await listed(token), [bakery.id]);
  });

  test('an app that was never added, and one without a permission about Pages, get nothing', async () => {
    const token = await benChooses();
    await choose({ app: cast.rival.id, page_scope: 'all' });
    assert.equal(await world.server.installation.facts.grant(cast.rival.id, ben.id), null);
    await world.delete(`/me/permissions/pages_show_list?access_token=${token}`);
    await browser.open(`/settings/apps?open=${shop.id}`);
    assert.ok(!asksFor(SETTINGS));
  });
});
