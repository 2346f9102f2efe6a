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

for (const path of ['/setings', '/settings/nothing', '/consol', '/v25.0/nothing/here']) {
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
