// These tests are about app-scoped ids: one number for each app and person, whatever happens.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { knownAs } from '../../src/people/scoped-id.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

let t: TestWorld;
before(async () => {
  t = await testWorld();
});
after(() => t.close());

test('the id of a person for an app stays the same, also when the app is removed and added again', async () => {
  const { installation } = t.server;
  const first = await knownAs(installation, cast.shop.id, cast.ana.id);
  assert.match(first, /^1\d{16}$/);
  const token = await t.login(cast.shop.id, cast.ana.id);
  await t.delete(`/me/permissions?access_token=${token}`);
  assert.equal((await t.get(`/me?access_token=${await t.login(cast.shop.id, cast.ana.id)}`)).body.id, first);
});

test('of many who ask for a new id at once all get the same', async () => {
  const { installation } = t.server;
  const ids = await Promise.all(
    Array.from({ length: 20 }, async () => knownAs(installation, cast.shop.id, cast.cleo.id)),
  );
  assert.equal(new Set(ids).size, 1);
});

test('where the number of a person is taken by somebody else of the app, the person gets another', async () => {
  const { installation } = t.server;
  const own = await knownAs(installation, cast.rival.id, cast.ana.id);
  await installation.db.act(({ tx }) =>
    tx.updateTable('app_people').set({ person_id: cast.cleo.id }).where('scoped_id', '=', own).execute(),
  );
  installation.facts.cache.clear();
  const other = await knownAs(installation, cast.rival.id, cast.ana.id);
  assert.notEqual(other, own);
  assert.match(other, /^1\d{16}$/);
  assert.equal(await installation.facts.personBehind(cast.rival.id, own), cast.cleo.id);
  assert.equal(await installation.facts.personBehind(cast.rival.id, other), cast.ana.id);
});

test('an id that was unknown a moment ago is known as soon as the app was told of it', async () => {
  const { installation } = t.server;
  assert.equal(await installation.facts.scopedId(cast.draft.id, cast.ben.id), null);
  const id = await knownAs(installation, cast.draft.id, cast.ben.id);
  assert.equal(await installation.facts.scopedId(cast.draft.id, cast.ben.id), id);
});
