// The Marketing API's authentication guide of 24 June 2026: user tokens, debugging, extending, the server-side flow.
import assert from 'node:assert/strict';
import { apps, callback } from '../src/cast.ts';
import { type Case, citing } from '../src/case.ts';
import {
  answerIn,
  codeOf,
  dialog,
  exchange,
  goThrough,
  idAndSecret,
  inspect,
  logIn,
  longToken,
  redeem,
  refused,
  succeeded,
  userToken,
} from '../src/deeds.ts';
import { changePassword, signIn, takeBack } from '../src/settings-pages.ts';

const { documented, later, advice } = citing('003');
const { shop, market } = apps;
const HOUR = 3600;
const DAY = 86_400;
const explorer = 'the console with its Explorer';
const debuggerPage = 'the console with its Debugger';
const business = 'businesses and system users';
const vault = 'the vault';

export const cases: Case[] = [
  documented(
    'Every Marketing API call requires an access token as a parameter.',
    'A call for ad accounts without a token is refused.',
    async (world) => {
      assert.ok((await world.get('/act_1234567890/campaigns')).body.error);
    },
  ),
  later('You can get a user token using the Graph API Explorer: choose app, User Token, permissions, Generate.', explorer),
  later('Click the information icon to open the Access Token Info table; Open in Access Token Tool.', debuggerPage),
  documented('While debugging you can check the App ID.', 'debug_token: app_id and application.', async (world) => {
    const { app_id, application } = await inspect(world, await userToken(world, 'ana', market), market);
    assert.deepEqual([app_id, application], [market.id, market.name]);
  }),
  documented(
    '… Expires: a time stamp. A short-lived token expires in an hour or two.',
    'debug_token: expires_at, in epoch seconds, one to two hours ahead.',
    async (world) => {
      const { fragment } = await logIn(world, 'ana', shop, { params: { response_type: 'token' } });
      const { expires_at } = await inspect(world, fragment.get('access_token') ?? '');
      const left = expires_at - world.clock.now();
      assert.ok(left > HOUR - 10 && left <= 2 * HOUR, String(left));
    },
  ),
  documented(
    '… Scopes: contains the permissions added.',
    'debug_token: scopes holds what was asked and granted, with what it depends on.',
    async (world) => {
      const { scopes } = await inspect(world, await userToken(world, 'ana', market, { scope: 'ads_read' }), market);
      assert.deepEqual([...scopes].sort(), ['ads_read', 'public_profile']);
    },
  ),
  later('Paste your token in the Access Token Debugger and click Debug.', debuggerPage),
  documented(
    'Click Extend Access Token to get a long-lived token.',
    'The call behind the button, fb_exchange_token, gives one.',
    async (world) => {
      const short = await userToken(world, 'ana', shop);
      const { body } = succeeded(await exchange(world, shop, short));
      assert.ok((await inspect(world, body.access_token as string)).expires_at > (await inspect(world, short)).expires_at);
    },
    { difference: 'The button itself comes with the console.' },
  ),
  documented('Your new token should have a longer expiration time, such as “60 days” …', 'expires_at is 60 days after issued_at.', async (world) => {
    const { issued_at, expires_at } = await inspect(world, await longToken(world, 'ana', shop));
    assert.equal(expires_at - issued_at, 60 * DAY);
  }),
  documented('… or “Never” under Expires.', 'Of an app with Standard access, expires_at is 0.', async (world) => {
    assert.equal((await inspect(world, await longToken(world, 'ana', market), market)).expires_at, 0);
  }),
  later('A system user token is associated with a system user account, for use where there is no user present.', business),
  later('System user tokens perform actions on behalf of the business.', business),
  later('A system user token does not expire.', business),
  later('System user accounts are not tied to a specific individual.', business),
  later('System user tokens are less likely to be invalidated than long-lived user tokens.', business),
  documented(
    'After the person clicks Allow they are redirected to redirect_uri with an authorization code.',
    'Allow: http://YOUR_URL?code=<AUTHORIZATION_CODE>.',
    async (world) => {
      const { address, query } = await logIn(world, 'ana', market, { scope: 'ads_read' });
      assert.equal(address, callback);
      assert.match(query.get('code') ?? '', /^AQ[\w-]+$/);
    },
  ),
  later('… the owner of an ad account you are going to manage.', 'ad accounts'),
  documented(
    'Build a URL with client_id, redirect_uri, client_secret and code for /v25.0/oauth/access_token.',
    'The printed call gives the token; no grant_type is needed.',
    async (world) => {
      const { body } = succeeded(await redeem(world, market, await codeOf(world, 'ana', market, { scope: 'ads_read' })));
      assert.equal((await inspect(world, body.access_token as string, market)).is_valid, true);
    },
  ),
  documented(
    'If you follow the server-side authentication flow, you get a persistent token.',
    'Of an app with Standard access, the code gives a token without end.',
    async (world) => {
      const { body } = succeeded(await redeem(world, market, await codeOf(world, 'ana', market, { scope: 'ads_read' })));
      assert.equal(body.expires_in, undefined);
      assert.equal((await inspect(world, body.access_token as string, market)).expires_at, 0);
    },
    { difference: 'Only for apps with Standard access to the Marketing API; others get the short-lived token of the access-token guide.' },
  ),
  documented(
    'If you follow the client-side flow, you get a token with a finite validity of about one to two hours.',
    'The fragment has expires_in between one and two hours, for such an app too.',
    async (world) => {
      const { fragment } = await logIn(world, 'ana', market, { params: { response_type: 'token' } });
      const life = Number(fragment.get('expires_in'));
      assert.ok(life >= HOUR && life <= 2 * HOUR, String(life));
    },
  ),
  documented(
    'This short-lived token can be exchanged for a persistent token by the endpoint for extending tokens.',
    'Exchanged, the client-side token has no end.',
    async (world) => {
      const { fragment } = await logIn(world, 'ana', market, { params: { response_type: 'token' } });
      const { body } = succeeded(await exchange(world, market, fragment.get('access_token') ?? ''));
      assert.equal((await inspect(world, body.access_token as string, market)).expires_at, 0);
    },
  ),
  later('If a system user of a business invokes the API, you can use a system user token.', business),
  documented(
    'You can debug the token, check for expiration and validate the permissions by the programmatic validation API.',
    'debug_token tells validity, end and permissions in one call.',
    async (world) => {
      const token = await userToken(world, 'ana', market, { scope: 'ads_read,email', untick: ['email'] });
      const { body } = succeeded(await world.get('/debug_token', { input_token: token, access_token: idAndSecret(market) }));
      assert.equal(body.data.is_valid, true);
      assert.deepEqual([...body.data.scopes].sort(), ['ads_read', 'public_profile']);
    },
  ),
  later('Your token should be safely stored in your database.', vault),
  advice('Always move tokens between your client and server securely over HTTPS.', 'See the access-token guide.'),
  documented(
    'You should regularly check for validity of the token.',
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
    'Even a persistent token can become invalid: a password changes …',
    'A changed password ends every token of the person, the ones without end too.',
    async (world) => {
      const [persistent, short] = [await longToken(world, 'ana', market), await userToken(world, 'ana', shop)];
      const browser = await signIn(world, 'ana');
      await changePassword(browser, 'ana', 'a-much-better-password-9');
      for (const token of [persistent, short])
        refused(
          await world.get('/me', { access_token: token }),
          190,
          460,
          'Error validating access token: The session has been invalidated because the user has changed the password.',
        );
      assert.equal((await inspect(world, persistent, market)).error.subcode, 460);
    },
  ),
  documented(
    '… a user revokes permissions.',
    'A permission taken back on the settings page is gone from the token, which lives on.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: 'email' });
      await takeBack(await signIn(world, 'ana'), 'E-mail address', shop.name);
      const { body } = succeeded(await world.get('/me', { fields: 'name,email', access_token: token }));
      assert.equal(body.email, undefined);
      assert.deepEqual((await inspect(world, token)).scopes, ['public_profile']);
    },
  ),
  documented(
    'Your app should expect to have a flow to re-request permission from users.',
    'With auth_type=rerequest the dialog asks again for what was declined.',
    async (world) => {
      const browser = world.browser();
      await userToken(world, 'ana', shop, { scope: 'email', untick: ['email'], browser });
      const quiet = await browser.open(dialog(shop, { scope: 'email' }));
      assert.ok(quiet.left, quiet.text);
      const asked = await browser.open(dialog(shop, { scope: 'email', auth_type: 'rerequest' }));
      assert.match(asked.text, /You said no to this before/);
      const code = answerIn(await goThrough(browser, asked, 'ana')).query.get('code') ?? '';
      const { body } = succeeded(await redeem(world, shop, code));
      assert.ok((await inspect(world, body.access_token as string)).scopes.includes('email'));
    },
  ),
  documented(
    'Check the validity of the user token when they start your app; if necessary re-run the authentication flow.',
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
  later('Where there is no user interface, prompt in a different way: send an email with instructions.', vault),
  advice('Use HTTPS.', 'The platform’s addresses are https except on loopback.'),
  later('Store tokens securely, in encrypted databases.', vault),
  documented(
    'Limit token scope: request only the minimum necessary permissions.',
    'Without scope a token has public_profile alone.',
    async (world) => {
      assert.deepEqual((await inspect(world, await userToken(world, 'ana', shop))).scopes, ['public_profile']);
    },
  ),
  later('Implement token expiration: regularly refresh tokens.', vault),
];
