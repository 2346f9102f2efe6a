// A seed that names what is there already adds what is new to it, and changes nothing of what is there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPartOf, seedWorld, type WorldSeed } from '../../src/entries/testing.ts';
import { cast, testWorld } from '../world.ts';

const { ana, ben, shop, bakery } = cast;

const seed: WorldSeed = {
  people: [
    { id: '77', name: 'Somebody Else', email: ana.email, password: 'another-password', administrator: true },
    { id: '78', name: 'Nora', email: 'nora@example.com' },
  ],
  apps: [{ ...shop, name: 'Taken Over', secret: '9'.repeat(32), clientToken: '8'.repeat(32), mode: 'live', type: 'web' }],
  pages: [
    { id: '990', name: 'Harbour Café', category: 'Café', roles: [{ person: '77', tasks: ['MANAGE'] }] },
    { id: bakery.id, name: 'Taken Over', category: 'None', roles: [{ person: '78', tasks: ['MANAGE'] }] },
  ],
  businesses: [{ id: '880', name: 'Harbour', people: [{ person: '77', role: 'ADMIN' }] }],
  grants: [
    { person: '77', app: shop.id, granted: ['email'] },
    { person: '78', app: shop.id, granted: ['email'] },
  ],
};

test('new Pages and businesses belong to people who are there, by their e-mail address', async (t) => {
  const world = await testWorld();
  t.after(() => world.close());
  const { installation } = world.server;
  const { seed: part, left } = await newPartOf(installation, seed);
  assert.deepEqual(left, ['person Somebody Else', 'app Taken Over', 'Page Taken Over', '1 grant']);
  await seedWorld(installation, part, async (password) => password, { kind: 'operator' });
  const { read } = installation.db;
  const roles = await read.selectFrom('page_roles').selectAll().where('page_id', '=', '990' as never).execute();
  assert.deepEqual(
    roles.map(({ person_id: person }) => person),
    [ana.id],
  );
  const kept = await read.selectFrom('people').selectAll().where('id', '=', ana.id as never).executeTakeFirstOrThrow();
  assert.deepEqual([kept.name, kept.administrator], [ana.name, 0]);
  const reply = await world.get(`/${shop.id}?fields=name&access_token=${shop.id}|${shop.secret}`);
  assert.equal(reply.body.name, 'Shop');
  const roleOfNora = await read.selectFrom('page_roles').selectAll().where('page_id', '=', bakery.id as never).execute();
  assert.deepEqual(new Set(roleOfNora.map(({ person_id: person }) => String(person))), new Set([ana.id, ben.id]));
  const again = await newPartOf(installation, seed);
  assert.deepEqual([again.seed.people, again.seed.apps, again.seed.pages, again.seed.grants], [[], [], [], []]);
});
