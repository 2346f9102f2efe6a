// These tests are about test users as the live suites of older clients make and read them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cast, testWorld } from '../world.ts';

const appToken = `${cast.shop.id}|${cast.shop.secret}`;

async function scene(t: { after(close: () => Promise<void>): void }) {
  const world = await testWorld();
  t.after(() => world.close());
  const make = async (form: Record<string, string> = {}) =>
    (await world.post(`/${cast.shop.id}/accounts/test-users`, { access_token: appToken, ...form })).body;
  return { world, make };
}

test('permissions that were retired are left out with a debug message, and a word that never was one is refused', async (t) => {
  const { world, make } = await scene(t);
  const made = await make({ permissions: 'email,read_stream,publish_actions,offline_access', debug: 'all' });
  assert.deepEqual(
    made.__debug__.messages.map(({ message }: { message: string }) => message),
    [
      'The permission read_stream is deprecated for versions v2.4 and higher and is left out.',
      'The permission publish_actions is deprecated for versions v3.0 and higher and is left out.',
      'The permission offline_access is deprecated for versions v2.0 and higher and is left out.',
    ],
  );
  const { data } = (await world.get(`/me/permissions?access_token=${made.access_token}`)).body;
  assert.deepEqual(
    data.map(({ permission }: { permission: string }) => permission),
    ['public_profile', 'email'],
  );
  assert.equal((await make({ permissions: 'email,nonsense' })).error.message, '(#100) Invalid parameter: permissions');
});

test('an app token lists the friends of a test user, whatever they let the app see; not those of anybody else', async (t) => {
  const { world, make } = await scene(t);
  const [one, two, three] = [await make(), await make({ installed: 'true' }), await make()];
  for (const other of [two, three]) {
    await world.post(`/${one.id}/friends/${other.id}`, { access_token: one.access_token });
    await world.post(`/${other.id}/friends/${one.id}`, { access_token: other.access_token });
  }
  const { body } = await world.get(`/${one.id}/friends?fields=id&summary=total_count&access_token=${appToken}`);
  assert.deepEqual(body.data.map(({ id }: { id: string }) => id).toSorted(), [two.id, three.id].toSorted());
  assert.equal(body.summary.total_count, 2);
  const asAna = await world.login(cast.shop.id, cast.ana.id, { permissions: ['user_friends'] });
  const { id } = (await world.get(`/me?fields=id&access_token=${asAna}`)).body;
  assert.equal((await world.get(`/${id}/friends?access_token=${appToken}`)).status, 403);
  const rival = `${cast.rival.id}|${cast.rival.secret}`;
  assert.equal((await world.get(`/${one.id}/friends?access_token=${rival}`)).body.error.error_subcode, 33);
});
