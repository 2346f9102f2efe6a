// Real programs need these things of the server, rule by rule: the checklist that was drawn from unmodified clients.
// Each rule with other calls than those that the clients happen to make.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { answerOf, Browser } from '../browser.ts';
import { allowAll, shopDialog } from '../dialog-journey.ts';
import {
  ana,
  bakery,
  form,
  formType,
  garden,
  jsonType,
  multipart,
  own,
  page,
  send,
  shop,
  t,
  user,
} from './checklist-scene.ts';

const joined = `${shop.id}|${shop.secret}`;

describe('1. paths', () => {
  test('any version from v2.0, and none at all; the version that served is named', async () => {
    for (const version of [
      'v2.0',
      'v2.6',
      'v2.12',
      'v3.2',
      'v10.0',
      'v16.0',
      'v19.0',
      'v20.0',
      'v24.0',
      'v25.0',
      'v26.0',
      'v7.3',
    ]) {
      const reply = await t.get(`/${version}/me?access_token=${user}`);
      assert.deepEqual([reply.status, reply.headers['facebook-api-version']], [200, version]);
      const next = (await t.get(`/${version}/me/accounts?limit=1&access_token=${user}`)).body.paging.next as string;
      assert.ok(new URL(next).pathname.startsWith(`/${version}/`), next);
      assert.equal(
        (await t.get(`/${version}/oauth/access_token?${form({ ...own, grant_type: 'client_credentials' })}`)).headers[
          'facebook-api-version'
        ],
        version,
      );
      assert.equal((await t.get(`/${version}/me?access_token=bad`)).headers['facebook-api-version'], version);
      assert.equal(
        (await t.get(`/${version}/me?fields=a&fields=b&access_token=${user}`)).headers['facebook-api-version'],
        version,
      );
    }
    assert.equal((await t.get(`/me?access_token=${user}`)).headers['facebook-api-version'], 'v25.0');
  });

  test('the root of a version with and without a slash, and without a version', async () => {
    for (const root of ['/', '/v24.0', '/v24.0/', '/v3.2//']) {
      assert.equal(
        (await t.post(`${root}?access_token=${user}`, { batch: '[{"relative_url":"me"}]' })).body.length,
        1,
        root,
      );
      assert.equal((await t.get(`${root}?ids=me&access_token=${user}`)).body.me.name, ana.name, root);
    }
    assert.equal((await t.post('/me', { access_token: user, batch: '[{"relative_url":"me"}]' })).body[0].code, 200);
  });

  test('a final slash at the dialog and at discovery', async () => {
    for (const path of [
      '/dialog/oauth',
      '/dialog/oauth/',
      '/v16.0/dialog/oauth',
      '/v16.0/dialog/oauth/',
      '/dialog/oauth/index.php',
    ])
      assert.equal((await new Browser(t).open(shopDialog({}, path))).status, 200, path);
    for (const path of ['/.well-known/openid-configuration', '/.well-known/openid-configuration/'])
      assert.equal((await t.get(path)).status, 200, path);
  });
});

describe('2. parameters', () => {
  test('of one call come from the query and any body at once; a GET may have a body', async () => {
    const all = { message: 'one', published: 'false', access_token: page };
    for (const [i, split] of [['message'], ['published'], ['access_token'], ['message', 'published'], []].entries())
      for (const [type, write] of [
        [formType, form],
        [jsonType, (params: Record<string, string>) => JSON.stringify(params)],
        [{ 'content-type': 'multipart/form-data; boundary=b' }, multipart],
      ] as const) {
        const inQuery = Object.fromEntries(Object.entries(all).filter(([name]) => split.includes(name)));
        const inBody = Object.fromEntries(Object.entries(all).filter(([name]) => !split.includes(name)));
        const reply = await send('POST', `/${bakery.id}/feed?${form(inQuery)}`, type, write(inBody));
        assert.equal(reply.status, 200, `${i} ${type['content-type']}: ${reply.text}`);
        const read = await send(
          'GET',
          `/${reply.body.id}?${form({ access_token: page })}`,
          type,
          write({ fields: 'message,is_published' }),
        );
        assert.deepEqual([read.body.message, read.body.is_published], ['one', false]);
      }
    assert.equal((await send('GET', `/me?access_token=${user}`, jsonType, '{}')).status, 200);
    assert.equal(
      (await send('DELETE', `/me/permissions/user_friends?access_token=${user}`, jsonType, '{}')).text,
      'true',
    );
  });

  test('numbers and booleans of JSON count like their text; structure travels as JSON or as nested names', async () => {
    assert.equal(
      (
        await send(
          'POST',
          '/oauth/access_token',
          jsonType,
          JSON.stringify({ ...own, client_id: Number(shop.id), grant_type: 'client_credentials' }),
        )
      ).status,
      200,
    );
    const made = await send(
      'POST',
      `/${shop.id}/accounts`,
      jsonType,
      JSON.stringify({
        access_token: joined,
        installed: true,
        minor: false,
        permissions: ['email', 'user_birthday'],
        name: 'Bo',
      }),
    );
    assert.equal(made.status, 200, made.text);
    assert.equal(
      (
        await send(
          'POST',
          `/${shop.id}`,
          jsonType,
          JSON.stringify({ access_token: joined, app_domains: ['a.example', 'b.example'] }),
        )
      ).status,
      200,
    );
    for (const body of [
      'app_domains[]=c.example&app_domains[]=d.example',
      'app_domains[0]=c.example&app_domains[1]=d.example',
      `app_domains=${encodeURIComponent('["c.example","d.example"]')}`,
      'app_domains=c.example,d.example',
    ])
      for (const read of [
        await send('POST', `/${shop.id}`, formType, `${form({ access_token: joined })}&${body}`),
        await t.get(`/${shop.id}?fields=app_domains&access_token=${encodeURIComponent(joined)}`),
      ])
        assert.deepEqual(read.body.app_domains ?? ['c.example', 'd.example'], ['c.example', 'd.example'], body);
  });

  test('an empty value takes a text of the app away, and is no value elsewhere', async () => {
    const read = async () =>
      (
        await t.get(
          `/${shop.id}?fields=website_url,app_domains,server_ip_whitelist,contact_email&access_token=${encodeURIComponent(joined)}`,
        )
      ).body;
    assert.equal(
      (
        await t.post(`/${shop.id}`, {
          access_token: joined,
          website_url: 'https://shop.example/',
          app_domains: 'a.example',
        })
      ).status,
      200,
    );
    assert.deepEqual(
      [(await read()).website_url, (await read()).app_domains],
      ['https://shop.example/', ['a.example']],
    );
    assert.equal(
      (await t.post(`/${shop.id}`, { access_token: joined, website_url: '', app_domains: '', contact_email: '' }))
        .status,
      200,
    );
    assert.deepEqual(await read(), { app_domains: [], server_ip_whitelist: [], id: shop.id });
    assert.equal((await t.post(`/${shop.id}`, { access_token: joined, app_name: '' })).body.error.code, 100);
    assert.equal((await t.get(`/me?access_token=${user}&fields=&locale=&summary=&limit=`)).status, 200);
    assert.equal((await t.get(`/me/accounts?access_token=${user}&limit=&after=&before=`)).status, 200);
    assert.equal((await t.post(`/${bakery.id}/feed`, { access_token: page, message: '' })).body.error.code, 100);
    assert.equal((await t.get('/me?access_token=')).body.error.code, 2500);
  });
});

test('3. the token stands in the query, in any body, or in the Authorization header under either word', async () => {
  const replies = [
    await t.get(`/me?access_token=${user}`),
    await send('POST', '/me?method=get', formType, form({ access_token: user })),
    await send('GET', '/me', jsonType, JSON.stringify({ access_token: user })),
    await send(
      'POST',
      '/me?method=get',
      { 'content-type': 'multipart/form-data; boundary=b' },
      multipart({ access_token: user }),
    ),
    await t.get('/me', { authorization: `Bearer ${user}` }),
    await t.get('/me', { authorization: `bearer ${user}` }),
    await t.get('/me', { authorization: `OAuth ${user}` }),
    await t.get(`/me?access_token=${user}`, { authorization: `Bearer ${user}` }),
  ];
  for (const [i, reply] of replies.entries())
    assert.deepEqual([reply.status, reply.body.name], [200, ana.name], String(i));
  assert.equal((await t.get('/me', { authorization: `Digest ${user}` })).body.error.code, 2500);
});

describe('4. lists', () => {
  test('fields and ids by commas or as JSON', async () => {
    const expected = (await t.get(`/me?fields=id,email&access_token=${user}`)).text;
    for (const fields of ['id%2Cemail', '["id","email"]', '["id", "email"]', 'id, email', '["id,email"]'])
      assert.equal(
        (await t.get(`/me?fields=${encodeURIComponent(decodeURIComponent(fields))}&access_token=${user}`)).text,
        expected,
        fields,
      );
    assert.equal(
      (await send('GET', `/me?access_token=${user}`, jsonType, JSON.stringify({ fields: ['id', 'email'] }))).text,
      expected,
    );
    for (const ids of [`${bakery.id},${garden.id}`, `["${bakery.id}","${garden.id}"]`, `[${bakery.id},${garden.id}]`]) {
      const { body } = await t.get(`/?ids=${encodeURIComponent(ids)}&fields=name&access_token=${user}`);
      assert.deepEqual(Object.keys(body), [bakery.id, garden.id], ids);
      assert.equal(body[garden.id].name, garden.name);
    }
  });

  test('scope by commas or spaces, in the dialog and for test users', async () => {
    for (const scope of [
      'email,user_birthday',
      'email user_birthday',
      'email, user_birthday',
      ' email  user_birthday ',
    ]) {
      const browser = new Browser(t);
      const { location } = await allowAll(browser, ana, shopDialog({ scope, response_type: 'token granted_scopes' }));
      assert.match(
        answerOf(location).fragment.get('granted_scopes') ?? '',
        /email.*user_birthday|user_birthday.*email/,
        scope,
      );
      const made = await t.post(`/${shop.id}/accounts`, { access_token: joined, permissions: scope });
      assert.equal(
        (await t.get(`/me/permissions/user_birthday?access_token=${made.body.access_token}`)).body.data[0].status,
        'granted',
        scope,
      );
    }
  });
});
