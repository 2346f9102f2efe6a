// The browser tells our tokens from those of the real service by their look, so that those are never sent anywhere.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { looksSealedHere } from '@hallpass/protocol';
import { cast, type TestWorld, testWorld } from '../world.ts';

let t: TestWorld;
before(async () => {
  t = await testWorld();
});
after(() => t.close());

test('every kind of token that is sealed here looks like one', async () => {
  const { shop, ana, bakery } = cast;
  const user = await t.login(shop.id, ana.id, { permissions: ['pages_show_list', 'pages_read_engagement'] });
  const page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body.access_token as string;
  const form = { client_id: shop.id, grant_type: 'fb_attenuate_token', fb_exchange_token: user };
  const info = (await t.get(`/oauth/access_token?${new URLSearchParams(form)}`)).body.access_token as string;
  for (const token of [user, page, info]) assert.ok(looksSealedHere(token), token.slice(0, 8));
});

test('forms that the real service writes do not', () => {
  for (const start of [
    'EAACEdEose0cBA',
    'EAAGm0PX4ZCpsBA',
    'EAABwzLixnjYBO',
    'EAAAAUaZA8jlABA',
    'CAACEdEose0cBA',
    'EAAJZBZCq',
  ])
    assert.ok(!looksSealedHere(start + 'k7f'.repeat(60)), start);
  assert.ok(!looksSealedHere('EAAAQ'));
});
