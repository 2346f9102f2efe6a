// These cases are about the Marketing API’s authentication guide of 24 June 2026: storing and checking tokens, and
// asking again.
import assert from 'node:assert/strict';
import { apps } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { answerIn, dialog, goOn, inspect, longToken, redeem, userToken } from '../../src/stage/deeds.ts';
import { refused, succeeded } from '../../src/expect.ts';
import { changePassword, signIn, takeBack } from '../../src/stage/settings-pages.ts';

const { documented } = citing('003');
const { shop, market } = apps;
const HOUR = 3600;

export const cases: Case[] = [
  documented(
    ['003:43.1', '004:78.1'],
    'debug_token says is_valid=false and why, without using the token for anything.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      await world.clock.advance(3 * HOUR);
      const { is_valid, error } = await inspect(world, token);
      assert.equal(is_valid, false);
      assert.deepEqual([error.code, error.subcode], [190, 463]);
    },
  ),
  documented(
    ['003:43.3', '003:44'],
    'A changed password ends every token of the person, including those that don’t expire.',
    async (world) => {
      const [persistent, short] = [await longToken(world, 'ana', market), await userToken(world, 'ana', shop)];
      const browser = await signIn(world, 'ana');
      await changePassword(browser, 'ana', 'a-much-better-password-9');
      for (const token of [persistent, short])
        refused(
          await world.get('/me', { access_token: token }),
          190,
          460,
          'Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.',
        );
      assert.equal((await inspect(world, persistent, market)).error.subcode, 460);
    },
  ),
  documented(
    '003:45',
    'A permission taken back on the settings page disappears from the token, which keeps working.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: 'email' });
      await takeBack(await signIn(world, 'ana'), 'E-mail address', shop.name);
      const { body } = succeeded(await world.get('/me', { fields: 'name,email', access_token: token }));
      assert.equal(body.email, undefined);
      assert.deepEqual((await inspect(world, token)).scopes, ['public_profile']);
    },
  ),
  documented(
    ['003:46.1', '004:83.1', '003:43.2', '004:78.2'],
    'With auth_type=rerequest the dialog asks again for what was declined.',
    async (world) => {
      const browser = world.browser();
      await userToken(world, 'ana', shop, { scope: 'email', untick: ['email'], browser });
      const quiet = await browser.open(dialog(shop, { scope: 'email' }));
      assert.ok(quiet.left, quiet.innerText);
      const asked = await browser.open(dialog(shop, { scope: 'email', auth_type: 'rerequest' }));
      assert.match(asked.innerText, /You declined this before/);
      const code = answerIn(await goOn(browser, 'ana')).query.get('code') ?? '';
      const { body } = succeeded(await redeem(world, shop, code));
      assert.ok((await inspect(world, body.access_token as string)).scopes.includes('email'));
    },
  ),
  documented(
    ['003:46.3', '003:46.2', '004:83.2'],
    'The dialog gives a fresh token without a question when nothing new is asked.',
    async (world) => {
      const browser = world.browser();
      await userToken(world, 'ana', shop, { browser });
      await world.clock.advance(3 * HOUR);
      const again = await browser.open(dialog(shop));
      const { body } = succeeded(await redeem(world, shop, answerIn(again).query.get('code') ?? ''));
      succeeded(await world.get('/me', { access_token: body.access_token }));
    },
  ),
  documented('003:52', 'Without scope a token has only public_profile.', async (world) => {
    assert.deepEqual((await inspect(world, await userToken(world, 'ana', shop))).scopes, ['public_profile']);
  }),
];
