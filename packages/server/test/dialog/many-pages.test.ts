// A person with many Pages finds, ticks and unticks them in the dialog and under Apps and websites, without scripts.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { createPage, personNamed } from '../../src/entries/operator.ts';
import { answerOf, Browser } from '../browser.ts';
import { shopDialog } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const PAGES = '/dialog/oauth/pages';
const SETTINGS = '/settings/apps/pages';
const { cleo, shop } = cast;

let world: TestWorld;
let browser: Browser;
beforeEach(async () => {
  world = await testWorld();
  browser = new Browser(world);
  const { installation } = world.server;
  const owner = await personNamed(installation, cleo.id);
  assert.ok(owner);
  for (let at = 1; at <= 30; at++)
    await createPage(installation, owner, { name: `Café ${at}`, category: 'Café' }, { kind: 'operator' });
});
afterEach(() => world.close());

/** Names of the rows, and of those that are ticked. */
function rows(action: string): { shown: string[]; ticked: string[] } {
  const html = browser.page.html.slice(browser.page.html.indexOf(`action="${action}"`));
  const found = [...html.matchAll(/name="pages" value="\d+"( checked)?><span class="what"><strong><bdi>([^<]+)/g)];
  return {
    shown: found.map(([, , name = '']) => name),
    ticked: found.flatMap(([, ticked, name = '']) => (ticked ? [name] : [])),
  };
}

test('thirty Pages: none, a filter, all that it shows, and these alone are given', async () => {
  await browser.logIn(cleo);
  await browser.open(shopDialog({ scope: 'pages_show_list', response_type: 'token' }));
  await browser.send(browser.form('/dialog/oauth/confirm', { decision: 'continue' }));
  assert.equal(rows(PAGES).ticked.length, 30, 'the first time everything is ticked');
  assert.equal(browser.page.innerText.split('Your tasks on each of these Pages:').length, 2, 'tasks are said once');
  await browser.send(browser.form(PAGES, { decision: 'tick_none' }));
  assert.deepEqual([rows(PAGES).shown.length, rows(PAGES).ticked.length], [30, 0]);
  await browser.send(browser.form(PAGES, { decision: 'filter', filter: ' cafe 2' }));
  assert.equal(rows(PAGES).shown.length, 11, 'accents and case do not matter');
  await browser.send(browser.form(PAGES, { decision: 'tick_all' }));
  await browser.send(browser.form(PAGES, { decision: 'filter', filter: 'no such name' }));
  assert.match(browser.page.innerText, /No Pages match/);
  await browser.send(browser.form(PAGES, { decision: 'show_all' }));
  assert.deepEqual([rows(PAGES).shown.length, rows(PAGES).ticked.length], [30, 11], 'ticks out of sight are kept');
  await browser.send(browser.form(PAGES, { decision: 'continue' }));
  const token = answerOf(browser.page.location).fragment.get('access_token');
  const given = (await world.get(`/me/accounts?limit=100&access_token=${token}`)).body.data as { name: string }[];
  assert.equal(given.length, 11);
  assert.ok(given.every(({ name }) => name.startsWith('Café 2')));

  await browser.open(`/settings/apps?open=${shop.id}`);
  await browser.send(browser.form(SETTINGS, { decision: 'filter', filter: 'Café 3' }));
  assert.deepEqual(rows(SETTINGS), { shown: ['Café 3', 'Café 30'], ticked: [] });
  await browser.send(browser.form(SETTINGS, { decision: 'tick_all' }));
  assert.equal((await world.get(`/me/accounts?limit=100&access_token=${token}`)).body.data.length, 11, 'not saved yet');
  await browser.send(browser.form(SETTINGS, { decision: 'continue' }));
  assert.equal((await world.get(`/me/accounts?limit=100&access_token=${token}`)).body.data.length, 13);
});

test('WP-05: words of a filter are shown as text, and a Page that was not listed is not taken', async () => {
  await browser.logIn(cleo);
  await browser.open(shopDialog({ scope: 'pages_show_list' }));
  await browser.send(browser.form('/dialog/oauth/confirm', { decision: 'continue' }));
  await browser.send(browser.form(PAGES, { decision: 'filter', filter: '"><script>alert(1)</script>' }));
  assert.ok(!browser.page.html.includes('<script'));
  await browser.send(browser.form(PAGES, { decision: 'filter', filter: 'x'.repeat(5000), pages: ['1'] }));
  assert.equal(browser.page.status, 200);
  assert.ok(!browser.page.html.includes('value="1"'));
  await browser.send(browser.form(PAGES, { decision: 'continue', pages: [cast.garden.id] }));
  assert.equal(browser.page.location, undefined);
});
