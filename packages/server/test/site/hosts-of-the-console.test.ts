// These tests are about a platform with a base domain: the first page, the log-in and the console are on the hosts for
// pages, and the Graph has hosts of its own. The console calls the Graph through the door on its own host.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { graphLabels, pageLabels } from '@hallpass/protocol';
import { Browser } from '../browser.ts';
import { Desk } from '../dashboard.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, bakery } = cast;
const DOMAIN = 'id.example';
const pageHosts = [DOMAIN, ...pageLabels.map((label) => `${label}.${DOMAIN}`)];
const graphHosts = graphLabels.map((label) => `${label}.${DOMAIN}`);
const consolePages = ['/', '/tools/explorer', '/tools/debug/accesstoken', '/console/apps', '/console/business'];
const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';

let world: TestWorld;
before(async () => {
  world = await testWorld({
    settings: { publicUrl: `https://www.${DOMAIN}`, baseDomain: DOMAIN },
    world: { console: { html: (nonce) => `<!doctype html><title>The console</title>${nonce}`, assets: new Map() } },
  });
});
after(() => world.close());

async function ask(host: string, path: string) {
  const answer = await world.send({ host, path, query: '', headers: { host, accept } });
  return { status: answer.status, headers: answer.headers, text: String(answer.body) };
}

test('each host for pages shows the first page, the tools and the log-in', async () => {
  for (const host of pageHosts) {
    for (const path of consolePages) {
      const { status, text, headers } = await ask(host, path);
      assert.deepEqual([status, text.includes('The console')], [200, true], host + path);
      const policy = String(headers['content-security-policy']);
      assert.match(policy, /frame-ancestors 'none'/);
      assert.match(policy, new RegExp(`connect-src 'self' https://graph\\.${DOMAIN.replaceAll('.', '\\.')};`));
    }
    const logIn = await ask(host, '/login');
    assert.deepEqual([logIn.status, /<form[^>]*method="post"/i.test(logIn.text)], [200, true], host);
  }
});

test('a host of the Graph shows none of them', async () => {
  for (const host of graphHosts)
    for (const path of [...consolePages, '/login', '/console/session', '/console/graph/me']) {
      const { status, text } = await ask(host, path);
      assert.notEqual(status, 200, host + path);
      assert.ok(!/The console|<form/.test(text), host + path);
    }
});

test('a host for pages answers no call of the Graph but through the door of the console', async () => {
  for (const host of pageHosts) {
    const { status, text } = await ask(host, `/v25.0/${bakery.id}`);
    assert.deepEqual([status, text.includes('There is no such page')], [404, true], host);
  }
});

test('somebody logs in on each host for pages, is on the first page, and asks the Graph from there as themselves', async () => {
  for (const host of pageHosts) {
    const browser = new Browser(world, { host });
    const page = await browser.logIn(ana);
    assert.deepEqual([page.url, page.html.includes('The console')], ['/', true], host);
    const desk = await new Desk(world, host).open(ana);
    const me = await desk.get('/v25.0/me?fields=id,name');
    assert.deepEqual([me.status, me.body.name], [200, ana.name], host);
  }
});

test('an unknown host of the domain is answered 421 and shows nothing', async () => {
  for (const host of [`x.${DOMAIN}`, `console.www.${DOMAIN}`, `${DOMAIN}.evil.example`])
    for (const path of [...consolePages, '/login']) {
      const { status, text } = await ask(host, path);
      assert.deepEqual([status, text.includes('The console')], [421, false], host + path);
    }
});
