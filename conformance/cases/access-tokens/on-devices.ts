// These cases are about Access Tokens for Meta Technologies: the classes that manage a token on a device. Their members
// run in `@hallpass/client/native`, for programs; on a telephone the SDKs of Meta have them.
import assert from 'node:assert/strict';
import {
  AccessToken,
  FBSDKAccessToken,
  initialize,
  memoryStore,
  refreshAuthenticationToken,
  Session,
} from '@hallpass/client/native';
import { type Case, citing } from '../../src/case.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { apps } from '../../src/stage/cast.ts';
import { inspect } from '../../src/stage/deeds.ts';
import {
  device,
  logInLimitedOnProgram,
  logInOnProgram,
  logInOnTelevision,
  shopWithProgram,
} from '../../src/stage/device.ts';
import { removeApp, signIn } from '../../src/stage/settings-pages.ts';

const { documented } = citing('000');
const ios = citing('ios sdk');
const android = citing('android sdk');
const { shop } = apps;
const DAY = 86_400;

const difference =
  'The classes run in programs, as `@hallpass/client/native`; a telephone runs the SDK itself, whose calls are answered here.';
const withProgram = { difference, shop: shopWithProgram };

export const cases: Case[] = [
  documented(
    ['000:47.2', '001:52.2', '000:50.1', '001:56.1', '000:58.1', '001:68.1'],
    'A log-in makes a token the current one, with its permissions and ends; it is kept for the next run, renewed while it is used, and forgotten when the platform says it is dead.',
    async (world) => {
      const store = memoryStore();
      const first = device(world, shop, store);
      const token = await logInOnProgram(world, first, 'ana', ['email']);
      assert.deepEqual([...token.permissions].toSorted(), ['email', 'public_profile']);
      const next = device(world, shop, store);
      await next.load();
      assert.equal(next.current?.token, token.token);
      await world.clock.advance(2 * DAY);
      await next.call('GET', '/me');
      await next.idle();
      const renewed = next.current;
      assert.ok(renewed && renewed.expires > token.expires && renewed.token !== token.token);
      await removeApp(await signIn(world, 'ana'), shop.name);
      await assert.rejects(next.call('GET', '/me'), { code: 190, subcode: 458 });
      assert.equal(next.current, null);
    },
    withProgram,
  ),
  documented(
    ['000:50.2', '001:56.2', '000:58.2', '001:68.2'],
    'A program logs a person in through the browser, with a code that only it can exchange; a device without a browser uses a short code.',
    async (world) => {
      const ways = { CHROME_CUSTOM_TAB: logInOnProgram, DEVICE_AUTH: logInOnTelevision };
      for (const [source, logIn] of Object.entries(ways)) {
        const token = await logIn(world, device(world, shop), 'ana', ['email']);
        assert.equal(token.source, source);
        const { type, user_id, expires_at, data_access_expires_at } = await inspect(world, token.token, shop);
        assert.deepEqual(
          [type, user_id, expires_at, data_access_expires_at],
          ['USER', token.userId, token.expires.getTime() / 1000, token.dataAccessExpirationTime.getTime() / 1000],
        );
      }
    },
    withProgram,
  ),
  documented(
    ['000:50.3', '000:54', '000:58.3', '000:62', '001:56.3', '001:60', '001:68.3', '001:72'],
    'getCurrentAccessToken of AccessToken and of Session, and currentAccessToken, give the token of the program.',
    async (world) => {
      const store = memoryStore();
      const { token } = await logInOnProgram(world, device(world, shop, store), 'ana');
      await initialize({ appId: shop.id, server: world.url, store });
      const found = [
        AccessToken.getCurrentAccessToken(),
        Session.getCurrentAccessToken(),
        FBSDKAccessToken.currentAccessToken,
      ];
      assert.deepEqual(
        found.map((one) => one?.tokenString),
        [token, token, token],
      );
      succeeded(await world.get('/me', { access_token: token }));
    },
    withProgram,
  ),
  android.documented(
    'extendAccessTokenIfNeeded: every source but NONE is renewed, a day after the last refresh; tried once an hour.',
    'The token of a device code is renewed as that of a browser is, never beyond the end of data access.',
    async (world) => {
      const manager = device(world, shop);
      const token = await logInOnTelevision(world, manager, 'ana');
      for (let days = 20; days < 90; days += 20) {
        await world.clock.advance(20 * DAY);
        await manager.call('GET', '/me');
        await manager.idle();
      }
      assert.deepEqual(manager.current?.expires, token.dataAccessExpirationTime);
      await world.clock.advance(11 * DAY);
      await assert.rejects(manager.call('GET', '/me'), { code: 190, subcode: 463 });
      assert.equal(manager.current, null);
    },
    withProgram,
  ),
  android.documented(
    'A refusal with code 190 clears the current token; with subcode 493 it is marked as expired.',
    'A token that the app got by its server is no token of a native log-in: its renewal is refused with 100, and the device keeps it.',
    async (world) => {
      const manager = device(world, shop);
      const { token } = await logInOnProgram(world, manager, 'ana');
      const exchange = await world.get('/oauth/access_token', {
        grant_type: 'fb_exchange_token',
        client_id: shop.id,
        client_secret: shop.secret,
        fb_exchange_token: token,
      });
      const ofServer = succeeded(exchange).body.access_token as string;
      const extend = { grant_type: 'fb_extend_sso_token', client_id: shop.id };
      refused(await world.get('/oauth/access_token', { ...extend, access_token: 'EAAnothing' }), 190);
      const renewal = await world.get('/oauth/access_token', { ...extend, access_token: ofServer });
      assert.ok(renewal.status === 200 || renewal.body.error.code === 100, renewal.text);
    },
    withProgram,
  ),
  ios.documented(
    'Limited Login keeps an AuthenticationToken beside the access token; the device renews it by its own key.',
    'The id_token is checked and renewed a day later without the person, and there is no access token.',
    async (world) => {
      const manager = device(world, shop);
      const first = await logInLimitedOnProgram(world, manager, 'ana', ['email']);
      assert.equal(first.claims.email, 'ana@example.com');
      assert.equal(manager.current, null);
      await world.clock.advance(DAY);
      const second = await refreshAuthenticationToken(manager);
      assert.equal(second.claims.sub, first.claims.sub);
      assert.ok(second.claims.exp > first.claims.exp);
      assert.equal(manager.authentication, second);
      await removeApp(await signIn(world, 'ana'), shop.name);
      await assert.rejects(refreshAuthenticationToken(manager), { name: 'LogInFailed', reason: 'login_required' });
    },
    withProgram,
  ),
];
