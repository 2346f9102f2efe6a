// A grant is in force as far as the person gave it, the app may ask, and an integration is held to it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cast } from '../../test/cast.ts';
import { partsOfNode, recordOf, shopApp } from '../../test/parts.ts';
import type { App } from '../store/apps/apps.ts';
import { defaultSettings } from '../store/apps/apps.ts';
import type { Grant, Permit } from '../store/grants/grants.ts';
import { BusinessId } from '../store/ids.ts';
import { grantOf, isInactive, within } from './grant-of.ts';
import { inForce, mayAsk, reaches, standingOf } from './permissions.ts';

const { ana, bakery, garden, shop } = cast;
const NOW = 1_000_000;
const given: Permit = { status: 'granted' };
const on = (...targets: string[]): Permit => ({ status: 'granted', targets });
const declined: Permit = { status: 'declined' };

const grant = (permissions: Record<string, Permit>, dataAccessUntil = 0): Grant => ({
  appId: shop.id,
  personId: ana.id,
  permissions,
  dataAccessUntil,
  createdAt: 0,
  updatedAt: 0,
});
const appWith = (...advancedAccess: string[]): App => ({
  ...shopApp,
  status: 'active',
  secretEpoch: 0,
  createdAt: 0,
  settings: { ...defaultSettings, advancedAccess },
});

test('a permission is in force where it was given, the app may ask for it, and data access has not ended', () => {
  const standing = (app: App, permit: Permit | undefined, insider = false, over = false) =>
    standingOf(app, permit, { name: 'email', insider, over });
  assert.equal(standing(appWith('email'), given), 'in_force');
  assert.equal(standing(appWith('email'), declined), 'declined');
  assert.equal(standing(appWith('email'), undefined), 'not_granted');
  assert.equal(standing(appWith(), given), 'no_advanced_access');
  assert.equal(standing(appWith(), given, true), 'in_force', 'to people of the app');
  assert.equal(standing(appWith('email'), given, false, true), 'ended');
});

test('the public profile needs no advanced access, ends like the rest, and a name that is no permission is never in force', () => {
  assert.ok(mayAsk(appWith(), 'public_profile', false));
  assert.ok(!mayAsk(appWith('fly'), 'fly', true));
  const app = appWith('email');
  const { names, ended } = inForce(app, grant({ public_profile: given, email: given, fly: given }, NOW), true, NOW);
  assert.deepEqual([[...ended], [...names]], [['public_profile', 'email'], []]);
  assert.deepEqual([...inForce(app, null, true, NOW).names], []);
});

test('a permission that was given for some Pages reaches those and no others', () => {
  const some = grant({ pages_show_list: on(bakery.id), email: given, pages_manage_posts: declined });
  assert.ok(reaches(some, 'pages_show_list', bakery.id));
  assert.ok(!reaches(some, 'pages_show_list', garden.id));
  assert.ok(reaches(some, 'email', garden.id));
  assert.ok(!reaches(some, 'pages_manage_posts', bakery.id));
  assert.ok(!reaches(null, 'email', bakery.id));
});

test('what is passed on is never wider than either side: names and targets are met', () => {
  const wanted = {
    email: given,
    pages_show_list: given,
    pages_manage_posts: on(bakery.id, garden.id),
    ads_read: given,
  };
  const bound = { email: given, pages_show_list: on(garden.id), pages_manage_posts: on(garden.id), ads_read: declined };
  assert.deepEqual(within(wanted, bound), {
    email: given,
    pages_show_list: on(garden.id),
    pages_manage_posts: on(garden.id),
  });
  assert.deepEqual(within({}, bound), {});
  assert.deepEqual(within({ business_management: given }, bound), {});
});

test('behind a token of a person stands the grant, and behind one of a system user what that token was made for', async (t) => {
  const parts = await partsOfNode(t, {
    people: [ana],
    apps: [shopApp],
    grants: [{ person: ana.id, app: shop.id, granted: ['email'] }],
  });
  const person = await parts.facts.person(ana.id);
  assert.deepEqual(Object.keys((await grantOf(parts, recordOf(), person))?.permissions ?? {}), [
    'public_profile',
    'email',
  ]);
  const clerk = person && { ...person, systemUserOf: BusinessId.of('7001') };
  assert.equal(await grantOf(parts, recordOf({ app: cast.rival.id }), clerk), null);
});

test('the end of data access refuses a token only where the operator says so, and only one of a person', async (t) => {
  const parts = await partsOfNode(t);
  const over = grant({ email: given }, parts.clock.now());
  const refusing = { ...parts, settings: { ...parts.settings, endedDataAccess: 'refuse' as const } };
  assert.equal(isInactive(parts, recordOf(), over), false);
  assert.equal(isInactive(refusing, recordOf(), over), true);
  assert.equal(isInactive(refusing, recordOf({ kind: 'system_user' }), over), false);
  assert.equal(isInactive(refusing, recordOf(), grant({ email: given })), false, 'it has no end');
  assert.equal(isInactive(refusing, recordOf(), grant({ email: given }, parts.clock.now() + 1)), false);
});
