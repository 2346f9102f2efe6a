// Real programs need these things of the server, rule by rule: the checklist that was drawn from unmodified clients.
// Each rule with other calls than those that the clients happen to make.
import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { callback, codeOf, nativeCallback } from '../acts.ts';
import { answerOf, Browser } from '../browser.ts';
import { allowAll, shopDialog } from '../dialog-journey.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../world.ts';

const { shop, phone, bakery, garden, ana } = cast;
const own = { client_id: shop.id, client_secret: shop.secret };
const joined = `${shop.id}|${shop.secret}`;
const form = (params: Record<string, string>) => new URLSearchParams(params).toString();
const formType = { 'content-type': 'application/x-www-form-urlencoded' };
const jsonType = { 'content-type': 'application/json' };
const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});

let t: TestWorld;
let user: string;
let page: string;
before(async () => {
  t = await testWorld();
  user = await t.login(shop.id, ana.id, {
    permissions: [
      'email',
      'pages_show_list',
      'pages_read_engagement',
      'pages_manage_posts',
      'pages_manage_metadata',
      'user_friends',
    ],
    longLived: true,
  });
  page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body.access_token;
});
after(() => t.close());

function send(
  method: string,
  url: string,
  headers: Record<string, string> = {},
  body: string | Uint8Array = '',
): Promise<Reply> {
  const [path = '', query = ''] = url.split(/\?(.*)/s);
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return t.call({ method, path, query, headers: { host: 'localhost:4000', ...headers }, body: bytes });
}
const multipart = (params: Record<string, string>) =>
  `${Object.entries(params)
    .map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('')}--b--\r\n`;

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

test('5. and 6. the token endpoint answers GET and POST, with the client in query, form, JSON, multipart or Basic; grant_type may be absent with a code', async () => {
  const grants: ((code: string) => Record<string, string>)[] = [
    (code) => ({ redirect_uri: callback, code }),
    (code) => ({ grant_type: 'authorization_code', redirect_uri: callback, code }),
  ];
  for (const grant of grants) {
    const replies = [
      await t.get(`/oauth/access_token?${form({ ...own, ...grant(await codeOf(t)) })}`),
      await t.post('/oauth/access_token', { ...own, ...grant(await codeOf(t)) }),
      await send('POST', `/v19.0/oauth/access_token?${form(own)}`, formType, form(grant(await codeOf(t)))),
      await send('POST', '/oauth/access_token', jsonType, JSON.stringify({ ...own, ...grant(await codeOf(t)) })),
      await send(
        'POST',
        '/oauth/access_token',
        { 'content-type': 'multipart/form-data; boundary=b' },
        multipart({ ...own, ...grant(await codeOf(t)) }),
      ),
      await t.post('/oauth/access_token', grant(await codeOf(t)), basic(shop.id, shop.secret)),
      await t.get(`/oauth/access_token?${form(grant(await codeOf(t)))}`, basic(shop.id, shop.secret)),
      await t.post(
        '/oauth/access_token',
        { client_id: shop.id, ...grant(await codeOf(t)) },
        basic(shop.id, shop.secret),
      ),
    ];
    for (const [i, { status, body, headers }] of replies.entries()) {
      assert.equal(status, 200, `${i}: ${JSON.stringify(body)}`);
      assert.deepEqual(
        [typeof body.access_token, body.token_type, typeof body.expires_in, 'id_token' in body],
        ['string', 'bearer', 'number', false],
      );
      assert.equal(headers['content-type'], 'application/json; charset=UTF-8');
    }
  }
  for (const header of [
    'Basic',
    'Basic !!!',
    `Basic ${Buffer.from('no-colon').toString('base64')}`,
    `Basic ${Buffer.from('%zz:x').toString('base64')}`,
    `Basic ${Buffer.from(`${shop.id}:${shop.secret}`).toString('base64')}=`,
    `Basic ${Buffer.from(`${shop.id}:${shop.secret}x`).toString('base64').replace(/=+$/, '')}`,
  ]) {
    const reply = await t.post('/oauth/access_token', { grant_type: 'client_credentials' }, { authorization: header });
    assert.equal(reply.status, 400, header);
    assert.ok([100, 101].includes(reply.body.error.code), header);
  }
});

test('7. PKCE by S256 and plain, beside the secret, and without it for what went to a native address', async () => {
  const verifier = 'v'.repeat(43);
  for (const [method, value] of [
    ['S256', createHash('sha256').update(verifier).digest('base64url')],
    ['plain', verifier],
  ] as const) {
    const code = await codeOf(t, { challenge: { method, value } });
    assert.equal(
      (await t.post('/oauth/access_token', { ...own, redirect_uri: callback, code, code_verifier: verifier })).status,
      200,
      method,
    );
    await t.login(phone.id, ana.id);
    const native = await codeOf(t, {
      app: phone.id,
      redirectUri: nativeCallback,
      form: 'native',
      challenge: { method, value },
    });
    const reply = await t.post('/oauth/access_token', {
      client_id: phone.id,
      redirect_uri: nativeCallback,
      code: native,
      code_verifier: verifier,
      access_token: `${phone.id}|${phone.clientToken}`,
    });
    assert.equal(reply.status, 200, reply.text);
  }
});

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
