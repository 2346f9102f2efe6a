// These tests are about an address that is neither a page nor a call: a person gets a page that leads on, a program
// gets the Graph's error.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
before(async () => {
  world = await testWorld();
});
after(() => world.close());

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

for (const path of [
  '/setings',
  '/settings/nothing',
  '/consol',
  '/v25.0/nothing/here',
  '/invitations?key=1',
  '/setings?open=4',
]) {
  test(`a browser that opens ${path} gets a page with a way on`, async () => {
    const page = await world.get(path, browser);
    assert.equal(page.status, 404);
    assert.match(String(page.headers['content-type']), /^text\/html/);
    assert.match(page.text, /There is no such page/);
    assert.match(page.text, /href="\/"/);
  });

  test(`a program that asks for ${path} gets JSON`, async () => {
    const answer = await world.get(path);
    assert.equal(answer.status, 400);
    assert.equal(answer.body.error.type, 'OAuthException');
  });
}

test('a browser that opens a call of the Graph still sees its JSON', async () => {
  const answer = await world.get('/v25.0/me', browser);
  assert.equal(answer.body.error.type, 'OAuthException');
});

for (const query of ['access_token=1', 'fields=id', 'metadata=1'])
  test(`a browser that opens a name of the Graph with ${query} sees its JSON`, async () => {
    const answer = await world.get(`/cocacola?${query}`, browser);
    assert.equal(answer.body.error.type, 'OAuthException');
  });

for (const [path, page] of [
  ['/device/', '/device'],
  ['/settings/apps/?open=4', '/settings/apps?open=4'],
] as const)
  test(`a browser that opens ${path} is led to the page without the slash`, async () => {
    const { status, headers } = await world.get(path, browser);
    assert.deepEqual([status, headers.location], [302, page]);
  });

test('a page that asks for a log-in comes back with its whole address, and without the words of a finished act', async () => {
  const next = async (path: string) => {
    const location = String((await world.get(path, browser)).headers.location);
    return new URL(location, 'http://localhost').searchParams.get('next');
  };
  assert.equal(await next('/settings/apps?open=4001'), '/settings/apps?open=4001');
  assert.equal(await next('/settings?done=saved&seal=abc'), '/settings');
});
