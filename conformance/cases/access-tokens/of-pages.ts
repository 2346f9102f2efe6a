// These cases are about Access Tokens for Meta Technologies: Page access tokens, client tokens, and the length of
// tokens.
import assert from 'node:assert/strict';
import { apps, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import {
  answerIn,
  appToken,
  clientToken,
  dialog,
  goOn,
  longToken,
  pageScope,
  pageToken,
  redeem,
  userToken,
} from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';

const { documented } = citing('000');
const { shop, rival, phone } = apps;

export const cases: Case[] = [
  documented('000:111.2', 'Without a Page permission there is no Page token.', async (world) => {
    const token = await userToken(world, 'ana', shop, { scope: 'email' });
    const one = await world.get(`/${pages.bakery.id}`, { fields: 'access_token', access_token: token });
    assert.equal(one.body.access_token, undefined);
    const list = await world.get('/me/accounts', { access_token: token });
    assert.ok(list.body.error, list.text);
  }),
  documented(
    ['000:117.1', '000:111.3', '001:133.1'],
    'The list contains the Pages on which the person has a task, and no others.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope });
      const { id } = (await world.get('/me', { access_token: token })).body as { id: string };
      const { body } = succeeded(await world.get(`/${id}/accounts`, { access_token: token }));
      assert.deepEqual(
        (body.data as { id: string }[]).map((page) => page.id),
        [pages.bakery.id, pages.garden.id],
      );
    },
  ),
  documented(
    ['000:117.2', '001:133.2'],
    'Each item has access_token, category, category_list, name, id and tasks.',
    async (world) => {
      const { body } = succeeded(
        await world.get('/me/accounts', { access_token: await userToken(world, 'ben', shop, { scope: pageScope }) }),
      );
      const [item] = body.data as Record<string, unknown>[];
      assert.deepEqual(Object.keys(item ?? {}), ['access_token', 'category', 'category_list', 'name', 'id', 'tasks']);
      assert.deepEqual(
        [item?.['name'], item?.['category'], item?.['category_list']],
        [pages.bakery.name, 'Bakery', [{ id: '2500', name: 'Bakery' }]],
      );
      assert.deepEqual(item?.['tasks'], ['ANALYZE', 'MODERATE']);
    },
  ),
  documented(
    ['000:139.1', '000:139.2', '000:111.1', '001:127.1', '001:181.1'],
    'A post with a Page token is the Page’s.',
    async (world) => {
      const token = await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'garden');
      const { body } = succeeded(await world.post('/me/feed', { message: 'The roses are out', access_token: token }));
      assert.ok((body.id as string).startsWith(`${pages.garden.id}_`));
    },
  ),
  documented('000:139.3', 'A Page token with read_insights reads the Page’s figures.', async (world) => {
    const token = await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'bakery');
    const { body } = succeeded(
      await world.get(`/${pages.bakery.id}/insights`, {
        metric: 'page_impressions',
        period: 'day',
        access_token: token,
      }),
    );
    const [item] = body.data as { name: string; period: string; values: { value: number; end_time: string }[] }[];
    assert.deepEqual([item?.name, item?.period], ['page_impressions', 'day']);
    assert.ok(item?.values.some(({ value }) => value === 21));
  }),
  documented(
    ['000:141', '001:183'],
    'The same Page, admin and app asked from another log-in: another token, and both work.',
    async (world) => {
      const [first, second] = [
        await longToken(world, 'ana', shop, { scope: pageScope }),
        await longToken(world, 'ana', shop, { scope: pageScope }),
      ];
      const tokens = [await pageToken(world, first, 'bakery'), await pageToken(world, second, 'bakery')];
      assert.notEqual(tokens[0], tokens[1]);
      assert.deepEqual([await pageToken(world, first, 'bakery'), await pageToken(world, second, 'bakery')], tokens);
      for (const access_token of tokens)
        assert.equal(succeeded(await world.get('/me', { access_token })).body.id, pages.bakery.id);
    },
    {
      difference:
        'The three make one token within one log-in, so that a Page token ends with the log-in that it came from.',
    },
  ),
  documented(
    '000:141',
    'Another Page, another admin or another app: another token. The same three: the same token.',
    async (world) => {
      const ana = await longToken(world, 'ana', shop, { scope: pageScope });
      const ben = await longToken(world, 'ben', shop, { scope: pageScope });
      const elsewhere = await longToken(world, 'ana', rival, { scope: pageScope });
      const tokens = [
        await pageToken(world, ana, 'bakery'),
        await pageToken(world, ana, 'garden'),
        await pageToken(world, ben, 'bakery'),
        await pageToken(world, elsewhere, 'bakery'),
      ];
      assert.equal(new Set(tokens).size, tokens.length);
      assert.equal(await pageToken(world, ana, 'bakery'), tokens[0]);
    },
  ),
  documented(
    '000:117.1',
    'A Page on which the person gets a role later is offered by the next dialog, and is then in the list.',
    async (world) => {
      const browser = world.browser();
      const before = await userToken(world, 'ben', shop, { scope: pageScope, browser });
      const listed = async (access_token: string) =>
        (succeeded(await world.get('/me/accounts', { fields: 'id', access_token })).body.data as { id: string }[]).map(
          ({ id }) => id,
        );
      assert.deepEqual(await listed(before), [pages.bakery.id]);
      const { id } = (await world.get('/me', { access_token: before })).body as { id: string };
      const garden = await pageToken(world, await userToken(world, 'ana', shop, { scope: pageScope }), 'garden');
      succeeded(
        await world.post(`/${pages.garden.id}/assigned_users`, { user: id, tasks: 'ANALYZE', access_token: garden }),
      );
      const page = await browser.open(dialog(shop, { scope: pageScope }));
      assert.match(page.innerText, new RegExp(pages.garden.name));
      const form = page.forms.find(({ buttons }) => buttons.some(({ text }) => text === 'Choose Pages'));
      assert.ok(form, page.innerText);
      await browser.submit(form, { button: 'Choose Pages' });
      const chosen = await goOn(browser, 'ben', {
        choose: ['bakery', 'garden'],
      });
      const code = answerIn(chosen).query.get('code') ?? '';
      assert.deepEqual(await listed(succeeded(await redeem(world, shop, code)).body.access_token as string), [
        pages.bakery.id,
        pages.garden.id,
      ]);
    },
  ),
  documented(
    '000:145',
    'A native app identifies itself with its client token.',
    async (world) => {
      assert.equal(
        succeeded(await world.get(`/${phone.id}`, { fields: 'name', access_token: clientToken(phone) })).body.name,
        phone.name,
      );
    },
    {
      difference:
        'A call with a user token needs no client token beside it. The settings that mobile SDKs read at their start come with those SDKs.',
    },
  ),
  documented('000:147', 'A client token has no user: /me is refused.', async (world) => {
    refused(await world.get('/me', { access_token: clientToken(shop) }), 2500);
  }),
  documented(
    ['000:149.1', '000:149.2'],
    'The bare client token is no token; {app-id}|{client-token} is.',
    async (world) => {
      refused(await world.get('/app', { access_token: shop.clientToken }), 190);
      refused(await world.get('/app', { access_token: `${rival.id}|${shop.clientToken}` }), 190);
      assert.equal((await world.get('/app', { access_token: clientToken(shop) })).body.id, shop.id);
    },
  ),
  documented(
    ['000:163.1', '000:163.2', '001:187.2'],
    'Tokens of different kinds differ in length, but nothing depends on it: a longer string is just an unknown token.',
    async (world) => {
      const user = await longToken(world, 'ana', shop, { scope: pageScope });
      const tokens = [user, await pageToken(world, user, 'bakery'), await appToken(world, shop), clientToken(shop)];
      assert.ok(new Set(tokens.map(({ length }) => length)).size >= 3);
      for (const token of [user, `${user}${'A'.repeat(1000)}`, user.slice(0, 40)])
        assert.equal((await world.get('/me', { access_token: token })).status, token === user ? 200 : 400);
      refused(await world.get('/me', { access_token: `${user}${'A'.repeat(1000)}` }), 190);
    },
  ),
];
