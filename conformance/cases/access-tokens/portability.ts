// These cases are about Access Tokens for Meta Technologies: tokens are portable, and how each platform comes to them.
import assert from 'node:assert/strict';
import { apps, callback, people } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { exchange, logIn, redeem, userToken } from '../../src/stage/deeds.ts';
import { succeeded } from '../../src/expect.ts';

const { documented, each } = citing('000');
const { shop } = apps;

export const cases: Case[] = [
  ...each(
    [
      ['the query', (token: string) => ({ path: `/me?access_token=${token}` })],
      [
        'a form',
        (token: string) => ({
          method: 'POST',
          path: '/me?method=get',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: `access_token=${token}`,
        }),
      ],
      [
        'a JSON body',
        (token: string) => ({
          method: 'POST',
          path: '/me?method=get',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ access_token: token }),
        }),
      ],
      ['the Authorization header', (token: string) => ({ path: '/me', headers: { authorization: `Bearer ${token}` } })],
      [
        'another program',
        (token: string) => ({
          path: `/v19.0/me?access_token=${token}`,
          headers: { 'user-agent': 'FBAndroidSDK.18.3.0' },
        }),
      ],
      [
        'a web page',
        (token: string) => ({
          path: `/me?access_token=${token}`,
          headers: { origin: 'https://anywhere.example', 'user-agent': 'Mozilla/5.0' },
        }),
      ],
    ] as const,
    ([where, ask]) =>
      documented(['000:43.1', '000:43.3', '001:48.2'], `A token works the same from ${where}.`, async (world) => {
        const token = await userToken(world, 'ana', shop);
        assert.equal(succeeded(await world.send(ask(token))).body.name, people.ana.name);
      }),
  ),
  documented(
    ['000:43.4', '001:48.3'],
    'A token from the fragment of a browser is exchanged and used by the server.',
    async (world) => {
      const { fragment } = await logIn(world, 'ana', shop, { params: { response_type: 'token' } });
      const { body } = succeeded(await exchange(world, shop, fragment.get('access_token') ?? ''));
      assert.equal((await world.get('/me', { access_token: body.access_token })).body.name, people.ana.name);
    },
  ),
  documented(
    ['000:43.5', '001:48.4'],
    'A token from the code exchange answers a web page of any origin.',
    async (world) => {
      const reply = succeeded(
        await world.get(
          '/me',
          { access_token: await userToken(world, 'ana', shop) },
          { origin: 'https://client.example' },
        ),
      );
      assert.equal(reply.headers['access-control-allow-origin'], '*');
    },
  ),
  documented('000:80', 'Dialog, redirect with a code, exchange: three plain requests.', async (world) => {
    const { address, query } = await logIn(world, 'ana', shop, { params: { state: 'kept as it is' } });
    assert.equal(address, callback);
    assert.equal(query.get('state'), 'kept as it is');
    succeeded(await redeem(world, shop, query.get('code') ?? ''));
  }),
];
