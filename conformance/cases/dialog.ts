// The log-in dialog by its own documents: parameters, answers, cancel, what is asked again, and the settings around it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { apps, callback, nativeCallback, pages, type AppName, type PersonName } from '../src/cast.ts';
import { type Case, citing } from '../src/case.ts';
import { answerIn, codeOf, dialog, goThrough, inspect, logIn, pageScope, redeem, refused, succeeded, userToken } from '../src/deeds.ts';
import type { Page } from '../src/browser.ts';

const manual = citing('manual flow');
const security = citing('login security');
const asking = citing('permissions');
const list = citing('permission list');
const levels = citing('access levels');
const business = citing('business login');
const oidc = citing('openid');
const { shop, draft, phone } = apps;

const verifier = 'a-verifier-of-forty-three-characters-or-more-0';
const challenge = createHash('sha256').update(verifier).digest('base64url');

/** The dialog stopped on a page of the platform. */
function blocked(page: Page, words: RegExp): void {
  assert.equal(page.left, undefined);
  assert.ok(page.status >= 400, `${page.status}: ${page.text}`);
  assert.match(page.text, words);
}

const parameters: Case[] = [
  ...manual.each(
    [
      [
        'client_id is the ID of your app.',
        'An unknown app is told on the page, not to any address.',
        { client_id: '999999999999999' },
        /Invalid App ID/,
      ],
      ['redirect_uri is where people are sent back to.', 'A missing redirect_uri is told on the page.', { redirect_uri: '' }, /URL Blocked/],
      ['redirect_uri must be one you registered.', 'Another address is not gone to.', { redirect_uri: 'https://evil.example/cb' }, /URL Blocked/],
    ] as const,
    ([sentence, behaviour, params, words]) =>
      manual.documented(sentence, behaviour, async (world) => blocked(await world.browser().open(dialog(shop, params)), words)),
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
  manual.documented('state is optional.', 'Without state none comes back, nor any other parameter that was not asked for.', async (world) => {
    const { query } = await logIn(world, 'ana', shop);
    assert.deepEqual([...query.keys()], ['code']);
  }),
  ...manual.each(
    [
      ['code', 'query', ['code']],
      ['token', 'fragment', ['access_token', 'data_access_expiration_time', 'expires_in', 'long_lived_token']],
      ['code token', 'fragment', ['access_token', 'code', 'data_access_expiration_time', 'expires_in', 'long_lived_token']],
      ['code,token', 'fragment', ['access_token', 'code', 'data_access_expiration_time', 'expires_in', 'long_lived_token']],
      ['code granted_scopes', 'query', ['code', 'denied_scopes', 'granted_scopes']],
      [
        'token granted_scopes',
        'fragment',
        ['access_token', 'data_access_expiration_time', 'denied_scopes', 'expires_in', 'granted_scopes', 'long_lived_token'],
      ],
    ] as const,
    ([type, place, keys]) =>
      manual.documented(
        'response_type: code (default), token, code token, granted_scopes.',
        `response_type=${type} answers in the ${place} with ${keys.join(', ')}.`,
        async (world) => {
          const answer = await logIn(world, 'ana', shop, { scope: 'email', untick: ['email'], params: { response_type: type } });
          const found = [...answer[place].keys()].filter((name) => name !== '_').sort();
          assert.deepEqual(
            found.filter((name) => name !== 'denied_scopes'),
            keys.filter((name) => name !== 'denied_scopes'),
          );
          if (keys.some((name) => name === 'granted_scopes')) {
            assert.equal(answer[place].get('granted_scopes'), 'public_profile');
            assert.equal(answer[place].get('denied_scopes'), 'email');
          }
        },
      ),
  ),
  ...manual.each(['email,user_birthday', 'email user_birthday', 'email, user_birthday'] as const, (scope) =>
    manual.documented('scope: a comma or space separated list of permissions.', `scope="${scope}" asks for both.`, async (world) => {
      const { scopes } = await inspect(world, await userToken(world, 'ana', shop, { scope }));
      assert.deepEqual([...scopes].sort(), ['email', 'public_profile', 'user_birthday']);
    }),
  ),
  manual.documented(
    'Cancelled: YOUR_REDIRECT_URI?error_reason=user_denied&error=access_denied&error_description=Permissions+error.',
    'Cancel sends exactly these, and the state.',
    async (world) => {
      const browser = world.browser();
      const page = await goThrough(browser, await browser.open(dialog(shop, { scope: 'email', state: 's1' })), 'ana', { cancel: true });
      const { address, query } = answerIn(page);
      assert.equal(address, callback);
      assert.deepEqual(
        [query.get('error_reason'), query.get('error'), query.get('error_description'), query.get('state')],
        ['user_denied', 'access_denied', 'Permissions error.', 's1'],
      );
      assert.match(page.left ?? '', /error_description=Permissions\+error\./);
      assert.equal(query.get('code'), null);
    },
    { difference: '`error_code=200` is there too, as it was observed.' },
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
      const page = await goThrough(browser, await browser.open(dialog(phone, { redirect_uri: target, response_type: 'token' })), 'ana');
      assert.equal(page.left, undefined);
      assert.equal(page.status, 200, page.text);
      assert.ok(page.path.startsWith('/connect/login_success.html'), page.path);
    },
  ),
  manual.documented(
    'Log people out of your app, or of Facebook by the documented address.',
    'logout.php ends the session and goes to next.',
    async (world) => {
      const browser = world.browser();
      const token = await userToken(world, 'ana', shop, { browser });
      const page = await browser.open(`/logout.php?next=${encodeURIComponent(callback)}&access_token=${token}`);
      assert.equal(page.left, callback, page.text);
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
      assert.match((await browser.open(dialog(shop, { scope: 'email' }))).text, /asks for:/);
    },
  ),
];

const semantics: Case[] = [
  manual.documented(
    'public_profile is granted with every log-in and cannot be unticked.',
    'The list has no tick for it, and the token has it.',
    async (world) => {
      const browser = world.browser();
      let page = await browser.open(dialog(shop, { scope: 'email' }));
      const form = page.forms.find(({ fields }) => fields.some(({ name }) => name === 'password'));
      assert.ok(form);
      page = await browser.submit(page, form, { fill: { email: 'ana@example.com', password: 'ana-and-her-bread' } });
      const ticks = page.forms.flatMap(({ fields }) => fields.filter(({ name }) => name === 'permissions').map(({ value }) => value));
      assert.deepEqual(ticks, ['email']);
      assert.ok((await inspect(world, await userToken(world, 'ana', shop, { browser, scope: 'email' }))).scopes.includes('public_profile'));
    },
  ),
  asking.documented(
    'You should only ask for what is not yet granted; the dialog shows only new permissions.',
    'What was granted is not asked again: the dialog shows the new one alone.',
    async (world) => {
      const browser = world.browser();
      await userToken(world, 'ana', shop, { browser, scope: 'email' });
      const page = await browser.open(dialog(shop, { scope: 'email,user_gender' }));
      const ticks = page.forms.flatMap(({ fields }) => fields.filter(({ name }) => name === 'permissions').map(({ value }) => value));
      assert.deepEqual(ticks, ['user_gender']);
    },
  ),
  asking.documented(
    'Once someone has declined a permission, the dialog does not ask for it again.',
    'The dialog goes straight back, without the declined permission.',
    async (world) => {
      const browser = world.browser();
      await userToken(world, 'ana', shop, { browser, scope: 'email', untick: ['email'] });
      const page = await browser.open(dialog(shop, { scope: 'email' }));
      const { body } = succeeded(await redeem(world, shop, answerIn(page).query.get('code') ?? ''));
      assert.deepEqual((await inspect(world, body.access_token as string)).scopes, ['public_profile']);
    },
  ),
  asking.documented('… unless you add auth_type=rerequest.', 'Then it asks, and says that it was declined before.', async (world) => {
    const browser = world.browser();
    await userToken(world, 'ana', shop, { browser, scope: 'email', untick: ['email'] });
    const page = await browser.open(dialog(shop, { scope: 'email', auth_type: 'rerequest' }));
    assert.equal(page.left, undefined);
    assert.match(page.text, /You said no to this before/);
  }),
  manual.documented(
    'auth_type=reauthenticate asks the person to enter the password again.',
    'A person who is logged in has to give the password once more; debug_token shows auth_type and auth_nonce.',
    async (world) => {
      const browser = world.browser();
      await userToken(world, 'ana', shop, { browser });
      const page = await browser.open(dialog(shop, { auth_type: 'reauthenticate', auth_nonce: 'once-1' }));
      assert.ok(
        page.forms.some(({ fields }) => fields.some(({ name }) => name === 'password')),
        page.text,
      );
      const { body } = succeeded(await redeem(world, shop, answerIn(await goThrough(browser, page, 'ana')).query.get('code') ?? ''));
      assert.deepEqual((await inspect(world, body.access_token as string)).metadata, { auth_type: 'reauthenticate', auth_nonce: 'once-1' });
    },
  ),
  asking.documented('Handle missing permissions: check with GET /{user-id}/permissions.', 'Granted and declined are both listed.', async (world) => {
    const token = await userToken(world, 'ana', shop, { scope: 'email,user_gender', untick: ['user_gender'] });
    const { body } = succeeded(await world.get('/me/permissions', { access_token: token }));
    assert.deepEqual(
      (body.data as { permission: string; status: string }[]).toSorted((a, b) => a.permission.localeCompare(b.permission)),
      [
        { permission: 'email', status: 'granted' },
        { permission: 'public_profile', status: 'granted' },
        { permission: 'user_gender', status: 'declined' },
      ],
    );
  }),
  asking.documented(
    'Revoke one permission: DELETE /{user-id}/permissions/{permission-name}.',
    'It answers a bare true; the token lives without the permission.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: 'email' });
      assert.equal((await world.delete('/me/permissions/email', { access_token: token })).text, 'true');
      assert.equal(succeeded(await world.get('/me', { fields: 'email', access_token: token })).body.email, undefined);
    },
  ),
  asking.documented(
    'Both work with a user token, or with the app token and the user id.',
    'The app removes itself from a person by its own token.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      const { id } = (await world.get('/me', { access_token: token })).body as { id: string };
      assert.equal((await world.delete(`/${id}/permissions`, { access_token: `${shop.id}|${shop.secret}` })).text, 'true');
      refused(await world.get('/me', { access_token: token }), 190, 458);
    },
  ),
  ...list.each(
    [
      ['pages_manage_posts', ['pages_read_engagement', 'pages_show_list']],
      ['pages_manage_metadata', ['pages_show_list']],
      ['pages_read_engagement', ['pages_show_list']],
      ['pages_read_user_content', ['pages_show_list']],
      ['read_insights', ['pages_read_engagement', 'pages_show_list']],
      ['ads_management', ['pages_read_engagement', 'pages_show_list']],
      ['ads_read', []],
    ] as const,
    ([scope, with_]) =>
      list.documented(
        with_.length === 0 ? `${scope} has no dependencies.` : `${scope} depends on ${with_.join(' and ')}.`,
        `Asking for ${scope} gives ${[scope, ...with_].join(', ')}.`,
        async (world) => {
          const { scopes } = await inspect(world, await userToken(world, 'ana', shop, { scope }));
          assert.deepEqual([...scopes].sort(), [scope, ...with_, 'public_profile'].sort());
        },
      ),
  ),
  manual.documented(
    'People choose which of their Pages an app may use.',
    'Only the chosen Page is listed, and only it gives a token.',
    async (world) => {
      const token = await userToken(world, 'ana', shop, { scope: pageScope, choose: ['garden'] });
      const { body } = succeeded(await world.get('/me/accounts', { access_token: token }));
      assert.deepEqual(
        (body.data as { id: string }[]).map(({ id }) => id),
        [pages.garden.id],
      );
      assert.equal((await world.get(`/${pages.bakery.id}`, { fields: 'access_token', access_token: token })).body.access_token, undefined);
      const { granular_scopes } = await inspect(world, token);
      assert.ok(
        (granular_scopes as { target_ids?: string[] }[]).every(({ target_ids }) => target_ids === undefined || target_ids.join() === pages.garden.id),
      );
    },
  ),
];

const access: Case[] = [
  ...levels.each(
    [
      ['shop', 'dan', true],
      ['draft', 'ben', true],
      ['draft', 'cleo', true],
    ] as [AppName, PersonName, boolean][],
    ([app, person]) =>
      levels.documented(
        'In development an app is for people with a role on it; live, for anyone.',
        `${app === 'draft' ? 'In development' : 'Live'}: ${person}, ${person === 'dan' ? 'without' : 'with'} a role, can log in.`,
        async (world) => {
          const token = await userToken(world, person, apps[app]);
          assert.equal((await inspect(world, token, apps[app])).is_valid, true);
        },
      ),
  ),
  levels.documented(
    'In development an app is for people with a role on it.',
    'Somebody without a role is stopped on a page, and the app hears nothing.',
    async (world) => {
      const browser = world.browser();
      const page = await goThrough(browser, await browser.open(dialog(draft)), 'dan');
      assert.equal(page.left, undefined);
      assert.match(page.text, /App not active/);
    },
  ),
  levels.documented(
    'Standard access: a permission works only for people with a role on the app.',
    'A person without a role is not even asked for it; one with a role grants it.',
    async (world) => {
      const scope = 'user_birthday';
      const { scopes } = await inspect(world, await userToken(world, 'ben', draft, { scope }), draft);
      assert.ok(scopes.includes(scope));
      const withoutReview = await inspect(world, await userToken(world, 'dan', shop, { scope: 'user_hometown' }));
      assert.deepEqual(withoutReview.scopes, ['public_profile']);
    },
  ),
  ...security.each(
    [
      ['another path', 'https://app.example/cb/more'],
      ['another query', 'https://app.example/cb?next=1'],
      ['another host', 'https://www.app.example/cb'],
      ['another scheme', 'http://app.example/cb'],
      ['another port', 'https://app.example:8443/cb'],
      ['a fragment', 'https://app.example/cb#x'],
      ['other letters', 'https://app.example/CB'],
    ] as const,
    ([what, redirect_uri]) =>
      security.documented(
        'Strict Mode: redirect URIs must match one of the list exactly.',
        `${what[0]?.toUpperCase()}${what.slice(1)} is blocked before anybody logs in.`,
        async (world) => {
          blocked(await world.browser().open(dialog(shop, { redirect_uri })), /URL Blocked/);
        },
      ),
  ),
  security.documented('The registered address may have a query of its own.', 'It is kept, and the answer is added to it.', async (world) => {
    const browser = world.browser();
    const page = await goThrough(browser, await browser.open(dialog(shop, { redirect_uri: 'https://app.example/other?x=1' })), 'ana');
    assert.match(page.left ?? '', /^https:\/\/app\.example\/other\?x=1&code=AQ/);
  }),
  security.documented(
    'Server IP allow list: calls with the app secret from elsewhere fail.',
    'The secret is refused from an address outside of the list; user tokens go on.',
    async (world) => {
      const token = await userToken(world, 'ana', shop);
      succeeded(await world.post(`/${shop.id}`, { server_ip_whitelist: '["203.0.113.7"]', access_token: `${shop.id}|${shop.secret}` }));
      assert.equal(
        (await world.get('/oauth/access_token', { client_id: shop.id, client_secret: shop.secret, grant_type: 'client_credentials' })).body.error
          ?.code,
        5,
      );
      succeeded(await world.get('/me', { access_token: token }));
    },
  ),
  business.documented(
    'config_id replaces scope in Facebook Login for Business.',
    'A dialog with config_id is refused on a page that says so.',
    async (world) => {
      blocked(await world.browser().open(dialog(shop, { config_id: '123456' })), /Configuration not supported/);
    },
    { difference: 'Login for Business comes with businesses; until then nothing is guessed.' },
  ),
  business.later('A configuration holds login variation, token type, assets, permissions and expiry.', 'businesses and system users'),
];

const pkceAndOpenId: Case[] = [
  oidc.documented(
    'Send code_challenge and code_challenge_method=S256; exchange with code_verifier.',
    'With the verifier the code is exchanged; without, or with another, it is refused.',
    async (world) => {
      const code = await codeOf(world, 'ana', shop, { params: { code_challenge: challenge, code_challenge_method: 'S256' } });
      refused(await redeem(world, shop, code), 100, 36_008);
      refused(await redeem(world, shop, code, { code_verifier: `${verifier}x` }), 100, 36_008);
      succeeded(await redeem(world, shop, code, { code_verifier: verifier }));
    },
  ),
  oidc.documented(
    'A native app exchanges with the verifier and without the secret.',
    'PKCE alone is enough for an app that has no secret to keep.',
    async (world) => {
      const browser = world.browser();
      const params = { redirect_uri: nativeCallback, code_challenge: challenge, code_challenge_method: 'S256' };
      const page = await goThrough(browser, await browser.open(dialog(phone, params)), 'ana');
      const left = page.left ?? page.links.find(({ to }) => to.startsWith('fb'))?.to;
      const code = answerIn({ ...page, left }).query.get('code') ?? '';
      const { body } = succeeded(
        await world.get('/oauth/access_token', { client_id: phone.id, redirect_uri: nativeCallback, code, code_verifier: verifier }),
      );
      assert.equal((await inspect(world, body.access_token as string, phone)).is_valid, true);
    },
  ),
  oidc.documented(
    'scope must contain openid; the answer has an id_token beside the access token.',
    'The id_token is signed with RS256, for this app, with the nonce.',
    async (world) => {
      const params = { scope: 'openid email', nonce: 'n-0S6', code_challenge: challenge, code_challenge_method: 'S256' };
      const code = await codeOf(world, 'ana', shop, { params });
      const { body } = succeeded(await redeem(world, shop, code, { code_verifier: verifier }));
      const [head = '', claims = ''] = (body.id_token as string).split('.');
      const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
      const me = (await world.get('/me', { access_token: body.access_token })).body as { id: string };
      assert.equal(read(head)['alg'], 'RS256');
      assert.deepEqual(
        [read(claims)['aud'], read(claims)['nonce'], read(claims)['sub'], read(claims)['email']],
        [shop.id, 'n-0S6', me.id, 'ana@example.com'],
      );
      const { keys } = (await world.get('/.well-known/oauth/openid/jwks/')).body as { keys: { kid: string }[] };
      assert.ok(keys.some(({ kid }) => kid === read(head)['kid']));
    },
  ),
  oidc.documented('Without openid there is no id_token.', 'The answer has none.', async (world) => {
    const { body } = succeeded(await redeem(world, shop, await codeOf(world, 'ana', shop, { scope: 'email' })));
    assert.equal(body.id_token, undefined);
  }),
  ...oidc.each(['/.well-known/openid-configuration', '/.well-known/openid-configuration/'] as const, (path) =>
    oidc.documented(
      'Discovery is at /.well-known/openid-configuration/.',
      `${path} answers with issuer, endpoints and keys.`,
      async (world) => {
        const { body } = succeeded(await world.get(path));
        assert.equal(body.issuer, world.url);
        for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri'])
          assert.ok((body[name] as string).startsWith('http'), `${name}: ${body[name]}`);
        assert.deepEqual(body.id_token_signing_alg_values_supported, ['RS256']);
      },
      { difference: 'Ours names a token_endpoint, which the real document leaves out.' },
    ),
  ),
];

export const cases: Case[] = [...parameters, ...semantics, ...access, ...pkceAndOpenId];
