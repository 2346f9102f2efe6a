// These tests are about sizes: the row IV-05 of the threat catalogue.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { callback, codeOf } from '../acts.ts';
import { joined, form, formType, jsonType, t, user, page, send, code, multipart, own } from './threats-iv-scene.ts';
import { cast, type Reply } from '../world.ts';
import { mustTakeLessThan } from '../../../protocol/test/processor-time.ts';

const { shop, bakery } = cast;

describe('IV-05: sizes', () => {
  const wide = (n: number) => Array.from({ length: n }, (_, i) => `p${i}=1`).join('&');
  const deep = (open: string, inside: string, close: string, n: number) => open.repeat(n) + inside + close.repeat(n);
  const items = (n: number) => JSON.stringify(Array.from({ length: n }, () => ({ relative_url: 'me' })));
  const cases: [what: string, () => Promise<Reply>, outcome: unknown[]][] = [
    ['a token of 5 KiB', () => send('/me', { query: form({ access_token: 'E'.repeat(5120) }) }), [400, 190]],
    [
      'a token of 5 KiB in the form of one',
      () => send('/me', { query: form({ access_token: `EAA${'A'.repeat(5120)}` }) }),
      [400, 190],
    ],
    [
      'a token of 1 MiB',
      () =>
        send('/me', {
          method: 'POST',
          headers: formType,
          body: form({ access_token: 'E'.repeat(1 << 20), method: 'get' }),
        }),
      [413, 100],
    ],
    [
      'a token of half a MiB',
      () =>
        send('/me', {
          method: 'POST',
          headers: formType,
          body: form({ access_token: 'E'.repeat(1 << 19), method: 'get' }),
        }),
      [400, 190],
    ],
    [
      'an app token of 5 KiB',
      () => send('/me', { query: form({ access_token: `${shop.id}|${'x'.repeat(5120)}` }) }),
      [400, 190],
    ],
    [
      'a code of 5 KiB',
      () => t.post('/oauth/access_token', { ...own, redirect_uri: callback, code: `AQ${'x'.repeat(5120)}` }),
      [400, 100],
    ],
    [
      'a verifier of 60 KiB',
      () =>
        t.post('/oauth/access_token', {
          ...own,
          redirect_uri: callback,
          code: 'AQx',
          code_verifier: 'x'.repeat(60_000),
        }),
      [400, 100],
    ],
    [
      'an exchange token of 60 KiB',
      () =>
        t.post('/oauth/access_token', {
          ...own,
          grant_type: 'fb_exchange_token',
          fb_exchange_token: 'E'.repeat(60_000),
        }),
      [400, 190],
    ],
    [
      'an input_token of 60 KiB',
      () => t.post('/debug_token', { method: 'get', access_token: joined, input_token: 'E'.repeat(60_000) }),
      [200, undefined],
    ],
    [
      'a secret of 60 KiB',
      () =>
        t.post('/oauth/access_token', {
          client_id: shop.id,
          client_secret: 'x'.repeat(60_000),
          grant_type: 'client_credentials',
        }),
      [400, 1],
    ],
    [
      'a redirect_uri of 2,001 characters at client_code',
      () =>
        t.post('/oauth/client_code', {
          ...own,
          access_token: user,
          redirect_uri: `https://app.example/${'x'.repeat(1981)}`,
        }),
      [400, 191],
    ],
    [
      'a redirect_uri of 2,001 characters at the exchange',
      async () =>
        t.post('/oauth/access_token', {
          ...own,
          code: await codeOf(t),
          redirect_uri: `https://app.example/${'x'.repeat(1981)}`,
        }),
      [400, 191],
    ],
    [
      'a form of 2 MiB',
      () => send('/me', { method: 'POST', headers: formType, body: `a=${'x'.repeat(2 << 20)}` }),
      [413, 100],
    ],
    [
      'JSON of 2 MiB',
      () => send('/me', { method: 'POST', headers: jsonType, body: JSON.stringify({ a: 'x'.repeat(2 << 20) }) }),
      [413, 100],
    ],
    [
      'multipart of 2 MiB',
      () =>
        send('/me', {
          method: 'POST',
          headers: { 'content-type': 'multipart/form-data; boundary=b' },
          body: multipart([['a', 'x'.repeat(2 << 20)]]),
        }),
      [413, 100],
    ],
    [
      'a file of 2 MiB where none is taken',
      () =>
        send('/me', {
          method: 'POST',
          headers: { 'content-type': 'multipart/form-data; boundary=b' },
          body: multipart([['a"; filename="f', 'x'.repeat(2 << 20)]]),
        }),
      [413, 100],
    ],
    ['2,000 parameters in the query', () => send('/me', { query: wide(2000) }), [400, 100]],
    [
      '2,000 parameters in a form',
      () => send('/me', { method: 'POST', headers: formType, body: wide(2000) }),
      [400, 100],
    ],
    [
      '600 in the query and 600 in JSON',
      () =>
        send('/me', {
          method: 'POST',
          query: wide(600),
          headers: jsonType,
          body: JSON.stringify(Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`q${i}`, 1]))),
        }),
      [400, 100],
    ],
    [
      'a value of 65 KiB',
      () => send('/me', { method: 'POST', headers: formType, body: form({ message: 'x'.repeat(65_537) }) }),
      [400, 100],
    ],
    [
      'JSON 10,000 deep',
      () => send('/me', { method: 'POST', headers: jsonType, body: `{"a":${deep('[', '', ']', 10_000)}}` }),
      [400, 100],
    ],
    [
      'JSON objects 21 deep',
      () => send('/me', { method: 'POST', headers: jsonType, body: deep('{"a":', '1', '}', 21) }),
      [400, 100],
    ],
    [
      'JSON in a parameter 10,000 deep',
      () =>
        send('/', {
          method: 'POST',
          headers: formType,
          body: form({ access_token: user, batch: deep('[', '', ']', 10_000) }),
        }),
      [400, 100],
    ],
    [
      'scopes as JSON 10,000 deep',
      () => send('/', { method: 'GET', query: form({ access_token: user, ids: deep('[', '', ']', 5000) }) }),
      [400, 100],
    ],
    [
      'fields 10,000 deep',
      () =>
        send('/me', {
          method: 'POST',
          headers: formType,
          body: form({ method: 'get', access_token: user, fields: deep('accounts{', 'id', '}', 5000) }),
        }),
      [400, 100],
    ],
    [
      'fields 21 deep',
      () => send('/me', { query: form({ access_token: user, fields: deep('accounts{', 'id', '}', 21) }) }),
      [400, 100],
    ],
    [
      '5,000 fields',
      () =>
        send('/me', {
          method: 'POST',
          headers: formType,
          body: form({ method: 'get', access_token: user, fields: 'id,'.repeat(5000) }),
        }),
      [400, 100],
    ],
    ['names 21 deep', () => send('/me', { query: `a${'[b]'.repeat(21)}=1` }), [400, 100]],
    ['a batch of 51', () => t.post('/', { access_token: user, batch: items(51) }), [400, undefined]],
    [
      'a batch of 10,000',
      () =>
        send('/', {
          method: 'POST',
          headers: jsonType,
          body: JSON.stringify({
            access_token: user,
            batch: Array.from({ length: 10_000 }, () => ({ relative_url: 'me' })),
          }),
        }),
      [400, undefined],
    ],
    ['an empty batch', () => t.post('/', { access_token: user, batch: '[]' }), [400, undefined]],
    [
      '51 ids',
      () => t.get(`/?access_token=${user}&ids=${Array.from({ length: 51 }, (_, i) => i + 1).join(',')}`),
      [400, 100],
    ],
    ['a limit of 10 digits', () => t.get(`/me/accounts?access_token=${user}&limit=9999999999`), [400, 100]],
    [
      'a cursor of 60 KiB',
      () =>
        send('/me/accounts', {
          method: 'POST',
          headers: formType,
          body: form({ method: 'get', access_token: user, after: 'x'.repeat(60_000) }),
        }),
      [400, 100],
    ],
    ['an app-long callback', () => t.get(`/me?access_token=${user}&callback=${'x'.repeat(101)}`), [400, 100]],
    ['an id of 400 digits', () => t.get(`/${'9'.repeat(400)}?access_token=${user}`), [400, 100]],
    [
      'a list of 30,000 permissions',
      () => t.post(`/${shop.id}/accounts`, { access_token: joined, permissions: 'x,'.repeat(30_000) }),
      [400, 100],
    ],
    [
      'a list of 30,000 figures',
      () =>
        send(`/${bakery.id}/insights`, {
          method: 'POST',
          headers: formType,
          body: form({ method: 'get', access_token: page, metric: Array(6000).fill('page_fans').join() }),
        }),
      [200, undefined],
    ],
  ];
  for (const [what, ask, outcome] of cases)
    test(`${what}: ${outcome.join(' ')}, within 100 ms of CPU`, async () => {
      const { answer } = await mustTakeLessThan(100, ask);
      assert.deepEqual(code(answer), outcome, answer.text.slice(0, 300));
    });

  test('one call expands only so many lists', async () => {
    const lists = (n: number) =>
      send('/me', {
        method: 'POST',
        headers: formType,
        body: form({
          method: 'get',
          access_token: user,
          fields: `accounts{${Array.from({ length: n }, (_, i) => `feed.as(a${i}).limit(1)`).join(',')}}`,
        }),
      });
    assert.deepEqual(code(await lists(480)), [400, 1]);
    assert.equal((await lists(50)).status, 200);
  });

  test('just within the limits is served', async () => {
    assert.equal(
      (
        await send('/me', {
          method: 'POST',
          headers: formType,
          body: `${form({ method: 'get', access_token: user })}&${wide(998)}`,
        })
      ).status,
      200,
    );
    assert.equal((await t.post('/', { access_token: user, batch: items(50) })).body.length, 50);
    assert.equal(
      (
        await send('/me', {
          method: 'POST',
          query: form({ access_token: user, method: 'get' }),
          headers: jsonType,
          body: deep('{"a":', '1', '}', 20),
        })
      ).status,
      200,
    );
    assert.equal((await t.post(`/${bakery.id}/feed`, { access_token: page, message: 'x'.repeat(63_206) })).status, 200);
  });

  test('the memory is where it was after thousands of them', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const used = () => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const round = async (n: number) => {
      for (let i = 0; i < n; i++) {
        t.log.length = 0;
        await send('/me', { query: form({ access_token: `EAA${String(i).repeat(300)}` }) });
        await send('/me', { query: form({ access_token: user, fields: `f${i}` }) });
        await send(`/${i + 1}${'9'.repeat(20)}`, { query: form({ access_token: user }) });
        await t.post('/', { access_token: user, batch: `[{"relative_url":"x${i}"}` });
      }
    };
    await round(1000);
    const before = used();
    await round(1500);
    const after = used();
    assert.ok(after < before * 1.1, `${before} → ${after}`);
  });
});
