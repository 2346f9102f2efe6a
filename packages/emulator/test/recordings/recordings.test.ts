// A recording holds no credential, wherever one stood, and tells apart what differs from our answers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEmulator, createRecorder, driftOf, readRecording } from '@hallpass/emulator';
import { carriesCredential } from '@hallpass/protocol';
import type { HttpRequest, HttpResponse } from '@hallpass/server';

const token = 'EAABwzLixnjYBO1ZAexampleOfALongToken0123456789';
const appToken = '1384720956120447|8f1c5be29d7340a6b1e7c45d02f9a36b';
const page = 'EAABwzLixnjYBOpageTokenThatIsAnotherOne9876543210';

const request = (part: Partial<HttpRequest>): HttpRequest => ({
  method: 'GET',
  host: 'graph.facebook.com',
  scheme: 'https',
  path: '/v25.0/me',
  query: '',
  headers: {},
  body: new Uint8Array(0),
  address: '127.0.0.1',
  ...part,
});
const answer = (body: unknown, headers: HttpResponse['headers'] = {}): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=UTF-8', ...headers },
  body: JSON.stringify(body),
});

/** Names under which credentials travel, by what the protocol and its clients write. */
const names = [
  'access_token',
  'accessToken',
  'input_token',
  'fb_exchange_token',
  'revoke_token',
  'refresh_token',
  'client_token',
  'id_token',
  'client_secret',
  'app_secret',
  'appsecret_proof',
  'code',
  'code_verifier',
  'fb_exchange_nonce',
  'signed_request',
  'signedRequest',
  'session_key',
  'user_code',
  'verify_token',
  'hub.verify_token',
  'password',
  'secret',
  'token',
  'client_assertion',
];

test('ST-02: no credential of a call is in a recording: parameters, forms, JSON, headers, paths, addresses', () => {
  for (const name of names) {
    assert.ok(carriesCredential(name), name);
    // Nothing shows by its look.
    const secret = `plain ${name} 0815/+&=`;
    const within = { [name]: secret, deep: [{ [`x_${name}`]: 'kept', [name]: secret }] };
    const recorder = createRecorder('https://graph.facebook.com');
    const form = new URLSearchParams({ [name]: secret }).toString();
    recorder.note(request({ query: form }), answer(within));
    recorder.note(
      request({
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: Buffer.from(form),
      }),
      answer({
        text: JSON.stringify(within),
        data: [],
        paging: { next: `https://graph.facebook.com/v25.0/me?${form}&limit=25` },
      }),
    );
    recorder.note(
      request({
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify(within)),
      }),
      { status: 302, headers: { location: `https://app.example/cb?${form}` }, body: '' },
    );
    recorder.note(
      request({
        path: `/v25.0/${encodeURIComponent(secret)}`,
        query: `redirect_uri=${encodeURIComponent(`https://a.example/?${form}`)}`,
      }),
      answer({ error: { message: `Nothing is called ${secret}.`, code: 803 } }),
    );
    const text = recorder.text();
    for (const shown of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), '0815'])
      assert.ok(
        !text.includes(shown),
        `${name}: ${text.slice(Math.max(0, text.indexOf(shown) - 200), text.indexOf(shown) + 40)}`,
      );
    assert.ok(readRecording(text));
  }
});

test('ST-02: headers that carry credentials, cookies, batches, JSONP-like texts and unknown long words are replaced too', () => {
  const recorder = createRecorder('https://graph.facebook.com');
  const cookie = 'xs=28%3Aabcdefgh; c_user=100001; datr=ZZZZdatr';
  recorder.note(
    request({
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        cookie,
        'x-app-key': 'unknown-header-value',
        'content-type': 'application/json',
      },
      body: Buffer.from(
        JSON.stringify({
          batch: JSON.stringify([{ method: 'GET', relative_url: `me?access_token=${page}` }]),
          access_token: appToken,
        }),
      ),
    }),
    answer(
      [
        {
          code: 200,
          headers: [{ name: 'Set-Cookie', value: 'fr=0abcdef' }],
          body: JSON.stringify({ access_token: page }),
        },
      ],
      { 'set-cookie': ['fr=0abcdef; Path=/', `xs=${token}`], 'x-fb-debug': 'unknownheadervalue' },
    ),
  );
  recorder.note(
    request({ path: `/${page}/picture` }),
    answer({ [page]: 1, cursor: 'QVFIUmtheG9fZAkF1ZAnJ3b2VvYW5kc29tZAW1vcmU0NTY3' }),
  );
  recorder.note(request({ query: `state=${token}` }), {
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: `<input value="${token}">`,
  });
  const text = recorder.text();
  for (const secret of [
    token,
    page,
    '8f1c5be29d7340a6b1e7c45d02f9a36b',
    'abcdefgh',
    'ZZZZdatr',
    'fr=0abcdef;',
    'unknown-header',
    'unknownheader',
    'QVFIUmth',
    '<input',
  ])
    assert.ok(!text.includes(secret), secret);
  assert.ok(text.includes('1384720956120447|['), 'the id of an app is no secret');
});

test('the same credential has the same name wherever it stands, so that a recording can be followed', () => {
  const recorder = createRecorder('https://graph.facebook.com');
  recorder.note(request({ query: `access_token=${token}` }), answer({ data: [{ id: '1', access_token: page }] }));
  recorder.note(request({ headers: { authorization: `OAuth ${page}` } }), answer({ id: '1' }));
  const calls = readRecording(recorder.text())?.calls ?? [];
  const given = calls[0]?.response.body;
  assert.deepEqual(given, { json: { data: [{ id: '1', access_token: '[token:2]' }] } });
  assert.equal(calls[1]?.request.headers['authorization'], 'OAuth [token:2]');
});

test('a recording of our own answers has no drift, in a world where every id and credential is another', async (t) => {
  const first = await createEmulator();
  const second = await createEmulator();
  t.after(() => Promise.all([first.close(), second.close()]));
  const other = await second.worlds.create('other', { ownApps: true });
  const recorder = createRecorder('http://localhost');
  const ask = async (part: Partial<HttpRequest>) => {
    const asked = request({ host: 'localhost', ...part });
    const response = await first.handle(asked);
    recorder.note(asked, response);
    return JSON.parse(String(response.body)) as Record<string, never>;
  };
  const [app] = first.seed.world.apps;
  assert.ok(app);
  const own = `${app.id}%7C${app.secret}`;
  const [somebody] = first.people.list();
  const user = await somebody?.accessToken({ scope: 'email,pages_show_list,pages_read_engagement' });
  await ask({ path: '/v25.0/debug_token', query: `input_token=${user}&access_token=${own}` });
  await ask({ query: `fields=id,name,email&access_token=${user}` });
  await ask({ path: '/v25.0/me/accounts', query: `access_token=${user}&limit=1` });
  await ask({
    path: '/v25.0/oauth/access_token',
    query: `grant_type=client_credentials&client_id=${app.id}&client_secret=${app.secret}`,
  });
  await ask({ path: `/v25.0/${app.id}`, query: `fields=id,name&access_token=${own}` });
  await ask({ path: '/v25.0/nothing-here', query: `access_token=${user}` });
  const recording = readRecording(recorder.text());
  assert.ok(recording);
  for (const world of [second.worlds.main, other])
    assert.deepEqual(
      (await driftOf(recording, world)).flatMap(({ path, differences, skipped }) => [
        ...differences.map((one) => [path, one]),
        ...(skipped ? [skipped] : []),
      ]),
      [],
    );
});

test('what a service answers otherwise is told with its place: status, fields, types and the words of errors', async (t) => {
  const emulator = await createEmulator();
  t.after(() => emulator.close());
  const recorder = createRecorder('https://graph.facebook.com');
  const query = `access_token=${token}`;
  recorder.note(request({ query: `${query}&fields=id,name` }), answer({ id: '10158', name: 7, nickname: 'x' }));
  recorder.note(request({ path: '/v25.0/me/accounts' }), {
    ...answer({ error: { message: 'Another sentence.', type: 'OAuthException', code: 2500, fbtrace_id: 'x' } }),
    status: 401,
  });
  recorder.note(request({ path: '/dialog' }), { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>' });
  recorder.note(request({ query }), {
    ...answer({ error: { message: 'Dead.', type: 'OAuthException', code: 190 } }),
    status: 400,
  });
  const recording = readRecording(recorder.text());
  assert.ok(recording);
  const compared = await driftOf(recording, emulator.worlds.main);
  assert.deepEqual(compared[0]?.differences, [
    { path: 'name', what: 'type', recorded: 'number', ours: 'string' },
    { path: 'nickname', what: 'missing', recorded: 'string' },
  ]);
  assert.deepEqual(
    compared[1]?.differences.map(({ path, what }) => [path, what]),
    [
      ['', 'status'],
      ['error.message', 'value'],
    ],
  );
  assert.deepEqual(
    compared.map(({ skipped }) => skipped),
    [undefined, undefined, 'a page or file', 'the token had died, and nothing says why'],
  );
});

test('a file that is no recording is told from one', () => {
  for (const text of ['', '{', '[]', '{"hallpass_recording":2,"service":"x","calls":[],"cut":false}'])
    assert.equal(readRecording(text), undefined);
});
