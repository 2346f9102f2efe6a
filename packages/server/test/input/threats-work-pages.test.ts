// IV-15: also a page for people is bounded: somebody with a thousand Pages, who has let a hundred apps use them, cannot
// hold a node by opening their settings or a dialog.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { MOST_PAGES_LISTED } from '@hallpass/pages';
import { change } from '../../src/liveness/change.ts';
import type { WorldSeed } from '../../src/entries/testing.ts';
import * as grants from '../../src/store/grants/grants.ts';
import { Browser } from '../browser.ts';
import { shopDialog } from '../dialog-journey.ts';
import { cast, seed as plain, testWorld, type TestWorld } from '../world.ts';
import { AppId } from '../../src/store/ids.ts';
import { mustTakeLessThan } from '../../../protocol/test/processor-time.ts';

const { ana, shop } = cast;
const APPS = 120;
const pageIds = Array.from({ length: 1000 }, (_, i) => String(700_000 + i));
const appIds = Array.from({ length: APPS }, (_, i) => String(600_000 + i));
const permissions = ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts', 'pages_manage_metadata'];

const seed: WorldSeed = {
  ...plain,
  apps: [
    ...plain.apps,
    ...appIds.map((id) => ({
      id,
      name: `App ${id}`,
      secret: id.padStart(32, '0'),
      clientToken: id.padStart(32, '1'),
      mode: 'live' as const,
      type: 'web' as const,
      settings: { advancedAccess: permissions },
    })),
  ],
  pages: [
    ...plain.pages,
    ...pageIds.map((id) => ({
      id,
      name: `Page ${id}`,
      category: 'Shop',
      roles: [{ person: ana.id, tasks: ['MANAGE', 'CREATE_CONTENT', 'ANALYZE'] as const }],
    })),
  ],
} as WorldSeed;

let world: TestWorld;
let browser: Browser;

before(async () => {
  world = await testWorld({ seed });
  const now = world.clock.now();
  await change(world.server.installation, async ({ tx }) => {
    for (const appId of appIds)
      await grants.put(tx, {
        appId: AppId.of(appId),
        personId: ana.id,
        permissions: Object.fromEntries(permissions.map((name) => [name, { status: 'granted', targets: pageIds }])),
        dataAccessUntil: now + 90 * 86_400,
        createdAt: now,
        updatedAt: now,
      });
  });
  browser = new Browser(world);
  await browser.logIn(ana);
});
after(() => world.close());

/** Milliseconds; far more than it takes: unbounded, the list of apps took seconds. */
const MOST = 500;
/** Milliseconds for what is refused. */
const FEW = 100;

async function mustBeBounded(what: string, limit: number, act: () => Promise<unknown>): Promise<void> {
  const { ms } = await mustTakeLessThan(limit, act, what);
  if (process.env.SHOW_WORK) console.log(`${ms.toFixed(0).padStart(6)} ms  ${what}`);
}

test('IV-15: the list of apps shows so many, names a few Pages of each, and the Pages of one app at a time', async () => {
  await mustBeBounded('the list of apps', MOST, () => browser.open('/settings/apps'));
  assert.equal(browser.page.status, 200);
  assert.equal(browser.page.html.match(/<details class="app"/g)?.length, 50);
  assert.match(browser.page.html, /and 990 more/);
  assert.ok(browser.page.html.length < 1_000_000, `${browser.page.html.length} characters`);
  assert.doesNotMatch(browser.page.html, /name="pages"/);
});

test('IV-15: every app is in one of the lists, and each can be opened', async () => {
  const found = new Set<string>();
  let next: string | undefined = '/settings/apps';
  for (let lists = 0; next !== undefined && lists < 10; lists++) {
    await browser.open(next);
    for (const [, id = ''] of browser.page.html.matchAll(/\/settings\/apps\?open=(\d+)/g)) found.add(id);
    next = /href="([^"]+)">Later apps/.exec(browser.page.html)?.[1]?.replaceAll('&amp;', '&');
  }
  assert.deepEqual([...found].sort(), [...appIds].sort());
  const last = appIds.at(-1) ?? '';
  await mustBeBounded('one app open', MOST, () => browser.open(`/settings/apps?open=${last}`));
  assert.equal(browser.page.html.match(/name="pages"/g)?.length, MOST_PAGES_LISTED);
  assert.match(browser.page.html, /Only 500 of your Pages are listed/);
});

test('IV-15: the step in which Pages are chosen lists so many, and takes the answer', async () => {
  const yes = async () => {
    await browser.open(shopDialog({ scope: 'email,pages_show_list' }));
    await browser.send(browser.form('/dialog/oauth/confirm', { decision: 'continue' }));
  };
  await mustBeBounded('the step in which Pages are chosen', MOST, yes);
  assert.match(browser.page.html, /Only 500 of your Pages are listed/);
  const chosen = browser.form('/dialog/oauth/pages', { decision: 'continue' });
  assert.equal(chosen.fields.filter(([name]) => name === 'pages').length, MOST_PAGES_LISTED);
  await browser.send(chosen);
  assert.match(browser.page.location ?? '', /code=/);
});

for (const [what, path] of [
  ['a list that is none', '/settings/apps?list=x'],
  ['a list beyond the last', '/settings/apps?list=999999'],
  ['an app that is none', '/settings/apps?open=1'],
] as const)
  test(`IV-15: ${what} is answered with a list`, async () => {
    await browser.open(path);
    assert.equal(browser.page.status, 200);
    assert.match(browser.page.html, /<details class="app"/);
  });

test('IV-15: a query of the greatest length with one name again and again, and very many cookies, take no more than milliseconds', async () => {
  const names = 'a='.padEnd(4, 'b');
  const query = `access_token=x&${Array.from({ length: 990 }, () => 'fields=id').join('&')}`;
  const cookie = Array.from({ length: 2000 }, (_, i) => `c${i}=${names}`).join('; ');
  for (const [path, headers] of [
    ['/me', {}],
    ['/dialog/oauth', {}],
    ['/settings/apps', { cookie }],
    ['/login', { cookie: '__Host-hp_session=a;'.repeat(1500) }],
  ] as const)
    await mustBeBounded(path, FEW, () => world.send({ path, query, headers: { host: 'localhost:4000', ...headers } }));
});

test('IV-15: a token of the greatest size, and longer ones, are refused in milliseconds at every place that takes one', async () => {
  const own = `${shop.id}|${shop.secret}`;
  for (const length of [4096, 60_000]) {
    const part = 'A'.repeat(Math.floor(length / 3) - 1);
    for (const token of [`EAA${'x'.repeat(length - 3)}`, `${part}.${part}.${part}`])
      for (const [path, fields] of [
        ['/me', { access_token: token }],
        ['/debug_token', { input_token: token, access_token: own }],
        [
          '/oauth/access_token',
          { grant_type: 'fb_exchange_token', fb_exchange_token: token, client_id: shop.id, client_secret: shop.secret },
        ],
        ['/limited_login/refresh/', { id_token: token }],
      ] satisfies [string, Record<string, string>][])
        await mustBeBounded(`${path}, ${length} characters`, FEW, () =>
          world.send({
            path,
            method: 'POST',
            body: Buffer.from(new URLSearchParams(fields).toString()),
            headers: {
              host: 'localhost:4000',
              'content-type': 'application/x-www-form-urlencoded',
              dpop: token.slice(0, 16_000),
            },
          }),
        );
  }
});
