// These cases are about documents of which only a little is here so far: what is, is tested; what is not, has its row.
import assert from 'node:assert/strict';
import { apps, business, callback, people } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { dialog, inspect, logIn, longToken, openDialog } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { openSdkPage, pageSettings, statusOn } from '../../src/stage/page.ts';
import { administrator } from '../../src/stage/system-users.ts';

const old = citing('old dialog');
const instagram = citing('instagram login');
const javascript = citing('javascript sdk');
const tiers = citing('marketing tiers');
const { shop, market } = apps;

export const cases: Case[] = [
  ...old.each(['', '/v2.0', '/v19.0'] as const, (version) =>
    old.documented(
      'The dialog is at /dialog/oauth.',
      version === '' ? 'It opens without a version.' : `It opens at ${version}/dialog/oauth.`,
      async (world) => {
        assert.match((await world.browser().open(dialog(shop, {}, version))).innerText, /Log in to continue to Shop/);
      },
    ),
  ),
  instagram.documented(
    'Redirect: {redirect}?#access_token=…&data_access_expiration_time=…&expires_in=…&long_lived_token=….',
    'The keys come in this order, after an empty query.',
    async (world) => {
      const browser = world.browser();
      const page = await openDialog(browser, dialog(shop, { response_type: 'token' }), 'ana');
      assert.match(
        page.left ?? '',
        /^https:\/\/app\.example\/cb\?#access_token=EAA\w+&data_access_expiration_time=\d+&expires_in=\d+&long_lived_token=EAA\w+$/,
      );
      assert.ok(page.left?.startsWith(callback));
    },
  ),
  instagram.documented(
    'long_lived_token is a second token, valid for 60 days.',
    'Both work; the second one lives 60 days.',
    async (world) => {
      const browser = world.browser();
      const page = await openDialog(browser, dialog(shop, { response_type: 'token' }), 'ana');
      const { expires_at, issued_at } = await inspect(
        world,
        new URLSearchParams(page.left?.split('#')[1]).get('long_lived_token') ?? '',
      );
      assert.equal(expires_at - issued_at, 60 * 86_400);
    },
  ),
  tiers.documented(
    'Former Standard access is now called Limited access, former Advanced access Full access.',
    'The tier `standard` of an app gives tokens without expiry; `none` gives 60 days.',
    async (world) => {
      const end = async (app: typeof shop | typeof market) =>
        (await inspect(world, await longToken(world, 'ana', app), app)).expires_at as number;
      assert.deepEqual([await end(market), (await end(shop)) > 0], [0, true]);
    },
    { difference: 'The setting keeps the older names, as the usage headers do.' },
  ),
  tiers.documented(
    'Limited access: one system user and one admin system user; Full access: ten and one.',
    'An app with Full access makes ten employees and one administrator in its business, and no eleventh.',
    async (world) => {
      const caller = await administrator(world);
      const make = (role: string, name: string) =>
        world.post(`/${business.id}/system_users`, { name, role, access_token: caller });
      for (let i = 1; i <= 10; i += 1) succeeded(await make('EMPLOYEE', `Worker ${i}`));
      refused(await make('EMPLOYEE', 'Worker 11'), 100);
      succeeded(await make('ADMIN', 'Chief'));
      refused(await make('ADMIN', 'Second chief'), 100);
    },
  ),
  javascript.documented(
    'FB.getLoginStatus gives connected, not_authorized or unknown, with authResponse.',
    'A person who has not allowed the app is not_authorized, one who has is connected with a token, and nobody is unknown.',
    async (world) => {
      const allowed = world.browser();
      await logIn(world, 'ana', shop, { browser: allowed });
      const undecided = world.browser();
      await undecided.logIn(people.ben);
      const found = [];
      for (const browser of [allowed, undecided, world.browser()]) {
        const page = await openSdkPage(browser);
        page.FB.init({ appId: shop.id, version: 'v25.0' });
        const { status, authResponse } = await statusOn(page);
        found.push([status, authResponse === null ? null : typeof authResponse.accessToken]);
      }
      assert.deepEqual(found, [
        ['connected', 'string'],
        ['not_authorized', null],
        ['unknown', null],
      ]);
    },
    { shop: pageSettings },
  ),
];
