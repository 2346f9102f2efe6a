// The choice of Pages counts for every permission about Pages, and for nothing on which the person has no task.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cast } from '../../test/cast.ts';
import { type Parts, partsOfNode, shopApp } from '../../test/parts.ts';
import { change } from '../liveness/change.ts';
import type { Permit } from '../store/grants/grants.ts';
import { choosePages, type PagesChosen, withPages } from './page-choice.ts';

const { ana, bakery, ben, garden, shop } = cast;
const market = { id: '3003', name: 'Market' };
const page = ({ id, name }: { id: string; name: string }, person: string) => ({
  id,
  name,
  category: 'Shop',
  roles: [{ person, tasks: ['MANAGE' as const] }],
});
const seed = (granted: string[]) => ({
  people: [ana, ben],
  apps: [shopApp],
  pages: [page(bakery, ana.id), page(garden, ana.id), page(market, ben.id)],
  grants: [{ person: ana.id, app: shop.id, granted }],
});

const choose = (parts: Parts, pages: PagesChosen): Promise<boolean> =>
  change(parts, (making) => choosePages(making, { appId: shop.id, personId: ana.id, pages, now: parts.clock.now() }));
const permits = async (parts: Parts): Promise<Record<string, Permit>> =>
  (await parts.facts.grant(shop.id, ana.id))?.permissions ?? {};

test('a choice replaces the one before for every granted permission about Pages and for no other', () => {
  const given: Permit = { status: 'granted' };
  const before = { email: given, pages_show_list: given, pages_manage_posts: { status: 'declined' as const } };
  const chosen: Permit = { status: 'granted', targets: [bakery.id] };
  const after = { ...before, pages_show_list: chosen };
  assert.deepEqual(withPages(before, [bakery.id]), after);
  assert.deepEqual(withPages(after, 'all'), before);
  assert.deepEqual(withPages({ email: given }, [bakery.id]), { email: given });
});

test('Pages on which the person has no task are left out of a choice', async (t) => {
  const parts = await partsOfNode(t, seed(['pages_show_list', 'email']));
  assert.equal(await choose(parts, [bakery.id, market.id]), true);
  const { email, pages_show_list } = await permits(parts);
  assert.deepEqual([email?.targets, pages_show_list?.targets], [undefined, [bakery.id]]);
  assert.deepEqual((await parts.trail()).slice(-1), ['grant.changed']);
  assert.equal(await choose(parts, 'all'), true);
  assert.equal((await permits(parts)).pages_show_list?.targets, undefined);
});

test('nothing is written where the choice is the same, there is nothing to choose for, or nobody who added the app', async (t) => {
  const parts = await partsOfNode(t, seed(['email']));
  const before = await parts.trail();
  assert.equal(await choose(parts, [bakery.id]), false);
  const other = await partsOfNode(t, { ...seed(['email']), grants: [] });
  assert.equal(await choose(other, [bakery.id]), false);
  const same = await partsOfNode(t, seed(['pages_show_list']));
  assert.equal(await choose(same, [garden.id]), true);
  assert.equal(await choose(same, [garden.id]), false);
  assert.deepEqual(await parts.trail(), before);
});
