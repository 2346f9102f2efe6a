// These tests are about broken text, bodies that are not what they say, line ends in what is quoted: the rows IV-06,
// IV-08 and IV-09 of the threat catalogue.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { callback, codeOf } from '../acts.ts';
import { Browser } from '../browser.ts';
import { shopDialog } from '../dialog-journey.ts';
import { own, joined, form, formType, jsonType, t, user, page, send, code, multipart } from './threats-iv-scene.ts';
import { cast } from '../world.ts';
import { mustTakeLessThan } from '../../../protocol/test/processor-time.ts';

const { shop, bakery } = cast;

describe('IV-06: broken text', () => {
  test('a credential with a NUL, a line end or broken UTF-8 is none, and is never cut', async () => {
    for (const tail of ['%00', '%00x', '%0a', '%0d%0a', '%20', '%ff', '%ed%a0%80'])
      for (const token of [user, encodeURIComponent(joined)]) {
        const reply = await send('/me', { query: `access_token=${token}${tail}` });
        assert.equal(reply.status, 400, tail);
        assert.ok([190, 100].includes(reply.body.error.code), `${tail}: ${reply.text}`);
      }
    for (const json of [
      `{"access_token":"${user}\\ud800"}`,
      `{"access_token":"${user}\\u0000"}`,
      `{"client_id":"${shop.id}\\u0000"}`,
    ])
      assert.equal((await send('/oauth/access_token', { method: 'POST', headers: jsonType, body: json })).status, 400);
    const given = await codeOf(t);
    for (const tail of ['\0', '\0x', ' ', '\n'])
      assert.deepEqual(
        code(await t.post('/oauth/access_token', { ...own, redirect_uri: callback, code: given + tail })),
        [400, 100],
      );
    for (const tail of ['\0', ' ', '\n'])
      assert.deepEqual(
        code(
          await t.post('/oauth/access_token', {
            ...own,
            client_secret: shop.secret + tail,
            redirect_uri: callback,
            code: given,
          }),
        ),
        [400, 1],
      );
    for (const tail of ['\0', ' ', '\n'])
      assert.deepEqual(
        code(
          await t.post('/oauth/access_token', {
            ...own,
            client_id: shop.id + tail,
            redirect_uri: callback,
            code: given,
          }),
        ),
        [400, 101],
      );
    assert.equal((await t.post('/oauth/access_token', { ...own, redirect_uri: callback, code: given })).status, 200);
  });

  test('names are stored in one form; those with controls, halves of characters or marks that turn text round are refused', async () => {
    const nfd = 'Ame\u0301lie';
    const made = (await t.post(`/${shop.id}/accounts`, { access_token: joined, name: nfd, permissions: 'email' })).body;
    assert.equal((await t.get(`/me?access_token=${made.access_token}`)).body.name, 'Am\u00e9lie');
    for (const name of ['a\0b', 'a\u202eb', 'a\u2066b', 'a\nb', 'a\u0085b', 'x'.repeat(201), ' ', '🙂'.repeat(201)])
      assert.deepEqual(
        code(await t.post(`/${made.id}`, { access_token: joined, name })),
        [400, 100],
        JSON.stringify(name),
      );
    assert.deepEqual(
      code(
        await send(`/${made.id}`, {
          method: 'POST',
          headers: jsonType,
          body: `{"access_token":"${joined}","name":"a\\ud83d"}`,
        }),
      ),
      [400, 100],
    );
    assert.equal((await t.post(`/${made.id}`, { access_token: joined, name: '🙂'.repeat(200) })).status, 200);
    assert.deepEqual(code(await t.post(`/${shop.id}`, { access_token: joined, app_name: 'a\u202eb' })), [400, 100]);
    assert.deepEqual(code(await t.post(`/${bakery.id}/feed`, { access_token: page, message: 'a\0b' })), [400, 100]);
  });
});

describe('IV-08: a body that is not what it says', () => {
  const params = form({ ...own, grant_type: 'client_credentials' });
  const json = JSON.stringify({ ...own, grant_type: 'client_credentials' });
  const cases: [string, Record<string, string>, string | Uint8Array, number][] = [
    ['JSON as text', { 'content-type': 'text/plain' }, json, 400],
    ['JSON as a form', formType, json, 400],
    ['a form as JSON', jsonType, params, 400],
    ['a form as multipart', { 'content-type': 'multipart/form-data; boundary=b' }, params, 400],
    ['multipart without a boundary', { 'content-type': 'multipart/form-data' }, multipart(Object.entries(own)), 400],
    [
      'multipart that does not end',
      { 'content-type': 'multipart/form-data; boundary=b' },
      multipart(Object.entries(own)).slice(0, -6),
      400,
    ],
    ['no type at all is a form', {}, params, 200],
    ['no type at all, and JSON', {}, json, 400],
    ['an empty type is a form', { 'content-type': '' }, params, 200],
    ['another type', { 'content-type': 'application/xml' }, params, 400],
    ['utf-16', { 'content-type': 'application/json; charset=utf-16' }, Buffer.from(json, 'utf16le'), 400],
    ['latin-1 as it says', { 'content-type': 'application/x-www-form-urlencoded; charset=iso-8859-1' }, params, 400],
    ['damaged gzip', { ...formType, 'content-encoding': 'gzip' }, gzipSync(params).subarray(0, -3), 400],
    [
      'gzip with something behind it',
      { ...formType, 'content-encoding': 'gzip' },
      Buffer.concat([gzipSync(params), Buffer.from('x')]),
      400,
    ],
    [
      'two gzips in a row',
      { ...formType, 'content-encoding': 'gzip' },
      Buffer.concat([gzipSync(params), gzipSync('&client_secret=no')]),
      400,
    ],
    ['gzip in gzip', { ...formType, 'content-encoding': 'gzip, gzip' }, gzipSync(gzipSync(params)), 415],
    ['plain text that says gzip', { ...formType, 'content-encoding': 'gzip' }, params, 400],
    ['br', { ...formType, 'content-encoding': 'br' }, params, 415],
    ['deflate', { ...formType, 'content-encoding': 'deflate' }, params, 415],
    ['a gzip bomb', { ...formType, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(200 << 20)), 413],
    ['a gzip bomb of JSON', { ...jsonType, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(50 << 20, ' ')), 413],
  ];
  for (const [what, headers, body, status] of cases)
    test(`${what}: ${status}`, async () => {
      const { answer } = await mustTakeLessThan(100, () =>
        send('/oauth/access_token', { method: 'POST', headers, body }),
      );
      assert.deepEqual(code(answer), [status, status === 200 ? undefined : 100], answer.text);
    });

  test('gzip as the mobile SDKs send it is read', async () => {
    assert.equal(
      (
        await send('/oauth/access_token', {
          method: 'POST',
          headers: { ...formType, 'content-encoding': 'gzip' },
          body: gzipSync(params),
        })
      ).status,
      200,
    );
    assert.equal(
      (
        await send('/oauth/access_token', {
          method: 'POST',
          headers: { ...jsonType, 'content-encoding': 'gzip' },
          body: gzipSync(json),
        })
      ).status,
      200,
    );
  });
});

describe('IV-09: line ends in whatever an answer quotes', () => {
  const line = '\r\nSet-Cookie: a=b';
  test('no header line is made by them, on the Graph', async () => {
    const replies = [
      await t.get(`/me?${form({ access_token: user, fields: `x${line}` })}`),
      await t.get(`/me?${form({ access_token: `EAA${line}` })}`),
      await t.get(`/x${encodeURIComponent(line)}?access_token=${user}`),
      await t.get(`/1${encodeURIComponent(line)}?access_token=${user}`),
      await t.get(`/me?${form({ access_token: user, callback: `cb${line}` })}`),
      await t.get(`/me?${form({ access_token: user, locale: `de_DE${line}`, debug: line })}`),
      await t.post('/oauth/access_token', { ...own, grant_type: `client_credentials${line}` }),
      await t.post('/oauth/access_token', { ...own, scope: line, state: line, code: `AQ${line}`, redirect_uri: line }),
      await t.post(`/${shop.id}`, { access_token: joined, app_name: `x${line}`, [`x${line}`]: '1' }),
      await t.post('/', {
        access_token: user,
        batch: JSON.stringify([{ relative_url: `me?fields=x${line}`, method: `GET${line}` }]),
      }),
      await t.get(`/${bakery.id}/insights?${form({ access_token: page, metric: `x${line}` })}`),
    ];
    for (const [i, { status, headers, body }] of replies.entries()) {
      assert.ok(status === 200 || status === 400 || status === 405, `${i}: ${status}`);
      const all = [
        headers,
        ...(Array.isArray(body)
          ? body.map((slot: { headers: { name: string; value: string }[] }) =>
              Object.fromEntries(slot.headers.map(({ name, value }) => [name, value])),
            )
          : []),
      ];
      for (const one of all)
        for (const [name, value] of Object.entries(one)) {
          assert.notEqual(name, 'set-cookie');
          // oxlint-disable-next-line no-control-regex -- they are what is looked for
          for (const text of [value].flat()) assert.match(text as string, /^[ -~]*$/, `${i} ${name}`);
        }
      assert.ok(String(headers['www-authenticate'] ?? '').length < 320);
    }
  });

  test('nor in the dialog and the pages', async () => {
    const browser = new Browser(t);
    for (const url of [
      shopDialog({ state: line, e2e: line, scope: `email${line}`, display: line, auth_type: line }),
      shopDialog({ response_type: `code${line}`, state: line }),
      `/login?next=${encodeURIComponent(`/settings${line}`)}`,
      `/logout.php?next=${encodeURIComponent(line)}&access_token=${encodeURIComponent(line)}`,
      `/settings/apps?open=${encodeURIComponent(line)}`,
    ]) {
      const { headers } = await browser.ask(url);
      for (const value of Object.values(headers).flat()) assert.ok(!/[\r\n]/.test(value ?? ''), url);
      assert.ok(![headers['set-cookie'] ?? []].flat().some((cookie) => cookie.startsWith('a=')));
    }
  });
});
