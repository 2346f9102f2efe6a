// These tests are about one parameter with two values, and two different tokens: the rows IV-01 and IV-04 of the threat
// catalogue.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callback, codeOf, digest } from '../acts.ts';
import { Browser } from '../browser.ts';
import { shopDialog } from '../dialog-journey.ts';
import {
  joined,
  form,
  formType,
  jsonType,
  t,
  user,
  page,
  send,
  code,
  events,
  multipart,
  own,
} from './threats-iv-scene.ts';
import { type Reply } from '../world.ts';
import { cast } from '../world.ts';

const { ana, bakery, garden, rival, shop } = cast;

describe('IV-01: one parameter with two values', () => {
  /** A call that works, and a second value for one of its parameters. */
  const calls: [
    what: string,
    method: string,
    path: string,
    params: () => Record<string, string>,
    twice: Record<string, string | (() => string)>,
  ][] = [
    [
      'exchange',
      'POST',
      '/oauth/access_token',
      () => ({ ...own, grant_type: 'fb_exchange_token', fb_exchange_token: user }),
      {
        client_id: rival.id,
        client_secret: rival.secret,
        grant_type: 'client_credentials',
        fb_exchange_token: () => page,
      },
    ],
    [
      'client code',
      'POST',
      '/oauth/client_code',
      () => ({ ...own, redirect_uri: callback, access_token: user }),
      { redirect_uri: 'https://app.example/', access_token: () => page, client_id: rival.id },
    ],
    [
      'revoke',
      'POST',
      '/oauth/revoke',
      () => ({ ...own, access_token: user, revoke_token: 'EAAx' }),
      { revoke_token: () => user, client_secret: 'x' },
    ],
    [
      'debug',
      'GET',
      '/debug_token',
      () => ({ access_token: joined, input_token: user }),
      { input_token: () => page, fields: 'app_id' },
    ],
    [
      'read',
      'GET',
      '/me',
      () => ({ access_token: user, fields: 'id', locale: 'de_DE' }),
      { fields: 'id,email', locale: 'en_US', appsecret_proof: '0', metadata: '0', callback: 'other', pretty: '0' },
    ],
    [
      'post',
      'POST',
      `/${bakery.id}/feed`,
      () => ({ access_token: page, message: 'once', published: 'false' }),
      { message: 'twice', published: 'true', page: garden.id },
    ],
    ['app settings', 'POST', `/${shop.id}`, () => ({ access_token: joined, app_name: 'Shop' }), { app_name: 'Other' }],
    [
      'permission',
      'DELETE',
      '/me/permissions',
      () => ({ access_token: user, permission: 'user_likes' }),
      { permission: 'email' },
    ],
    ['ids', 'GET', '/', () => ({ access_token: user, ids: 'me' }), { ids: bakery.id }],
  ];
  /** Names that carry no value yet get one first, so that there are two. */
  const firstOf = (params: Record<string, string>, name: string) => params[name] ?? '1';

  for (const [what, method, path, params, twice] of calls)
    for (const [name, another] of Object.entries(twice))
      test(`${what}: ${name}`, async () => {
        const second = typeof another === 'function' ? another() : another;
        const given = params();
        const pairs = Object.entries(given).filter(([one]) => one !== name);
        const first = firstOf(given, name);
        const query = (more: [string, string][]) => new URLSearchParams([...pairs, ...more]).toString();
        const alone = (value: string) => form({ [name]: value });
        const ways: Record<string, Promise<Reply>[]> = {
          'twice in the query': [
            send(path, {
              method,
              query: query([
                [name, first],
                [name, second],
              ]),
            }),
          ],
          'twice in a form': [
            send(path, {
              method,
              headers: formType,
              body: query([
                [name, first],
                [name, second],
              ]),
            }),
          ],
          'query and form': [
            send(path, { method, query: query([[name, first]]), headers: formType, body: alone(second) }),
          ],
          'form and query': [
            send(path, { method, query: alone(first), headers: formType, body: query([[name, second]]) }),
          ],
          'query and JSON': [
            send(path, {
              method,
              query: query([[name, first]]),
              headers: jsonType,
              body: JSON.stringify({ [name]: second }),
            }),
          ],
          'query and multipart': [
            send(path, {
              method,
              query: query([[name, first]]),
              headers: { 'content-type': 'multipart/form-data; boundary=b' },
              body: multipart([[name, second]]),
            }),
          ],
          'twice in multipart': [
            send(path, {
              method,
              headers: { 'content-type': 'multipart/form-data; boundary=b' },
              body: multipart([...pairs, [name, first], [name, second]]),
            }),
          ],
          'plain and as a list': [
            send(path, {
              method,
              query: query([
                [name, first],
                [`${name}[]`, second],
              ]),
            }),
          ],
          'spelled in two ways': [
            send(path, {
              method,
              query: `${query([[name, first]])}&%${name.charCodeAt(0).toString(16)}${name.slice(1)}=${encodeURIComponent(second)}`,
            }),
          ],
          'in an item of a batch': [
            (async () => {
              const relative = `${path.slice(1)}?${query([
                [name, first],
                [name, second],
              ])}`;
              const { body, ...rest } = await t.post('/', {
                batch: JSON.stringify([{ method, relative_url: relative }]),
              });
              return { ...rest, status: body[0].code, body: JSON.parse(body[0].body) };
            })(),
          ],
        };
        const state = await digest(t);
        for (const [where, [reply]] of Object.entries(ways)) {
          const got = await (reply as Promise<Reply>);
          assert.deepEqual(code(got), [400, 100], `${where}: ${got.text}`);
        }
        const before =
          events('token.rejected', name === 'access_token' ? 'two_credentials' : 'duplicate_param') +
          events('token.rejected', 'duplicate_param');
        await send(path, {
          method,
          query: query([
            [name, first],
            [name, second],
          ]),
        });
        assert.ok(
          events('token.rejected', 'two_credentials') + 2 * events('token.rejected', 'duplicate_param') > before,
          'noted',
        );
        assert.equal(await digest(t), state);
      });

  test('a code that is presented in a doubtful call stays untouched', async () => {
    const given = await codeOf(t);
    const body = { ...own, redirect_uri: callback, code: given };
    assert.deepEqual(code(await send('/oauth/access_token', { query: `${form(body)}&code=${given}` })), [400, 100]);
    assert.deepEqual(
      code(await send('/oauth/access_token', { query: `${form(body)}&client_id=${rival.id}` })),
      [400, 100],
    );
    assert.equal((await t.post('/oauth/access_token', body)).status, 200);
  });

  test('the dialog: a known name with brackets beside the plain one is no second value that somebody else may read', async () => {
    const before = events('dialog.blocked', 'duplicate_param');
    for (const more of [
      `&client_id[]=${rival.id}`,
      '&redirect_uri[0]=https://rival.example/cb',
      '&scope[]=email',
      '&state[x]=1',
    ]) {
      const browser = new Browser(t);
      await browser.open(shopDialog({ scope: 'public_profile' }) + more);
      assert.equal(browser.page.status, 400, more);
    }
    assert.equal(events('dialog.blocked', 'duplicate_param') - before, 4);
  });
});

describe('IV-04: two different tokens', () => {
  const tokenIn: Record<
    string,
    (token: string) => { query?: string; headers?: Record<string, string>; body?: string }
  > = {
    query: (token) => ({ query: form({ access_token: token }) }),
    form: (token) => ({ headers: formType, body: form({ access_token: token }) }),
    JSON: (token) => ({ headers: jsonType, body: JSON.stringify({ access_token: token }) }),
    Bearer: (token) => ({ headers: { authorization: `Bearer ${token}` } }),
  };
  for (const [here, first] of Object.entries(tokenIn))
    for (const [there, second] of Object.entries(tokenIn)) {
      if (here === there || (here !== 'query' && here !== 'Bearer' && there !== 'query' && there !== 'Bearer'))
        continue;
      test(`${here} and ${there}: neither is used, equal ones are fine`, async () => {
        const ask = (path: string, method: string, a: string, b: string) => {
          const [one, two] = [first(a), second(b)];
          return send(path, { method, ...one, ...two, headers: { ...one.headers, ...two.headers } });
        };
        const state = await digest(t);
        const before = events('token.rejected', 'two_credentials');
        for (const reply of [
          await ask('/me', 'GET', user, page),
          await ask('/me', 'GET', page, user),
          await ask('/me/permissions', 'DELETE', user, 'EAAx'),
          await ask('/me', 'GET', 'EAAx', user),
        ])
          assert.deepEqual(code(reply), [400, 100], reply.text);
        assert.equal(events('token.rejected', 'two_credentials') - before, 4);
        assert.equal(await digest(t), state);
        assert.equal((await ask('/me', 'GET', user, user)).status, 200);
      });
    }

  test('two Authorization headers, and Bearer beside Basic', async () => {
    for (const header of [
      `Bearer ${user}, Bearer ${page}`,
      `Bearer ${user}, Basic ${Buffer.from('a:b').toString('base64')}`,
    ])
      assert.deepEqual(code(await send('/me', { headers: { authorization: header } })), [400, 100]);
  });

  test('a cookie is no credential of the Graph, whatever it is called', async () => {
    const browser = new Browser(t);
    await browser.logIn(ana);
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    assert.deepEqual(
      code(await send('/me', { headers: { cookie: `${cookie}; access_token=${user}; c_user=${ana.id}` } })),
      [400, 2500],
    );
    assert.equal(
      (await send('/me', { query: form({ access_token: user }), headers: { cookie: `access_token=${page}` } })).status,
      200,
    );
  });
});
