// These cases are about Access Tokens for Meta Technologies: tokens are portable, and how each platform comes to them.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { AccessToken } from '@hallpass/client/native';
import { apps, callback, people } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { exchange, inspect, logIn, longToken, redeem, tokenInFragment, userToken } from '../../src/stage/deeds.ts';
import { device, logInOnProgram, logInOnTelevision, shopWithProgram } from '../../src/stage/device.ts';
import { refused, succeeded } from '../../src/expect.ts';
import type { ConformanceWorld } from '../../src/stage/world.ts';

const { documented, each } = citing('000');
const { shop } = apps;
const DAY = 86_400;

/** The server knows the secret: it inspects the token, and calls with a proof. */
async function worksOnServer(world: ConformanceWorld, token: string): Promise<void> {
  assert.deepEqual([(await inspect(world, token)).is_valid, (await inspect(world, token)).app_id], [true, shop.id]);
  const appsecret_proof = createHmac('sha256', shop.secret).update(token).digest('hex');
  const { body } = succeeded(await world.get('/me', { access_token: token, appsecret_proof }));
  assert.equal(body.name, people.ana.name);
}

/** A web page of another origin asks, and may read the answer. */
async function worksInBrowser(world: ConformanceWorld, token: string): Promise<void> {
  const reply = succeeded(await world.get('/me', { access_token: token }, { origin: 'https://client.example' }));
  assert.equal(reply.headers['access-control-allow-origin'], '*');
  assert.equal(reply.body.name, people.ana.name);
}

const ofServer = (world: ConformanceWorld, token: string): AccessToken => {
  const now = () => world.clock.now() * 1000;
  return new AccessToken({ token, applicationId: shop.id, userId: '1', lastRefresh: new Date(now()) }, now);
};

/** A device makes it its current token and calls with it. */
async function worksOnDevice(world: ConformanceWorld, token: string): Promise<void> {
  const manager = device(world, shop);
  await manager.setCurrent(ofServer(world, token));
  assert.partialDeepStrictEqual(await manager.call('GET', '/me'), { name: people.ana.name });
  assert.equal(manager.current?.token, token);
}

async function clientCode(world: ConformanceWorld, token: string): Promise<string> {
  const { id: client_id, secret: client_secret } = shop;
  const ask = { client_id, client_secret, redirect_uri: callback, access_token: token };
  return succeeded(await world.get('/oauth/client_code', ask)).body.code as string;
}

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
    'A token from the fragment of a browser is inspected, proven, exchanged and used by the server, and managed by a device.',
    async (world) => {
      const token = await tokenInFragment(world, 'ana', shop);
      await worksOnServer(world, token);
      await worksOnDevice(world, token);
      const { body } = succeeded(await exchange(world, shop, token));
      await worksOnServer(world, body.access_token);
    },
  ),
  documented(
    ['000:43.4', '001:48.3'],
    'A token that a device got in its browser, or with a short code, works on the server and in a web page.',
    async (world) => {
      for (const logIn of [logInOnProgram, logInOnTelevision]) {
        const { token } = await logIn(world, device(world, shop), 'ana');
        await worksOnServer(world, token);
        await worksInBrowser(world, token);
      }
    },
    { shop: shopWithProgram },
  ),
  documented(
    ['000:43.5', '001:48.4'],
    'A token from the code exchange is handed to a web page of any origin and to a device, and works there.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      await worksInBrowser(world, token);
      await worksOnDevice(world, token);
    },
  ),
  documented(
    ['000:43.5', '001:48.4'],
    'A server hands its client a code of oauth/client_code: a web page and a device each redeem one without the secret, once, and the token works there, on the server, and for as long as the server’s.',
    async (world) => {
      const long = await longToken(world, 'ana', shop);
      const { expires_at } = await inspect(world, long);
      for (const works of [worksInBrowser, worksOnDevice]) {
        const code = await clientCode(world, long);
        const ask = { client_id: shop.id, redirect_uri: callback, code, machine_id: 'machine-1' };
        const fromPage = { origin: 'https://client.example' };
        const { body, headers } = succeeded(await world.get('/oauth/access_token', ask, fromPage));
        assert.equal(headers['access-control-allow-origin'], '*');
        assert.equal(body.machine_id, 'machine-1');
        await works(world, body.access_token);
        await worksOnServer(world, body.access_token);
        assert.ok((await inspect(world, body.access_token)).expires_at >= expires_at);
        refused(await world.get('/oauth/access_token', ask), 100, 36009);
      }
    },
  ),
  documented(
    ['000:43.4', '000:43.5', '001:48.3', '001:48.4'],
    'A token passed from the server to a device keeps working there: the daily renewal leaves it unchanged, and its permissions are updated.',
    async (world) => {
      const manager = device(world, shop);
      const token = await longToken(world, 'ana', shop, { scope: 'email' });
      await manager.setCurrent(ofServer(world, token));
      await world.clock.advance(2 * DAY);
      succeeded(await world.delete('/me/permissions/email', { access_token: token }));
      await manager.call('GET', '/me');
      await manager.idle();
      assert.equal(manager.current?.token, token);
      assert.deepEqual([...(manager.current?.declinedPermissions ?? [])], ['email']);
    },
  ),
  documented('000:80', 'Dialog, redirect with a code, exchange: three plain requests.', async (world) => {
    const { address, query } = await logIn(world, 'ana', shop, { params: { state: 'kept as it is' } });
    assert.equal(address, callback);
    assert.equal(query.get('state'), 'kept as it is');
    succeeded(await redeem(world, shop, query.get('code') ?? ''));
  }),
];
