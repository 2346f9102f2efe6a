// The calls that the documents print, sent as they are printed; and the addresses that they print, compared whole.
import assert from 'node:assert/strict';
import { apps, callback, pages } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { codeOf, dialog, idAndSecret, inspect, openDialog, pageScope, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { printedCall } from '../../src/printed-call.ts';
import type { CallKey } from '../../src/statements/index.ts';
import type { ConformanceWorld, Reply } from '../../src/stage/world.ts';

const newer = citing('000');
const earlier = citing('001');
const guide = citing('002');
const marketing = citing('003');
const { each } = marketing;
const { shop, market } = apps;

const noQuery =
  'Printed with `&` where a query begins: that is a part of the path, so no token is seen. With `?` in its place the call works.';
const spaces =
  'Printed with spaces after each `&`, which makes them a part of the names: parameters of such names are not known. Without them the call works.';

const send = (
  world: ConformanceWorld,
  key: CallKey,
  values: Readonly<Record<string, string>>,
  mended: (path: string) => string = (path) => path,
): Promise<Reply> => world.send({ path: mended(printedCall(key, values)) });
const withQuestionMark = (path: string): string => path.replace('&', '?');
const withoutSpaces = (path: string): string => path.replaceAll('%20', '');

/** The id and a token of Ana, for the app Shop. */
async function ana(world: ConformanceWorld): Promise<{ id: string; token: string }> {
  const token = await userToken(world, 'ana', shop, { scope: pageScope });
  return { token, id: succeeded(await world.get('/me', { fields: 'id', access_token: token })).body.id as string };
}

const appAsPrinted = (key: '000:105' | '001:121') => async (world: ConformanceWorld) => {
  const values = { '{api-endpoint}': shop.id, '{your-app_id}': shop.id, '{your-app_secret}': shop.secret };
  refused(await send(world, key, values), 104);
  const plain = await world.get(`/${shop.id}`, { access_token: idAndSecret(shop) });
  assert.equal(succeeded(await send(world, key, values, withQuestionMark)).text, succeeded(plain).text);
};

/** The whole address to which a person who says yes is sent. */
const addressAfterYes = async (world: ConformanceWorld): Promise<void> => {
  const browser = world.browser();
  const { left = '' } = await openDialog(browser, dialog(market, { scope: 'ads_read' }), 'ana');
  const code = /[?&]code=([\w-]+)/.exec(left)?.[1] ?? '';
  assert.equal(left, `${callback}?code=${code}#_=_`);
  succeeded(
    await world.get('/oauth/access_token', {
      client_id: market.id,
      redirect_uri: callback,
      client_secret: market.secret,
      code,
    }),
  );
};

export const cases: Case[] = [
  newer.documented(
    '000:105',
    'The printed call with id and secret names no token; with a question mark it is the call with the app token.',
    appAsPrinted('000:105'),
    {
      difference: noQuery,
    },
  ),
  newer.documented('000:115', 'The printed call gives the list of Pages.', async (world) => {
    const { id, token } = await ana(world);
    const plain = succeeded(await world.get('/me/accounts', { access_token: token }));
    const { data } = succeeded(
      await send(world, '000:115', { '{your-user-id}': id, '{user-access-token}': token }),
    ).body;
    assert.deepEqual(data, plain.body.data);
  }),
  earlier.documented(
    '001:121',
    'The printed call with id and secret names no token; with a question mark it is the call with the app token.',
    appAsPrinted('001:121'),
    {
      difference: noQuery,
    },
  ),
  earlier.documented(
    '001:131',
    'The printed call for the list of Pages names no token; with a question mark it gives the list.',
    async (world) => {
      const { id, token } = await ana(world);
      const values = { '{your-user-id}': id, '{user-access-token}': token };
      refused(await send(world, '001:131', values), 104);
      const { data } = succeeded(await send(world, '001:131', values, withQuestionMark)).body;
      assert.deepEqual(data, succeeded(await world.get('/me/accounts', { access_token: token })).body.data);
    },
    { difference: noQuery },
  ),
  guide.documented(
    ['002:11', '002:7'],
    'The printed exchange with its spaces lacks client_id; without them it gives the long-lived token.',
    async (world) => {
      const { token } = await ana(world);
      const values = { 'APP-ID': shop.id, 'APP-SECRET': shop.secret, 'SHORT-LIVED-USER-ACCESS-TOKEN': token };
      refused(await send(world, '002:11', values), 101);
      const { body } = succeeded(await send(world, '002:11', values, withoutSpaces));
      assert.equal((await inspect(world, body.access_token as string)).is_valid, true);
    },
    { difference: spaces },
  ),
  guide.documented(
    ['002:21', '002:16', '002:18'],
    'The printed call for a Page token with its spaces names no token; without them it gives the Page’s.',
    async (world) => {
      const values = { 'PAGE-ID': pages.bakery.id, 'USER-ACCESS-TOKEN': (await ana(world)).token };
      refused(await send(world, '002:21', values), 104);
      const { body } = succeeded(await send(world, '002:21', values, withoutSpaces));
      assert.equal((await inspect(world, body.access_token as string)).profile_id, pages.bakery.id);
    },
    { difference: spaces },
  ),
  guide.documented(
    ['002:32', '002:27', '002:29'],
    'The printed call for the list at the id, with its spaces, names no token; without them it gives the list of that person alone.',
    async (world) => {
      const { id, token } = await ana(world);
      const values = { 'USER-ID': id, 'USER-ACCESS-TOKEN': token };
      refused(await send(world, '002:32', values), 104);
      const { data } = succeeded(await send(world, '002:32', values, withoutSpaces)).body;
      assert.deepEqual(
        (data as { name: string }[]).map(({ name }) => name),
        [pages.bakery.name, pages.garden.name],
      );
      const ben = await userToken(world, 'ben', shop, { scope: pageScope });
      refused(await send(world, '002:32', { 'USER-ID': id, 'USER-ACCESS-TOKEN': ben }, withoutSpaces), 100, 33);
    },
    { difference: spaces },
  ),
  ...each(
    [
      ['003:32', ''],
      ['004:59', 'v3.2'],
    ] as const,
    ([key, version]) =>
      marketing.documented(
        key,
        `The printed call${version === '' ? '' : `, at ${version},`} gives the token for a code.`,
        async (world) => {
          const code = await codeOf(world, 'ana', market, { scope: 'ads_read' });
          const values = {
            '<API_VERSION>': version,
            '<YOUR_APP_ID>': market.id,
            '<YOUR_URL>': callback,
            '<YOUR_APP_SECRET>': market.secret,
            '<AUTHORIZATION_CODE>': code,
          };
          const { body } = succeeded(await send(world, key, values));
          assert.deepEqual((await inspect(world, body.access_token as string, market)).scopes, [
            'public_profile',
            'ads_read',
          ]);
        },
      ),
  ),
  marketing.documented(
    ['003:31.1', '004:55'],
    'After consent the whole address is the app’s, with the code and `#_=_`.',
    addressAfterYes,
    {
      difference: 'The recorded `#_=_` stands at the end; the setting `codeRedirectSuffix` leaves it out.',
    },
  ),
  marketing.documented(
    '003:31.1',
    'With codeRedirectSuffix=false the address is exactly the printed one.',
    async (world) => {
      const browser = world.browser();
      const { left = '' } = await openDialog(browser, dialog(shop), 'ana');
      assert.match(left, /^https:\/\/app\.example\/cb\?code=[\w-]+$/);
    },
    { settings: { codeRedirectSuffix: false } },
  ),
];
