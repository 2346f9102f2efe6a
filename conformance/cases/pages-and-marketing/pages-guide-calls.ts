// These cases are about the Pages guide to User and Page tokens: its calls and its answers.
import assert from 'node:assert/strict';
import { apps, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { exchange, inspect, logIn, longToken, pageScope, pageToken, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { numberedPages, worldWithPages } from '../../src/stage/sample-pages.ts';

const { documented, answered } = citing('002');
const { shop, rival } = apps;
const HOUR = 3600;
const DAY = 86_400;

export const cases: Case[] = [
  documented('002:2.2', 'The dialog gives a short-lived token, in the fragment or for a code.', async (world) => {
    const { fragment } = await logIn(world, 'ana', shop, { params: { response_type: 'token' } });
    for (const token of [fragment.get('access_token') ?? '', await userToken(world, 'ana', shop)]) {
      const { expires_at, is_valid } = await inspect(world, token);
      assert.equal(is_valid, true);
      assert.ok(expires_at - world.clock.now() <= 2 * HOUR);
    }
  }),
  documented(
    '002:3',
    'A short-lived token is valid for one hour at least, two at most.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      await world.clock.advance(HOUR - 60);
      succeeded(await world.get('/me', { access_token: token }));
      await world.clock.advance(HOUR + 60);
      refused(await world.get('/me', { access_token: token }), 190, 463);
    },
    {
      difference:
        'Four other documents say “an hour or two”, and recorded answers end on the whole hour after the next: so do ours.',
    },
  ),
  documented('002:4', 'Another app’s credentials or token are refused.', async (world) => {
    const token = await userToken(world, 'ana', shop);
    refused(await exchange(world, rival, token), 190);
    assert.ok((await exchange(world, shop, 'EAAnotatoken')).body.error);
    assert.ok((await exchange(world, shop, token, { client_id: undefined })).body.error);
  }),
  documented('002:5', 'GET answers with the long-lived token; so does POST.', async (world) => {
    const token = await userToken(world, 'ana', shop);
    const ask = {
      grant_type: 'fb_exchange_token',
      client_id: shop.id,
      client_secret: shop.secret,
      fb_exchange_token: token,
    };
    for (const reply of [
      await world.get('/oauth/access_token', ask),
      await world.get('/v26.0/oauth/access_token', ask),
      await world.post('/oauth/access_token', ask),
    ])
      assert.equal((await inspect(world, succeeded(reply).body.access_token as string)).is_valid, true);
  }),
  documented('002:11', 'The printed call works without the spaces that the print put in.', async (world) => {
    const token = await userToken(world, 'ana', shop);
    succeeded(
      await world.send({
        path: `/oauth/access_token?grant_type=fb_exchange_token&client_id=${shop.id}&client_secret=${shop.secret}&fb_exchange_token=${token}`,
      }),
    );
  }),
  answered('002:13', 'The answer has these keys and no others; expires_in is a number of seconds.', async (world) => {
    const reply = await exchange(world, shop, await userToken(world, 'ana', shop));
    assert.equal((await inspect(world, reply.body.access_token as string)).is_valid, true);
    return { reply, body: { access_token: reply.body.access_token, token_type: 'bearer', expires_in: 60 * DAY } };
  }),
  documented('002:14', 'It works on the sixtieth day and is refused on the sixty-first.', async (world) => {
    const token = await longToken(world, 'ana', shop);
    await world.clock.advance(60 * DAY - 60);
    succeeded(await world.get('/me', { access_token: token }));
    await world.clock.advance(120);
    refused(await world.get('/me', { access_token: token }), 190, 463);
  }),
  documented(
    '002:15',
    'Ben, who may moderate and analyse, gets the token of the Page.',
    async (world) => {
      assert.ok(await pageToken(world, await userToken(world, 'ben', shop, { scope: pageScope }), 'bakery'));
    },
    { difference: 'Any task is enough, as the list of Pages shows in practice; MODERATE is one of them.' },
  ),
  answered(
    '002:23',
    'The answer is {"access_token", "id"} and nothing else; the token is the Page’s.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope });
      const reply = await world.get(`/${pages.bakery.id}`, { fields: 'access_token', access_token: token });
      assert.equal((await inspect(world, reply.body.access_token as string)).profile_id, pages.bakery.id);
      return { reply, body: { access_token: reply.body.access_token, id: pages.bakery.id } };
    },
  ),
  documented(
    '002:25',
    'The list has every Page on which the person holds a task.',
    async (world) => {
      const ids = async (person: 'ana' | 'ben' | 'dan') => {
        const { body } = succeeded(
          await world.get('/me/accounts', { access_token: await userToken(world, person, shop, { scope: pageScope }) }),
        );
        return (body.data as { id: string }[]).map(({ id }) => id);
      };
      assert.deepEqual(
        [await ids('ana'), await ids('ben'), await ids('dan')],
        [[pages.bakery.id, pages.garden.id], [pages.bakery.id], []],
      );
    },
    { difference: 'The sample of another edition lists a Page without MANAGE; any task counts.' },
  ),
  answered(
    ['002:34'],
    'The three Pages of the sample, asked for at the id: name, access_token and id of each, in that order.',
    async (world) => {
      const access_token = await userToken(world, 'dan', shop, { scope: pageScope });
      const { id } = succeeded(await world.get('/me', { fields: 'id', access_token })).body;
      const reply = await world.get(`/${id}/accounts`, { fields: 'name,access_token', access_token });
      const tokens = (reply.body.data as { access_token: string }[]).map((item) => item.access_token);
      for (const [at, token] of tokens.entries())
        assert.equal((await inspect(world, token)).profile_id, numberedPages[at]?.id);
      return {
        reply,
        body: {
          data: numberedPages.map((page, at) => ({ name: page.name, access_token: tokens[at], id: page.id })),
          paging: reply.body.paging,
        },
      };
    },
    {
      seed: worldWithPages(numberedPages),
      besides: ['paging'],
      difference: 'Lists have `paging` with their cursors, as the reference of edges shows.',
    },
  ),
];
