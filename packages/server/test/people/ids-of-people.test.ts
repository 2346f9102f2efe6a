// One person has several ids: what one edge gives, the next takes, and an id that the caller could not have got opens
// nothing. Beside it: the Instagram account of a Page, which is seen by those who see the Page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { businessScene, lantern } from '../businesses/business-scene.ts';
import { cast, seed, testWorld } from '../world.ts';
import { knownAs } from '../../src/people/scoped-id.ts';
import { FIRST_PARTY, PersonId, ScopedId } from '../../src/store/ids.ts';

const { garden, bakery, shop, ana, ben } = cast;

test('somebody is assigned by the id of business_users, by the id that the app knows, and a system user by the id that settings show', async (t) => {
  const { world, ana: token, ben: bens, clerkId } = await businessScene(t);
  const { installation } = world.server;
  const members = (await world.get(`/${lantern.id}/business_users?access_token=${token}`)).body.data as {
    id: string;
    name: string;
  }[];
  const member = members.find(({ name }) => name === ben.name)?.id ?? '';
  const known = (await world.get(`/me?access_token=${bens}`)).body.id as string;
  const clerk = (await installation.facts.personBehind(shop.id, ScopedId.of(clerkId))) as string;
  const shown = await knownAs(installation, FIRST_PARTY, PersonId.of(clerk));
  const give = (user: string) =>
    world.post(`/${garden.id}/assigned_users`, {
      user,
      business: lantern.id,
      tasks: "['ANALYZE']",
      access_token: token,
    });
  for (const user of [member, known, clerkId, shown])
    assert.deepEqual((await give(user)).body, { success: true }, user);
  const listed = (await world.get(`/${garden.id}/assigned_users?business=${lantern.id}&access_token=${token}`)).body
    .data as { id: string }[];
  assert.deepEqual(new Set(listed.map(({ id }) => id)), new Set([member, clerkId]));
});

test('TM-12: the id of a membership in another business is answered like the id of nobody', async (t) => {
  const { world, ana: token, cleo } = await businessScene(t);
  const members = (await world.get(`/${lantern.id}/business_users?access_token=${token}`)).body.data as {
    id: string;
  }[];
  const other = (await world.post('/me/businesses', { name: 'Other', access_token: cleo })).body.id as string;
  assert.match(other, /^\d+$/);
  for (const user of [members[0]?.id ?? '', '999']) {
    const reply = await world.post(`/${garden.id}/assigned_users`, {
      user,
      business: other,
      tasks: 'ANALYZE',
      access_token: cleo,
    });
    assert.deepEqual(
      [reply.status, reply.body.error.code, reply.body.error.message],
      [400, 100, '(#100) Invalid parameter: user'],
    );
  }
});

test('the Instagram account of a Page is a small node, for those who see the Page', async (t) => {
  const instagram = { id: '17841400000000001', username: 'corner.bakery', followers_count: 12 };
  const pages = seed.pages.map((page) =>
    page.id === bakery.id ? { ...page, profile: { ...page.profile, instagram } } : page,
  );
  const world = await testWorld({ seed: { ...seed, pages } });
  t.after(() => world.close());
  const [hers, his] = [
    await world.login(shop.id, ana.id, { permissions: ['pages_show_list'] }),
    await world.login(shop.id, cast.cleo.id),
  ];
  const fields = 'instagram_business_account{username},connected_instagram_account';
  const rows = (await world.get(`/me/accounts?fields=${fields}&access_token=${hers}`)).body.data;
  assert.deepEqual(rows, [
    {
      instagram_business_account: { username: 'corner.bakery', id: instagram.id },
      connected_instagram_account: { id: instagram.id },
      id: bakery.id,
    },
    { id: garden.id },
  ]);
  const node = await world.get(`/${instagram.id}?fields=username,followers_count,name&access_token=${hers}`);
  assert.deepEqual(node.body, { username: 'corner.bakery', followers_count: 12, id: instagram.id });
  assert.equal((await world.get(`/${instagram.id}?access_token=${his}`)).body.error.error_subcode, 33);
});
