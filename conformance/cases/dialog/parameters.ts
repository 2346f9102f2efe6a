// These cases are about the log-in dialog by its own documents: parameters, answers, cancel.
import assert from 'node:assert/strict';
import { apps, callback } from '../../src/stage/cast.ts';
import { type Case, citing } from '../../src/case.ts';
import { answerIn, codeOf, dialog, inspect, logIn, openDialog, redeem, userToken } from '../../src/stage/deeds.ts';
import { blocked, refused, succeeded } from '../../src/expect.ts';

const manual = citing('manual flow');
const { shop, phone } = apps;

export const cases: Case[] = [
  ...manual.each(
    [
      [
        'client_id is the ID of your app.',
        'An unknown app is told on the page, not to any address.',
        { client_id: '999999999999999' },
        /Invalid App ID/,
      ],
      [
        'redirect_uri is where people are sent back to.',
        'A missing redirect_uri is told on the page.',
        { redirect_uri: '' },
        /URL Blocked/,
      ],
      [
        'redirect_uri must be one you registered.',
        'The dialog doesn’t redirect to another address.',
        { redirect_uri: 'https://evil.example/cb' },
        /URL Blocked/,
      ],
    ] as const,
    ([sentence, behaviour, params, words]) =>
      manual.documented(sentence, behaviour, async (world) =>
        blocked(await world.browser().open(dialog(shop, params)), words),
      ),
  ),
  ...manual.each(['plain', 'with spaces & signs', '{"challenge":"a+b/c=","n":1}', 'ümläüt 😀'] as const, (state) =>
    manual.documented(
      'state: a string value that maintains state between request and callback.',
      `state=${state.replaceAll(/[{}"]/g, '…')} comes back as it was.`,
      async (world) => {
        const answer = await logIn(world, 'ana', shop, { params: { state } });
        assert.equal(answer.query.get('state'), state);
      },
    ),
  ),
  manual.documented(
    'state is optional.',
    'Without state no state comes back, and no parameter that was not asked for.',
    async (world) => {
      const { query } = await logIn(world, 'ana', shop);
      assert.deepEqual([...query.keys()], ['code']);
    },
  ),
  ...manual.each(
    [
      ['code', 'query', ['code']],
      ['token', 'fragment', ['access_token', 'data_access_expiration_time', 'expires_in', 'long_lived_token']],
      [
        'code token',
        'fragment',
        ['code', 'access_token', 'data_access_expiration_time', 'expires_in', 'long_lived_token'],
      ],
      [
        'code,token',
        'fragment',
        ['code', 'access_token', 'data_access_expiration_time', 'expires_in', 'long_lived_token'],
      ],
      ['code granted_scopes', 'query', ['code', 'granted_scopes', 'denied_scopes']],
      [
        'token granted_scopes',
        'fragment',
        [
          'access_token',
          'data_access_expiration_time',
          'expires_in',
          'long_lived_token',
          'granted_scopes',
          'denied_scopes',
        ],
      ],
    ] as const,
    ([type, place, keys]) =>
      manual.documented(
        'response_type: code (default), token, code token, granted_scopes.',
        `response_type=${type} answers in the ${place} with ${keys.join(', ')}.`,
        async (world) => {
          const answer = await logIn(world, 'ana', shop, {
            scope: 'email',
            untick: ['email'],
            params: { response_type: type },
          });
          assert.deepEqual([...answer[place].keys()], keys);
          if (keys.some((name) => name === 'granted_scopes')) {
            assert.equal(answer[place].get('granted_scopes'), 'public_profile');
            assert.equal(answer[place].get('denied_scopes'), 'email');
          }
        },
      ),
  ),
  ...manual.each(['email,user_birthday', 'email user_birthday', 'email, user_birthday'] as const, (scope) =>
    manual.documented(
      'scope: a comma or space separated list of permissions.',
      `scope="${scope}" asks for both.`,
      async (world) => {
        const { scopes } = await inspect(world, await userToken(world, 'ana', shop, { scope }));
        assert.deepEqual(scopes, ['public_profile', 'email', 'user_birthday']);
      },
    ),
  ),
  manual.documented(
    'Cancelled: YOUR_REDIRECT_URI?error_reason=user_denied&error=access_denied&error_description=Permissions+error.',
    'Cancel sends exactly these, and the state.',
    async (world) => {
      const browser = world.browser();
      const page = await openDialog(browser, dialog(shop, { scope: 'email', state: 's1' }), 'ana', {
        cancel: true,
      });
      const { address, query } = answerIn(page);
      assert.equal(address, callback);
      assert.deepEqual(
        [query.get('error_reason'), query.get('error'), query.get('error_description'), query.get('state')],
        ['user_denied', 'access_denied', 'Permissions error.', 's1'],
      );
      assert.match(page.left ?? '', /error_description=Permissions\+error\./);
      assert.equal(query.get('code'), null);
    },
    { difference: '`error_code=200` is included too, as observed.' },
  ),
  manual.documented(
    'The exchange needs client_id, redirect_uri, client_secret and code.',
    'Answer: access_token, token_type and expires_in.',
    async (world) => {
      const { body } = succeeded(await redeem(world, shop, await codeOf(world, 'ana', shop)));
      assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'expires_in']);
    },
  ),
  manual.documented(
    'redirect_uri must be the same as the original one in the dialog.',
    'Another registered address is refused, and the code is not used up by it.',
    async (world) => {
      const code = await codeOf(world, 'ana', shop);
      refused(
        await redeem(world, shop, code, { redirect_uri: 'https://app.example/other?x=1' }),
        100,
        36_008,
        /make sure your redirect_uri is identical/,
      );
      succeeded(await redeem(world, shop, code));
    },
  ),
  manual.documented(
    'Desktop apps use https://www.facebook.com/connect/login_success.html as redirect_uri.',
    'The success page of the platform itself is a redirect address of apps with embedded log-in.',
    async (world) => {
      const browser = world.browser();
      const target = `${world.url}/connect/login_success.html`;
      const page = await openDialog(browser, dialog(phone, { redirect_uri: target, response_type: 'token' }), 'ana');
      assert.equal(page.left, undefined);
      assert.equal(page.status, 200, page.innerText);
      assert.ok(page.url.startsWith('/connect/login_success.html'), page.url);
    },
  ),
  manual.documented(
    'Log people out of your app, or of Facebook by the documented address.',
    'logout.php ends the session and goes to next.',
    async (world) => {
      const browser = world.browser();
      const token = await userToken(world, 'ana', shop, { browser });
      const page = await browser.open(`/logout.php?next=${encodeURIComponent(callback)}&access_token=${token}`);
      assert.equal(page.left, callback, page.innerText);
      refused(await world.get('/me', { access_token: token }), 190, 467);
      const again = await browser.open(dialog(shop));
      assert.equal(again.left, undefined);
    },
  ),
  manual.documented(
    'Deleting a login: remove the app by DELETE /{user-id}/permissions.',
    'The person sees the whole dialog again afterwards.',
    async (world) => {
      const browser = world.browser();
      const token = await userToken(world, 'ana', shop, { browser, scope: 'email' });
      assert.equal((await world.delete('/me/permissions', { access_token: token })).text, 'true');
      assert.match((await browser.open(dialog(shop, { scope: 'email' }))).innerText, /asks for:/);
    },
  ),
];
