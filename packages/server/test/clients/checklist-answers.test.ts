// These tests are about answers, as real programs need them: what is unknown, errors, paging links, browsers, and the
// way back.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, test } from 'node:test';
import { callback, codeOf } from '../acts.ts';
import { answerOf, Browser } from '../browser.ts';
import { allowAll, shopDialog } from '../dialog-journey.ts';
import { cast, type Reply } from '../world.ts';
import { ana, bakery, form, garden, jsonType, own, page, send, shop, t, user } from './checklist-scene.ts';

describe('8. what is unknown', () => {
  test('parameters are passed over, everywhere', async () => {
    const extra = {
      sdk: 'joey',
      format: 'json',
      pretty: '0',
      suppress_http_code: '0',
      include_headers: 'false',
      _fb_domain: 'app.example',
      method: 'get',
      transport: 'cors',
      cb: 'x',
      return_ssl_resources: '1',
      date_format: 'U',
      nonsense: '[}',
      'a.b': '1',
      '': 'x',
    };
    assert.equal((await t.get(`/me?${form({ ...extra, access_token: user })}`)).status, 200);
    const { method: _, ...others } = extra;
    assert.equal(
      (
        await t.get(
          `/oauth/access_token?${form({ ...others, ...own, grant_type: 'client_credentials', access_token: 'nobody needs it', appsecret_proof: 'nor this' })}`,
        )
      ).status,
      200,
    );
    assert.equal(
      (
        await new Browser(t).open(
          shopDialog({
            ...others,
            logger_id: 'x',
            cbt: '1',
            ies: '1',
            fbapp_pres: '0',
            tp: 'unspecified',
            domain: 'app.example',
            origin: '1',
            locale: 'de_DE',
            ret: 'login',
            extras: '{"setup":{}}',
          }),
        )
      ).status,
      200,
    );
  });

  test('unknown fields are an error, old ones are passed over in silence', async () => {
    const { status, body } = await t.get(`/me?fields=id,nonsense&access_token=${user}`);
    assert.deepEqual(
      [status, body.error.code, body.error.message],
      [400, 100, '(#100) Tried accessing nonexisting field (nonsense) on node type (User)'],
    );
    assert.deepEqual(
      Object.keys((await t.get(`/me?fields=id,timezone,verified,third_party_id&access_token=${user}`)).body),
      ['id'],
    );
    assert.equal((await t.get(`/me/nonsense?access_token=${user}`)).body.error.code, 100);
  });

  test('a crash report of the server SDK gets a plain answer', async () => {
    const reply = await send('POST', `/v24.0/${shop.id}/instruments?access_token=${user}`, jsonType, '{"bm":"crash"}');
    assert.deepEqual([reply.status, reply.body], [200, { success: true }]);
  });
});

describe('9. and 10. answers', () => {
  test('are JSON with ids as strings and a picture that is always there', async () => {
    const { body, headers } = await t.get(
      `/v19.0/me?fields=id,name,email,picture,accounts{id,picture}&access_token=${user}`,
    );
    assert.equal(headers['content-type'], 'application/json; charset=UTF-8');
    assert.equal(typeof body.id, 'string');
    assert.equal(typeof body.picture.data.url, 'string');
    for (const one of body.accounts.data)
      assert.deepEqual([typeof one.id, typeof one.picture.data.url], ['string', 'string']);
    for (const match of JSON.stringify(body).matchAll(/"(?:id|user_id|app_id)":(.)/g)) assert.equal(match[1], '"');
  });

  test('errors have error as their first key, message, type, code, subcode, trace, and the header of their kind', async () => {
    const dead = await t.login(shop.id, cast.cleo.id);
    await t.delete(`/me/permissions?access_token=${dead}`);
    const used = await codeOf(t);
    const redeem = (code: string) => t.post('/oauth/access_token', { ...own, redirect_uri: callback, code });
    assert.equal((await redeem(used)).status, 200);
    const replies: [Reply, string, number, number | undefined, number][] = [
      [await t.get('/me'), 'invalid_request', 2500, undefined, 400],
      [await t.get(`/${bakery.id}`), 'invalid_request', 104, undefined, 400],
      [await t.get('/me?access_token=x'), 'invalid_token', 190, undefined, 400],
      [await t.get(`/me?access_token=${dead}`), 'invalid_token', 190, 458, 400],
      [await redeem(used), 'invalid_code', 100, 36_009, 400],
      [
        await t.post('/oauth/access_token', { ...own, client_secret: 'x', grant_type: 'client_credentials' }),
        'invalid_request',
        1,
        undefined,
        400,
      ],
      [await t.get('/oauth/access_token'), 'invalid_request', 101, undefined, 400],
      [await t.get(`/17171717171717171?access_token=${user}`), 'invalid_request', 100, 33, 400],
      [
        await t.post(`/${bakery.id}/feed`, { access_token: user, message: 'x' }),
        'invalid_request',
        200,
        undefined,
        403,
      ],
    ];
    for (const [i, [reply, word, code, subcode, status]] of replies.entries()) {
      assert.equal(reply.status, status, `${i}: ${reply.text}`);
      assert.ok(reply.text.startsWith('{"error":{"message":"'), reply.text);
      const keys = ['message', 'type', 'code', ...(subcode === undefined ? [] : ['error_subcode']), 'fbtrace_id'];
      assert.deepEqual(
        [Object.keys(reply.body.error), reply.body.error.code, reply.body.error.error_subcode],
        [keys, code, subcode],
        String(i),
      );
      assert.ok(
        String(reply.headers['www-authenticate']).startsWith(`OAuth "Facebook Platform" "${word}" "`),
        `${i}: ${reply.headers['www-authenticate']}`,
      );
      assert.equal(reply.headers['cache-control'], 'no-store');
      assert.equal(reply.body.error.fbtrace_id, reply.headers['x-fb-trace-id']);
    }
  });

  test('suppress_http_code makes an error 200 and changes nothing else: no decision, limit, event or header', async () => {
    for (const [path, events] of [
      ['/me?access_token=x', 'token.rejected'],
      [`/me/accounts?access_token=${shop.id}|${shop.clientToken}`, 'token.wrong_kind'],
      [`/me?access_token=${user}&appsecret_proof=0`, 'proof.rejected'],
    ] as const) {
      const noted = () => t.log.filter((line) => line.message === events).length;
      const start = noted();
      const plain = await t.get(path.replace('|', '%7C'));
      const middle = noted();
      const quiet = await t.get(`${path.replace('|', '%7C')}&suppress_http_code=1`);
      assert.deepEqual([plain.status, quiet.status], [400, 200]);
      const without = ({ body, headers }: Reply) => [
        { ...body.error, fbtrace_id: '' },
        Object.keys(headers),
        headers['www-authenticate'],
        headers['cache-control'],
      ];
      assert.deepEqual(without(quiet), without(plain));
      assert.deepEqual([middle - start, noted() - middle], [1, 1]);
    }
    for (let i = 0; i < 20; i++)
      await t.send({
        path: '/oauth/access_token',
        query: form({
          client_id: cast.rival.id,
          client_secret: 'guess',
          grant_type: 'client_credentials',
          suppress_http_code: '1',
        }),
        address: '198.51.100.1',
      });
    const limited = await t.send({
      path: '/oauth/access_token',
      query: form({
        client_id: cast.rival.id,
        client_secret: cast.rival.secret,
        grant_type: 'client_credentials',
        suppress_http_code: '1',
      }),
      address: '198.51.100.1',
    });
    assert.deepEqual(
      [limited.status, JSON.parse(String(limited.body)).error.code, typeof limited.headers['retry-after']],
      [200, 4, 'string'],
    );
  });
});

describe('11. paging links', () => {
  test('are absolute, lead on as they are printed, carry the token and what the call said, and no proof', async () => {
    const proof = createHmac('sha256', shop.secret).update(user).digest('hex');
    for (const [how, headers, given] of [
      ['query', {}, `&access_token=${user}&appsecret_proof=${proof}`],
      ['header', { authorization: `Bearer ${user}` }, ''],
    ] as const) {
      const first = await t.get(
        `/v24.0/me/accounts?limit=1&fields=id,name,tasks,feed.limit(1){message}&summary=total_count&format=json&pretty=0&debug=all&client_secret=${shop.secret}&nonsense=1${given}`,
        headers,
      );
      const next = new URL(first.body.paging.next as string);
      assert.equal(next.origin, 'http://localhost:4000', how);
      assert.deepEqual(
        Object.fromEntries(next.searchParams),
        {
          access_token: user,
          format: 'json',
          debug: 'all',
          summary: 'total_count',
          fields: 'id,name,tasks,feed.limit(1){message}',
          limit: '1',
          after: first.body.paging.cursors.after,
        },
        how,
      );
      const second = await t.get(next.pathname + next.search);
      assert.deepEqual([second.body.data.length, second.body.data[0].id !== first.body.data[0].id], [1, true]);
      assert.deepEqual(
        Object.keys(second.body.data[0])
          .filter((key) => key !== 'feed')
          .sort(),
        ['id', 'name', 'tasks'],
      );
      assert.equal(second.body.paging.next, undefined);
      const back = new URL(second.body.paging.previous as string);
      assert.equal((await t.get(back.pathname + back.search)).body.data[0].id, first.body.data[0].id);
      // A client appends its proof to what is printed, and may do so twice.
      assert.equal(
        (
          await t.get(
            `${next.pathname}${next.search}&appsecret_proof=${proof}&appsecret_proof=${proof}&access_token=${user}`,
          )
        ).status,
        200,
      );
    }
  });

  test('of nested lists likewise: they are links to the list by its own path', async () => {
    for (let i = 0; i < 3; i++) await t.post(`/${bakery.id}/feed`, { access_token: page, message: `post ${i}` });
    const { body } = await t.get(
      `/v20.0/me?fields=name,accounts.limit(1){name,feed.limit(2){message,created_time}}&access_token=${user}`,
    );
    const inner = new URL(body.accounts.data[0].feed.paging.next as string);
    assert.equal(inner.pathname, `/v20.0/${body.accounts.data[0].id}/feed`);
    const more = (await t.get(inner.pathname + inner.search)).body;
    assert.deepEqual(Object.keys(more.data[0]).sort(), ['created_time', 'id', 'message']);
    const seen = body.accounts.data[0].feed.data.map((post: { id: string }) => post.id);
    assert.ok(!seen.includes(more.data[0].id));
    const outer = new URL(body.accounts.paging.next as string);
    assert.equal(outer.pathname, `/v20.0/${(await t.get(`/me?access_token=${user}&fields=id`)).body.id}/accounts`);
    const rest = (await t.get(outer.pathname + outer.search)).body;
    assert.equal(rest.data[0].id, garden.id);
    assert.ok(rest.data[0].feed === undefined || Array.isArray(rest.data[0].feed.data));
    // By ids and by alias too.
    const named = (await t.get(`/?ids=me&fields=accounts.limit(1).as(mine){id}&access_token=${user}`)).body.me.mine;
    assert.equal(
      (await t.get(new URL(named.paging.next).pathname + new URL(named.paging.next).search)).body.data[0].id,
      garden.id,
    );
  });
});

describe('12. browsers', () => {
  test('every answer of the Graph may be read by any page, errors included, and never with cookies', async () => {
    for (const reply of [
      await t.get(`/me?access_token=${user}`, { origin: 'https://evil.example' }),
      await t.get('/me', { origin: 'null' }),
      await t.get('/oauth/access_token'),
      await t.get(`/me/picture?access_token=${user}`),
      await t.post('/', { access_token: user, batch: '[{"relative_url":"me"}]' }),
      await t.get('/.well-known/openid-configuration'),
      await t.get(`/me?access_token=${user}`, {
        'if-none-match': String((await t.get(`/me?access_token=${user}`)).headers.etag),
      }),
    ])
      assert.deepEqual(
        [reply.headers['access-control-allow-origin'], reply.headers['access-control-allow-credentials']],
        ['*', undefined],
        reply.text.slice(0, 80),
      );
  });

  test('a preflight is answered for GET, POST and DELETE with Authorization and Content-Type', async () => {
    for (const path of ['/me', '/v20.0/oauth/access_token', '/', `/${bakery.id}/feed`]) {
      const { status, headers } = await send('OPTIONS', path, {
        origin: 'https://app.example',
        'access-control-request-method': 'DELETE',
        'access-control-request-headers': 'authorization,content-type',
      });
      assert.equal(status, 200);
      assert.equal(headers['access-control-allow-origin'], '*');
      for (const method of ['GET', 'POST', 'DELETE'])
        assert.ok(String(headers['access-control-allow-methods']).includes(method));
      for (const name of ['Authorization', 'Content-Type'])
        assert.ok(String(headers['access-control-allow-headers']).includes(name));
      assert.equal(headers['access-control-allow-credentials'], undefined);
    }
  });
});

test('13. the way back: a code in the query, tokens in the fragment, state as it was and only if it was sent', async () => {
  for (const state of ['facebookdirect', '{"challenge":"a+b/c=","x":"ü"}', 'a b&c=d#e%0d%0a', '']) {
    const { location: code } = await allowAll(new Browser(t), ana, shopDialog({ state, scope: '' }));
    assert.deepEqual([answerOf(code).query.get('state'), answerOf(code).fragment.get('access_token')], [state, null]);
    const { location: token } = await allowAll(
      new Browser(t),
      ana,
      shopDialog({ state, scope: '', response_type: 'token' }),
    );
    assert.deepEqual([answerOf(token).fragment.get('state'), [...answerOf(token).query.keys()]], [state, []]);
  }
  const { location } = await allowAll(new Browser(t), ana, shopDialog({ state: undefined, scope: '' }));
  assert.deepEqual([...answerOf(location).query.keys()], ['code']);
});

test('ETag and If-None-Match, alone and in a batch; pretty; JSONP; debug; metadata; summary', async () => {
  const first = await t.get(`/me?access_token=${user}`);
  assert.match(String(first.headers.etag), /^"[0-9a-f]{40}"$/);
  const again = await t.get(`/me?access_token=${user}`, { 'if-none-match': String(first.headers.etag) });
  assert.deepEqual([again.status, again.text], [304, '']);
  const item = { method: 'GET', relative_url: 'me', headers: [`If-None-Match: ${first.headers.etag}`] };
  const batch = (
    await t.post('/', {
      access_token: user,
      batch: JSON.stringify([item, { ...item, headers: [{ name: 'if-none-match', value: '"x"' }] }]),
      include_headers: 'true',
    })
  ).body;
  assert.deepEqual([batch[0].code, batch[0].body, batch[1].code], [304, null, 200]);
  assert.equal((await t.get(`/me?access_token=${user}&pretty=1`)).text.split('\n').length > 2, true);
  const jsonp = await t.get(`/me?access_token=${user}&fields=id&callback=FB.__cb.x1`);
  assert.match(jsonp.text, /^\/\*\*\/FB\.__cb\.x1\(\{"id":"\d+"\}\);$/);
  assert.deepEqual(
    [jsonp.headers['content-type'], jsonp.headers['x-content-type-options']],
    ['text/javascript; charset=UTF-8', 'nosniff'],
  );
  for (const [level, shown] of [
    ['all', 1],
    ['info', 1],
    ['warning', 1],
    ['nonsense', undefined],
  ] as const) {
    const { body } = await t.get(`/me?access_token=${user}&fields=id,gender&debug=${level}`);
    assert.equal(body.__debug__?.messages.length, shown, level);
    if (shown)
      assert.deepEqual(
        [body.__debug__.messages[0].type, body.__debug__.messages[0].message.includes('user_gender')],
        ['warning', true],
      );
  }
  const { metadata } = (await t.get(`/${bakery.id}?access_token=${user}&metadata=1&fields=id`)).body;
  assert.equal(metadata.type, 'page');
  assert.ok(metadata.fields.some((field: { name: string }) => field.name === 'access_token'));
  for (const link of Object.values(metadata.connections) as string[]) assert.ok(!link.includes('access_token'), link);
  const total = (query: string) => t.get(`/me/accounts?access_token=${user}&${query}`).then(({ body }) => body.summary);
  assert.deepEqual(
    [
      await total('summary=total_count'),
      await total('summary=true'),
      await total('summary=1'),
      await total('summary=false'),
      await total(''),
    ],
    [{ total_count: 2 }, { total_count: 2 }, { total_count: 2 }, undefined, undefined],
  );
  assert.deepEqual(
    (await t.get(`/me?access_token=${user}&fields=accounts.summary(total_count).limit(1){id}`)).body.accounts.summary,
    {
      total_count: 2,
    },
  );
});
