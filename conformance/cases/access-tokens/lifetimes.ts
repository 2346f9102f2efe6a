// These cases are about Access Tokens for Meta Technologies: short-lived and long-lived tokens.
import assert from 'node:assert/strict';
import { apps, nativeCallback } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import {
  answerIn,
  codeOf,
  dialog,
  exchange,
  inspect,
  longToken,
  openDialog,
  redeem,
  userToken,
} from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { administrator, proofOf, systemToken } from '../../src/stage/system-users.ts';

const { documented } = citing('000');
const { shop, phone, market } = apps;
const HOUR = 3600;
const DAY = 86_400;

export const cases: Case[] = [
  documented(
    ['000:33.2', '000:35.1'],
    'A token of a web log-in lives one to two hours and ends on a whole hour.',
    async (world) => {
      const { body } = succeeded(await redeem(world, shop, await codeOf(world, 'ana', shop)));
      assert.ok(body.expires_in >= HOUR && body.expires_in <= 2 * HOUR, String(body.expires_in));
      const { expires_at } = await inspect(world, body.access_token as string);
      assert.equal(expires_at % HOUR, 0);
      assert.equal((await world.get('/me', { access_token: body.access_token })).status, 200);
      await world.clock.advance(body.expires_in + 1);
      refused(
        await world.get('/me', { access_token: body.access_token }),
        190,
        463,
        /^Error validating access token: Session has expired on \w+, \d\d-\w{3}-\d\d \d\d:\d\d:\d\d P[SD]T\. The current time is /,
      );
    },
  ),
  documented('000:33.3', 'An exchanged token is valid for 60 days, to the second.', async (world) => {
    const token = await longToken(world, 'ana', shop);
    const { issued_at, expires_at } = await inspect(world, token);
    assert.equal(expires_at - issued_at, 60 * DAY);
    await world.clock.advance(59 * DAY);
    succeeded(await world.get('/me', { access_token: token }));
    await world.clock.advance(DAY + 1);
    refused(await world.get('/me', { access_token: token }), 190, 463);
  }),
  documented('000:35.2', 'The exchange needs the app secret.', async (world) => {
    const token = await userToken(world, 'ana', shop);
    refused(
      await exchange(world, shop, token, { client_secret: 'f'.repeat(32) }),
      1,
      undefined,
      'Error validating client secret.',
    );
    assert.ok((await exchange(world, shop, token, { client_secret: undefined })).body.error);
    const { body } = succeeded(await exchange(world, shop, token));
    assert.ok(body.expires_in > 59 * DAY);
  }),
  documented(
    ['000:37', '001:42'],
    'A log-in that ends at a native address gives a long-lived token at once.',
    async (world) => {
      const browser = world.browser();
      const params = {
        redirect_uri: nativeCallback,
        response_type: 'token,signed_request,graph_domain',
        scope: 'public_profile',
      };
      const page = await openDialog(browser, dialog(phone, params), 'ana');
      const answer = answerIn(page);
      assert.equal(answer.address, nativeCallback, page.innerText);
      assert.ok(Number(answer.fragment.get('expires_in')) > 59 * DAY);
      assert.equal((await inspect(world, answer.fragment.get('access_token') ?? '', phone)).is_valid, true);
    },
  ),
  documented(
    ['000:39.1', '000:39.3'],
    'Exchanged tokens of such an app do not expire: expires_at is 0, expires_in is left out.',
    async (world) => {
      const { body } = succeeded(await exchange(world, market, await userToken(world, 'ana', market)));
      assert.equal(body.expires_in, undefined);
      assert.equal((await inspect(world, body.access_token as string, market)).expires_at, 0);
      await world.clock.advance(61 * DAY);
      succeeded(await world.get('/me', { fields: 'id', access_token: body.access_token }));
    },
  ),
  documented(
    ['000:39.2', '001:44.2'],
    'A token that doesn’t expire ends when the person removes the app.',
    async (world) => {
      const token = await longToken(world, 'ana', market);
      assert.equal((await world.delete('/me/permissions', { access_token: token })).text, 'true');
      refused(await world.get('/me', { access_token: token }), 190, 458);
    },
  ),
  documented(
    ['000:39.4', '001:44.3'],
    'The token of a system user doesn’t expire, but ends when the app leaves the business.',
    async (world) => {
      const { token, id } = await systemToken(world);
      assert.equal((await inspect(world, token, market)).expires_at, 0);
      await world.clock.advance(400 * DAY);
      succeeded(await world.get('/me', { fields: 'id', access_token: token }));
      const again = await administrator(world);
      const ended = await world.delete(`/${id}/access_tokens`, {
        business_app: market.id,
        access_token: again,
        appsecret_proof: proofOf(again),
      });
      assert.equal(ended.text, 'true', ended.text);
      refused(await world.get('/me', { access_token: token }), 190, 466);
    },
  ),
];
