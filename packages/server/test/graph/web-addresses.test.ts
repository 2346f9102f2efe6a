// Addresses of the web as objects: what is read of them, and what an app may have read by the server.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { summaryOf } from '../../src/nodes/url/open-graph.ts';
import { receiver } from '../apps/receiver.ts';
import { cast, seed, testWorld } from '../world.ts';
import { mustGrowLinearly } from '../../../protocol/test/processor-time.ts';

const { shop, rival } = cast;
const appToken = `${shop.id}|${shop.secret}`;
const page = `<html><head><title>Bread &amp; cakes</title>
<meta property="og:title" content="Rye > wheat &#x26; spelt"><META content='An "old" recipe' name=description>
<meta property="og:image" content="https://bakery.example/rye.png"><meta property="og:image" content="javascript:1">
<meta property="og:type" content="article"><meta property="og:site_name" content=Bakery></head>`;

async function scene(t: TestContext, callbackReceivers: 'local' | 'public' | 'any') {
  const server = await receiver();
  server.answer = (_got, response) => void response.setHeader('content-type', 'text/html').end(page);
  const asked: { url: string; reach: string }[] = [];
  const outbound: typeof server.outbound = {
    send(request) {
      asked.push({ url: request.url, reach: request.reach });
      return server.outbound.send(request);
    },
  };
  t.after(() => server.close());
  const planted = {
    ...seed,
    apps: seed.apps?.map((app) =>
      app.id === shop.id ? { ...app, settings: { ...app.settings, websiteUrl: `${server.url}/` } } : app,
    ),
  };
  const world = await testWorld({
    settings: { callbackReceivers, rateLimits: true },
    world: { outbound },
    seed: planted,
  });
  t.after(() => world.close());
  const scrape = async (id: string, more: Record<string, string> = {}) =>
    world.post('/', { id, scrape: 'true', access_token: appToken, ...more });
  return { server, world, asked, scrape };
}

test('a page of a server of the app is read, and nothing else of this machine is', async (t) => {
  const { server, world, asked, scrape } = await scene(t, 'local');
  const { updated_time, ...said } = (await scrape(`${server.url}/rye`)).body;
  assert.match(updated_time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
  assert.deepEqual(said, {
    url: `${server.url}/rye`,
    type: 'article',
    title: 'Rye > wheat & spelt',
    description: 'An "old" recipe',
    site_name: 'Bakery',
    image: [{ url: 'https://bakery.example/rye.png' }],
    id: `${server.url}/rye`,
  });
  assert.equal(asked.length, 1);
  for (const id of ['https://example.com/x', 'http://127.0.0.1:9200/', 'http://localhost/'])
    assert.deepEqual(
      [(await scrape(id)).status, (await scrape(id)).body.title, asked.length],
      [200, id, 1],
      `${id} is answered without a call`,
    );
  const other = await scrape(`${server.url}/rye`, { access_token: `${rival.id}|${rival.secret}` });
  assert.equal(other.body.title, `${server.url}/rye`);
  assert.equal(asked.length, 1, 'another app has no page of it read');
  assert.deepEqual((await world.get(`/?id=${encodeURIComponent(`${server.url}/rye`)}&access_token=${appToken}`)).body, {
    id: `${server.url}/rye`,
  });
  assert.equal(asked.length, 1, 'reading calls nobody');
});

test('RL-18: pages are read by the fence of the open network, also where every server may be called', async (t) => {
  for (const callbackReceivers of ['public', 'any'] as const) {
    const { asked, scrape, server } = await scene(t, callbackReceivers);
    await scrape(`${server.url}/rye`);
    assert.deepEqual(asked, [{ url: `${server.url}/rye`, reach: 'public' }]);
  }
});

test('a page that does not answer 200 is 1609005, and an app has the same page read ten times an hour', async (t) => {
  const { server, scrape, world } = await scene(t, 'local');
  server.answer = (_got, response) => void response.writeHead(404).end();
  for (let i = 0; i < 10; i++) assert.equal((await scrape(`${server.url}/x`)).body.error.code, 1_609_005);
  assert.equal((await scrape(`${server.url}/x`)).body.error.code, 613);
  assert.equal((await scrape(`${server.url}/y`)).body.error.code, 1_609_005);
  await world.clock.advance(3601);
  assert.equal((await scrape(`${server.url}/x`)).body.error.code, 1_609_005);
});

test('scrape must be true, a client token may not have a page read, and nobody without a token may ask', async (t) => {
  const { scrape, world, asked } = await scene(t, 'local');
  const id = 'https://example.com/';
  for (const wrong of ['false', '', 'maybe']) assert.equal((await scrape(id, { scrape: wrong })).body.error.code, 100);
  assert.equal((await scrape(id, { access_token: `${shop.id}|${shop.clientToken}` })).status, 403);
  assert.equal((await world.post('/', { id, scrape: 'true' })).body.error.code, 104);
  assert.equal((await world.get(`/?id=${id}`)).body.error.code, 104);
  assert.equal((await world.delete(`/?id=${id}&access_token=${appToken}`)).body.error.code, 100);
  assert.deepEqual(asked, []);
});

test('RL-18: a page of any bytes is summed up in time that grows with its length', async () => {
  const long = 64 * 1024;
  for (const piece of [
    '<meta ',
    '<meta content="',
    "<meta a='",
    '<title',
    '&#',
    '<meta property=og:title content=x>',
    'ü<meta>',
    '<meta a=b ',
    '<meta content="x" a="',
  ]) {
    const make = (size: number) => piece.repeat(size / piece.length);
    await mustGrowLinearly(piece, make, summaryOf, long / 8);
    assert.ok(JSON.stringify(summaryOf(make(long))).length < 50_000, piece);
  }
  assert.deepEqual(summaryOf('<meta property="og:title" content="&#x110000;&#0;&bogus;&amp;lt;">'), {
    title: '&bogus;&lt;',
  });
  assert.deepEqual(summaryOf(''), {});
});
