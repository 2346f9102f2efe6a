// These tests are about one parameter whose value is a structure, a name from the prototype, or JSON that is not one
// plain document: the rows IV-02, IV-03 and IV-07 of the threat catalogue.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { callback, digest } from '../acts.ts';
import { joined, form, jsonType, t, user, page, send, code, own } from './threats-iv-scene.ts';
import { cast } from '../world.ts';

const { ana, bakery, ben, shop } = cast;

describe('IV-02: structure in place of a plain value', () => {
  const shapes: [string, (name: string, value: string) => { query?: string; json?: unknown }][] = [
    ['[]', (name, value) => ({ query: `${name}[]=${encodeURIComponent(value)}` })],
    ['[0]', (name, value) => ({ query: `${name}[0]=${encodeURIComponent(value)}` })],
    ['[a]', (name, value) => ({ query: `${name}[a]=${encodeURIComponent(value)}` })],
    ['[a][b]', (name, value) => ({ query: `${name}[a][b]=${encodeURIComponent(value)}` })],
    ['JSON list', (name, value) => ({ json: { [name]: [value] } })],
    ['JSON object', (name) => ({ json: { [name]: { $ne: '' } } })],
    ['JSON operator', (name, value) => ({ json: { [name]: { $gt: value } } })],
    ['true', (name) => ({ json: { [name]: true } })],
    ['1e3', (name) => ({ json: { [name]: 1e3 } })],
  ];
  const calls: [path: string, method: string, params: () => Record<string, string>, names: string[]][] = [
    [
      '/oauth/access_token',
      'POST',
      () => ({ ...own, grant_type: 'fb_exchange_token', fb_exchange_token: user }),
      ['client_id', 'client_secret', 'grant_type', 'fb_exchange_token'],
    ],
    [
      '/oauth/access_token',
      'POST',
      () => ({ client_id: shop.id, grant_type: 'fb_attenuate_token', fb_exchange_token: user }),
      ['client_id', 'fb_exchange_token'],
    ],
    [
      '/oauth/access_token',
      'POST',
      () => ({ client_id: shop.id, grant_type: 'fb_extend_sso_token', access_token: user }),
      ['access_token'],
    ],
    [
      '/oauth/client_code',
      'POST',
      () => ({ ...own, redirect_uri: callback, access_token: user }),
      ['client_id', 'client_secret', 'redirect_uri', 'access_token'],
    ],
    [
      '/oauth/revoke',
      'POST',
      () => ({ ...own, access_token: user, revoke_token: user }),
      ['client_id', 'client_secret', 'access_token', 'revoke_token'],
    ],
    ['/debug_token', 'GET', () => ({ access_token: joined, input_token: user }), ['access_token', 'input_token']],
    [
      `/${bakery.id}/assigned_users`,
      'POST',
      () => ({ access_token: page, user: ben.id, tasks: 'ANALYZE' }),
      ['access_token', 'user'],
    ],
    [`/${shop.id}/accounts`, 'DELETE', () => ({ access_token: joined, uid: ana.id }), ['uid']],
    ['/me', 'GET', () => ({ access_token: user }), ['access_token', 'appsecret_proof', 'method']],
  ];
  for (const [path, method, params, names] of calls)
    for (const name of names)
      test(`${path} ${name}`, async () => {
        const state = await digest(t);
        for (const [what, shape] of shapes) {
          const { [name]: value = 'x', ...others } = params();
          const { query = '', json } = shape(name, value);
          const reply = json
            ? await send(path, { method, query: form(others), headers: jsonType, body: JSON.stringify(json) })
            : await send(path, { method, query: `${form(others)}&${query}` });
          assert.equal(reply.status, 400, `${what}: ${reply.text}`);
          assert.ok([1, 100, 101, 104, 190, 191].includes(reply.body.error.code), `${what}: ${reply.text}`);
          assert.ok(!reply.text.includes('[object') && !reply.text.includes(shop.secret), what);
        }
        assert.equal(await digest(t), state);
      });
});

describe('IV-03: names from the prototype', () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];
  test('as field, alias, id, switch, figure, period, permission, grant and reference they are unknown words, and nothing stays behind', async () => {
    const before = await t.get(`/me?access_token=${user}`);
    for (const name of names) {
      const replies = [
        await t.get(`/me?fields=${name}&access_token=${user}`),
        await t.get(`/me?fields=accounts{${name}}&access_token=${user}`),
        await t.get(`/me?fields=name.as(${name})&access_token=${user}`),
        await t.get(`/?ids=${name}&access_token=${user}`),
        await t.get(`/${name}?access_token=${user}`),
        await t.get(`/me/${name}?access_token=${user}`),
        await t.get(`/me/picture?type=${name}&redirect=0&access_token=${user}`),
        await t.get(`/me/picture?redirect=${name}&access_token=${user}`),
        await t.get(`/${bakery.id}/insights?metric=${name}&access_token=${page}`),
        await t.get(`/${bakery.id}/insights?metric=page_fans&period=${name}&access_token=${page}`),
        await t.get(`/${bakery.id}/insights?metric=page_fans&date_preset=${name}&access_token=${page}`),
        await t.delete(`/me/permissions/${name}?access_token=${user}`),
        await t.delete(`/me/permissions?permission=${name}&access_token=${user}`),
        await t.post(`/${bakery.id}/feed`, { message: 'x', published: name, access_token: page }),
        await t.post(`/${shop.id}/accounts`, { installed: name, access_token: joined }),
        await t.post(`/${shop.id}/accounts`, { permissions: name, access_token: joined }),
        await t.post(`/${shop.id}`, { app_type: name, access_token: joined }),
        await t.post('/oauth/access_token', { ...own, grant_type: name }),
        await t.get(`/${shop.id}/app_insights/${name}?access_token=${encodeURIComponent(joined)}`),
        await t.get(`/me?debug=${name}&metadata=${name}&summary=${name}&pretty=${name}&access_token=${user}&fields=id`),
        await t.post('/', {
          access_token: user,
          batch: JSON.stringify([{ relative_url: 'me', name }, { relative_url: `?ids={result=${name}:$.${name}.id}` }]),
        }),
      ];
      for (const [i, reply] of replies.entries())
        assert.ok(
          reply.status === 200 || reply.status === 400 || reply.status === 403,
          `${name} ${i}: ${reply.status} ${reply.text}`,
        );
      for (const i of [0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]) {
        // An alias or a permission that is passed over in silence would be fine too; a success is not.
        if (
          name === 'toString' ||
          name === 'valueOf' ||
          name === 'hasOwnProperty' ||
          name === '__defineGetter__' ||
          ![2].includes(i)
        )
          assert.notEqual(replies[i]?.status, 200, `${name} ${i}: ${replies[i]?.text}`);
      }
    }
    for (const body of ['{"__proto__":{"admin":1,"client_id":"1"}}', '{"constructor":{"prototype":{"admin":1}}}'])
      await send('/me', {
        method: 'POST',
        query: form({ access_token: user, method: 'get' }),
        headers: jsonType,
        body,
      });
    for (const query of [
      '__proto__[admin]=1',
      'constructor[prototype][admin]=1',
      'a[__proto__][admin]=1',
      '__proto__.admin=1',
      'prototype[admin]=1',
    ])
      assert.equal((await t.get(`/me?access_token=${user}&${query}`)).status, 200, query);
    assert.equal(({} as { admin?: unknown }).admin, undefined);
    for (let i = 0; i < 1000; i++) {
      const { text } = await t.get(`/me?access_token=${user}`);
      if (text !== before.text) assert.equal(text, before.text, `request ${i}`);
    }
  });
});

describe('IV-07: JSON that is not one plain document', () => {
  const right = JSON.stringify({ ...own, grant_type: 'client_credentials' });
  for (const [what, body] of Object.entries({
    truncated: right.slice(0, -1),
    'with something behind it': `${right}x`,
    'two documents': `${right}${right}`,
    'with a mark in front': `\ufeff${right}`,
    'a key twice, the right one last': right.replace('"client_secret"', '"client_secret":"no","client_secret"'),
    'a key twice, the right one first': right.replace('}', ',"client_secret":"no"}'),
    'a key twice, the same value': right.replace('}', `,"client_secret":"${shop.secret}"}`),
    'a key twice in another spelling': right.replace('}', ',"\\u0063lient_secret":"no"}'),
    'with a comment': right.replace('}', '/* */}'),
    'with a comma at the end': right.replace('}', ',}'),
    'single quotes': right.replaceAll('"', "'"),
    'a list': `[${right}]`,
    'a text': JSON.stringify(right),
    null: 'null',
  }))
    test(`${what}: refused, nothing executed`, async () => {
      assert.deepEqual(
        code(await send('/oauth/access_token', { method: 'POST', headers: jsonType, body })),
        [400, 100],
      );
    });

  test('in parameters too: batches and lists', async () => {
    const state = await digest(t);
    for (const batch of [
      '[{"method":"GET","relative_url":"me","relative_url":"me/permissions"}]',
      '[{"method":"DELETE","method":"GET","relative_url":"me/permissions"}]',
      '[{"relative_url":"me"},]',
      '[{"relative_url":"me"}]x',
      '{"0":{"relative_url":"me"}}',
      '[["me"]]',
      '["me"]',
      '[{"relative_url":["me"]}]',
      '[{"relative_url":{"a":1}}]',
      '[{"method":["DELETE"],"relative_url":"me/permissions"}]',
      'true',
      '1',
    ])
      assert.deepEqual(code(await t.post('/', { access_token: user, batch })), [400, undefined], batch);
    assert.deepEqual(code(await t.get(`/?${form({ access_token: user, ids: '["me",]' })}`)), [400, 100]);
    assert.deepEqual(code(await t.get(`/me?${form({ access_token: user, fields: '["id"' })}`)), [400, 2500]);
    assert.equal(await digest(t), state);
  });
});
