// The Pages guide to User and Page tokens: its calls and its answers.
import assert from 'node:assert/strict';
import { apps, pages } from '../src/cast.ts';
import { type Case, citing } from '../src/case.ts';
import { exchange, inspect, logIn, longToken, pageScope, pageToken, userToken } from '../src/deeds.ts';
import { refused, succeeded } from '../src/expect.ts';

const { documented, later } = citing('002');
const { shop, rival } = apps;
const HOUR = 3600;
const DAY = 86_400;

export const cases: Case[] = [
  later('Use one of these methods to get a short-lived user token: Graph API Explorer, …', 'the console with its Explorer'),
  documented('… or Facebook Login.', 'The dialog gives a short-lived token, in the fragment or for a code.', async (world) => {
    const { fragment } = await logIn(world, 'ana', shop, { params: { response_type: 'token' } });
    for (const token of [fragment.get('access_token') ?? '', await userToken(world, 'ana', shop)]) {
      const { expires_at, is_valid } = await inspect(world, token);
      assert.equal(is_valid, true);
      assert.ok(expires_at - world.clock.now() <= 2 * HOUR);
    }
  }),
  documented(
    'These methods create a short-lived user token that is valid for 1 hour.',
    'A short-lived token is valid for one hour at least, two at most.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      await world.clock.advance(HOUR - 60);
      succeeded(await world.get('/me', { access_token: token }));
      await world.clock.advance(HOUR + 60);
      refused(await world.get('/me', { access_token: token }), 190, 463);
    },
    { difference: 'Four other documents say “an hour or two”, and recorded answers end on the whole hour after the next: so do ours.' },
  ),
  documented(
    'You need a valid short-lived token and app credentials to get a long-lived one.',
    'Neither another app’s credentials nor another app’s token will do.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      refused(await exchange(world, rival, token), 190);
      assert.ok((await exchange(world, shop, 'EAAnotatoken')).body.error);
      assert.ok((await exchange(world, shop, token, { client_id: undefined })).body.error);
    },
  ),
  documented(
    'To get a long-lived user token, send a GET request to the /oauth/access_token endpoint.',
    'GET answers with the long-lived token; so does POST.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      const ask = { grant_type: 'fb_exchange_token', client_id: shop.id, client_secret: shop.secret, fb_exchange_token: token };
      for (const reply of [
        await world.get('/oauth/access_token', ask),
        await world.get('/v26.0/oauth/access_token', ask),
        await world.post('/oauth/access_token', ask),
      ])
        assert.equal((await inspect(world, succeeded(reply).body.access_token as string)).is_valid, true);
    },
  ),
  documented(
    'curl … "grant_type=fb_exchange_token& client_id=APP-ID& …" (with spaces before the names)',
    'The printed call works without the spaces that the print put in.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      succeeded(
        await world.send({
          path: `/oauth/access_token?grant_type=fb_exchange_token&client_id=${shop.id}&client_secret=${shop.secret}&fb_exchange_token=${token}`,
        }),
      );
    },
  ),
  documented(
    '{"access_token": …, "token_type": "bearer", "expires_in": SECONDS-UNTIL-TOKEN-EXPIRES}',
    'The answer has these keys and no others; expires_in is a number.',
    async (world) => {
      const { body } = succeeded(await exchange(world, shop, await userToken(world, 'ana', shop)));
      assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'expires_in']);
      assert.equal(body.token_type, 'bearer');
      assert.equal(body.expires_in, 60 * DAY);
    },
  ),
  documented('This token is valid for 60 days.', 'On the sixtieth day it works, on the sixty-first it does not.', async (world) => {
    const token = await longToken(world, 'ana', shop);
    await world.clock.advance(60 * DAY - 60);
    succeeded(await world.get('/me', { access_token: token }));
    await world.clock.advance(120);
    refused(await world.get('/me', { access_token: token }), 190, 463);
  }),
  documented(
    'To get a Page token you need a user token of somebody with the MODERATE task on the Page.',
    'Ben, who may moderate and analyse, gets the token of the Page.',
    async (world) => {
      assert.ok(await pageToken(world, await userToken(world, 'ben', shop, { scope: pageScope }), 'bakery'));
    },
    { difference: 'Any task is enough, as the list of Pages shows in practice; MODERATE is one of them.' },
  ),
  documented(
    'Send a GET request to /PAGE-ID with fields=access_token using your user token.',
    'The answer is {"access_token", "id"} and nothing else.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope });
      const { body } = succeeded(await world.get(`/${pages.bakery.id}`, { fields: 'access_token', access_token: token }));
      assert.deepEqual(Object.keys(body), ['access_token', 'id']);
      assert.equal(body.id, pages.bakery.id);
    },
  ),
  documented(
    'For the list you need the MANAGE task on the Page …',
    'The list has every Page on which the person holds a task.',
    async (world) => {
      const ids = async (person: 'ana' | 'ben' | 'dan') => {
        const { body } = succeeded(await world.get('/me/accounts', { access_token: await userToken(world, person, shop, { scope: pageScope }) }));
        return (body.data as { id: string }[]).map(({ id }) => id).sort();
      };
      assert.deepEqual([await ids('ana'), await ids('ben'), await ids('dan')], [[pages.bakery.id, pages.garden.id], [pages.bakery.id], []]);
    },
    { difference: 'The sample of another edition lists a Page without MANAGE; any task counts.' },
  ),
  documented(
    '… and the page_show_list permission.',
    'The permission is pages_show_list; without it the list is refused.',
    async (world) => {
      refused(await world.get('/me/accounts', { access_token: await userToken(world, 'ana', shop) }), 200);
    },
    { difference: 'The document misspells the name; the permissions reference has pages_show_list.' },
  ),
  documented(
    'Send a GET request to /USER-ID/accounts?fields=name,access_token.',
    'Items have name, access_token and id, in that order.',
    async (world) => {
      const { body } = succeeded(
        await world.get('/me/accounts', { fields: 'name,access_token', access_token: await userToken(world, 'ana', shop, { scope: pageScope }) }),
      );
      for (const item of body.data as object[]) assert.deepEqual(Object.keys(item), ['name', 'access_token', 'id']);
    },
  ),
];
