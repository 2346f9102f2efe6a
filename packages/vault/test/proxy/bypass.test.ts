// Every way that we know of to make a proxy ask for something else than its rules allow. No try may reach the server, and
// no answer may hold a token.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { shape } from '@hallpass/protocol';
import { app, type Given, proxiedVault, type ProxiedVault } from './proxied-vault.ts';

/** The handle may read the person, the list of their Pages, and the posts of any Page; and nothing else. */
const rules = 'GET /me, GET /me/accounts, GET /*/feed, GET /*?fields=id,name';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };
const PAGE = '104837261950448';

const post = (target: string, body: string, headers: Record<string, string> = form): Given => ({
  method: 'POST',
  target,
  headers,
  body,
});
const batch = (...items: object[]): Given => post('/', `batch=${encodeURIComponent(JSON.stringify(items))}`);
const multipart = (fields: Readonly<Record<string, string>>, name = 'name'): Given =>
  post(
    '/me',
    `${Object.entries(fields)
      .map(([key, value]) => `--X\r\nContent-Disposition: form-data; ${name}="${key}"\r\n\r\n${value}\r\n`)
      .join('')}--X--\r\n`,
    { 'content-type': 'multipart/form-data; boundary=X' },
  );

const tries: Readonly<Record<string, Given | string>> = {
  // Paths.
  'another edge': '/me/permissions',
  'another verb': { method: 'DELETE', target: '/me/permissions' },
  'the edge with a version before it': '/v25.0/me/permissions',
  'an encoded letter': '/me/%70ermissions',
  'an encoded slash': '/me%2Fpermissions',
  'an encoded slash, twice': '/me%252Fpermissions',
  dots: '/me/accounts/../permissions',
  'encoded dots': '/me/accounts/%2e%2e/permissions',
  'encoded dots, twice': '/me/accounts/%252e%252e/permissions',
  'a single dot': '/me/./permissions',
  'an encoded dot': '/me/%2e/permissions',
  'doubled slashes': '/me//permissions',
  'doubled slashes in front': '//me/permissions',
  'a backslash': '/me\\permissions',
  'an encoded backslash': '/me%5Cpermissions',
  'a semicolon': '/me;x=1/permissions',
  'a semicolon at the end': '/me/permissions;x',
  'upper case': '/ME/PERMISSIONS',
  'a trailing dot': '/me/permissions.',
  'an encoded NUL': '/me/accounts%00/permissions',
  'an encoded line end': '/me/accounts%0d%0aHost:evil',
  'a fragment': '/me#/permissions',
  'an encoded question mark': '/me%3Ffields=permissions',
  'an overlong encoding': '/me/%c0%afpermissions',
  'two versions': '/v25.0/v24.0/me/permissions',
  'a version in upper case': '/V25.0/me/permissions',
  'an address as the path': '/http://evil.example/me',
  'a trailing slash': '/me/permissions/',
  'the app itself': '/app/permissions',
  'another path by its app id': `/${app.id}/accounts`,
  // Verbs.
  'a verb in the query': '/me?method=delete',
  'a verb in the query in upper case': '/me?method=DELETE',
  'a verb in the body': post('/me/accounts', 'method=delete'),
  'two verbs': post('/me?method=get', 'method=delete'),
  'a verb in the body of a GET': { ...post('/me', 'method=delete'), method: 'GET' },
  'the name of the verb in upper case': '/me?Method=delete',
  'an unknown verb': { method: 'PURGE', target: '/me' },
  'PUT for POST': { method: 'PUT', target: '/me/accounts' },
  PATCH: { method: 'PATCH', target: '/me/accounts' },
  'a plain POST': post('/me/feed', 'message=hello'),
  'a header that names a verb': { ...post('/me', ''), headers: { ...form, 'x-http-method-override': 'GET' } },
  // Other ids.
  'ids with one that no rule names': `/?ids=me,${PAGE}`,
  'ids as JSON': `/?ids=${encodeURIComponent(`["me","${PAGE}"]`)}`,
  'ids before an edge': `/permissions?ids=me,${PAGE}`,
  'ids behind a thing': `/me/accounts?ids=${PAGE}`,
  'ids with a path in them': '/?ids=me/permissions',
  'ids with an encoded path': '/?ids=me%252Fpermissions',
  'ids in the body': { ...post('/', `ids=${PAGE}&method=get`) },
  'id at the root': `/?id=${PAGE}`,
  'id with a path in it': '/?id=me/permissions',
  'id beside a path': `/me/accounts?id=${PAGE}`,
  'an id that is a list': `/?id=me,${PAGE}`,
  'an id that is a list in JSON': `/?id=${encodeURIComponent(`["me","${PAGE}"]`)}`,
  'an id that is dots': '/?id=..',
  'id and ids': `/?id=me&ids=${PAGE}`,
  'the name of ids in upper case': `/me?IDS=${PAGE}`,
  // Fields.
  'a field that is another list': '/me?fields=permissions',
  'a field that is another list, with braces': '/me?fields=id,permissions{status}',
  'the older form of braces': '/me?fields=permissions.fields(status)',
  'a list within a list': '/me?fields=accounts{feed{message},roles}',
  'a list within a list that is unlimited': '/me/accounts?fields=roles{name}',
  'a field that nobody knows': '/me?fields=secret_list_of_tomorrow',
  'a field of tokens': '/me/accounts?fields=access_token',
  'a field of tokens by another name': '/me/accounts?fields=access_token.as(name)',
  'a field of tokens within a list': '/me?fields=accounts{name,access_token}',
  'fields as JSON': `/me?fields=${encodeURIComponent('["id","permissions"]')}`,
  'fields that a rule does not name': `/${PAGE}?fields=id,name,about`,
  'a read without the fields that its rule names': `/${PAGE}`,
  'fields in two places': { ...post('/me?fields=id', 'fields=permissions&method=get') },
  'the name of fields in upper case': '/me?Fields=permissions',
  'fields in brackets': '/me?fields[]=permissions',
  // Batch.
  'an item that no rule names': batch(
    { method: 'GET', relative_url: 'me' },
    { method: 'GET', relative_url: 'me/permissions' },
  ),
  'an item with another verb': batch({ method: 'DELETE', relative_url: 'me/permissions' }),
  'an item whose query names a verb': batch({ method: 'GET', relative_url: 'me?method=delete' }),
  'an item whose body names a verb': batch({ method: 'POST', relative_url: 'me', body: 'method=delete' }),
  'an item with dots': batch({ method: 'GET', relative_url: 'me/accounts/../permissions' }),
  'an item with an encoded slash': batch({ method: 'GET', relative_url: 'me%2Fpermissions' }),
  'an item with an address of another host': batch({ method: 'GET', relative_url: 'https://evil.example/me' }),
  'an item with a token of its own': batch({ method: 'GET', relative_url: 'me', access_token: `${app.id}|x` }),
  'an item with a token in its query': batch({ method: 'GET', relative_url: 'me?access_token=EAAother' }),
  'an item with a header that says who asks': batch({
    method: 'GET',
    relative_url: 'me',
    headers: ['Authorization: Bearer EAAother'],
  }),
  'an item with a header that names a verb': batch({
    method: 'GET',
    relative_url: 'me',
    headers: ['X-HTTP-Method-Override: DELETE'],
  }),
  'an item with a value of another answer in its path': batch(
    { method: 'GET', name: 'a', relative_url: 'me' },
    { method: 'GET', relative_url: '{result=a:$.id}/permissions' },
  ),
  'an item with a value of another answer in ids': batch(
    { method: 'GET', name: 'a', relative_url: 'me/accounts' },
    { method: 'GET', relative_url: '?ids={result=a:$.data.*.id}' },
  ),
  'an item with an encoded value of another answer': batch(
    { method: 'GET', name: 'a', relative_url: 'me' },
    { method: 'GET', relative_url: 'me?fields=%7Bresult%3Da%3A%24.id%7D' },
  ),
  'an item with a value of another answer, encoded twice': batch(
    { method: 'GET', name: 'a', relative_url: 'me' },
    { method: 'GET', relative_url: 'me?limit=%257Bresult%253Da%253A%2524.id%257D' },
  ),
  'a batch within a batch': batch({
    method: 'POST',
    relative_url: '',
    body: 'batch=[{"relative_url":"me/permissions"}]',
  }),
  'a batch that is no list': post('/', 'batch=me/permissions'),
  'a batch as a GET': '/?batch=[{"relative_url":"me/permissions"}]',
  'a batch behind a path': post('/me?batch=[{"relative_url":"me/permissions"}]', 'method=get'),
  'a batch in JSON': post('/', JSON.stringify({ batch: [{ relative_url: 'me/permissions' }] }), json),
  'a batch with the app named beside it': post(
    '/',
    `batch_app_id=1&batch=${encodeURIComponent('[{"relative_url":"me"}]')}`,
  ),
  'an item with an unknown key': batch({ method: 'GET', relative_url: 'me', url: 'me/permissions' }),
  // Tokens.
  'a second token in the query': '/me?access_token=EAAother',
  'a token in brackets': '/me?access_token[]=EAAother',
  'two tokens in one query': { target: '/me?access_token=a&access_token=b', bearer: false },
  'a client with its secret': { target: '/me', headers: { authorization: 'Basic MTox' }, bearer: false },
  'a token to be looked at': '/debug_token?input_token=x',
  'a new token': `/oauth/access_token?grant_type=fb_exchange_token&fb_exchange_token=x`,
  'a code': '/oauth/client_code',
  'the end of a token': '/oauth/revoke?revoke_token=x',
  'a token of a system user': post(`/${PAGE}/access_tokens`, ''),
  'test users': `/${app.id}/accounts/test-users`,
  'the secret of the app': `/me?client_secret=x`,
  'a proof of its own as a parameter in JSON': post('/me', '{"method":"get","appsecret_proof":{"a":1}}', json),
  // Bodies.
  'a verb in a body of many parts': multipart({ method: 'delete' }),
  'a batch in a body of many parts': multipart({ batch: '[{"relative_url":"me/permissions"}]' }),
  'a token in a body of many parts': multipart({ access_token: 'EAAother', method: 'get' }),
  'a body that is declared as something else': post('/me', '{"method":"delete"}'),
  'a body that is compressed': { ...post('/me', 'x'), headers: { ...form, 'content-encoding': 'gzip' } },
  'JSON with a key twice': post('/me', '{"method":"get","method":"delete"}', json),
  'a script in place of an answer': '/me?callback=steal',
  'a name that servers read as another': '/me?access.token=EAAother',
};

const isRefusal = shape.object<{ error: { message: string; code?: number | undefined } }>({
  error: shape.object<{ message: string; code?: number | undefined }>({
    message: shape.text,
    code: shape.optional(shape.number),
  }),
});

describe('a handle that may read three things is tried', () => {
  let scene: ProxiedVault;
  let handle = '';
  before(async () => {
    scene = await proxiedVault({ scopes: ['pages_show_list', 'pages_read_engagement', 'pages_read_user_content'] });
    handle = await scene.handle(rules, { callsPerMinute: 10_000 });
  });
  after(() => scene.close());

  test('there are enough tries', () => {
    assert.ok(Object.keys(tries).length >= 60, `${Object.keys(tries).length}`);
  });

  for (const [title, given] of Object.entries(tries))
    test(`VT-09: ${title} is refused and reaches no server`, async () => {
      const before = scene.sent.length;
      const { status, body, json: answer } = await scene.ask(handle, given);
      assert.equal(scene.sent.length, before, scene.sent.at(-1)?.url.href);
      assert.ok(status >= 400, `${status} ${body}`);
      assert.ok(isRefusal(answer), body);
      assert.ok(!body.includes(scene.token));
    });

  test('what the rules name is answered, however it is spelled', async () => {
    for (const target of [
      '/me',
      '/v25.0/me',
      '/me/',
      '/me?fields=id,name,picture',
      '/me?fields=accounts.limit(1){id,name}',
      '/me/accounts?fields=id,name,feed{message}',
      `/${PAGE}/feed`,
      `/${PAGE}?fields=id,name`,
      '/?id=me',
    ]) {
      const { status, body } = await scene.ask(handle, target);
      assert.equal(status, 200, `${target} ${body}`);
    }
    const items = batch(
      { method: 'GET', relative_url: 'v25.0/me?fields=id' },
      { method: 'GET', relative_url: 'me/accounts' },
    );
    const { status, json: slots } = await scene.ask(handle, items);
    assert.equal(status, 200);
    assert.ok(
      Array.isArray(slots) && slots.every((slot: { code: number }) => slot.code === 200),
      JSON.stringify(slots),
    );
  });

  test('nothing that was tried left a token anywhere: in answers, in the log, in the lines of calls', async () => {
    const rows = await scene.vault.parts.db.read.selectFrom('handle_calls').selectAll().execute();
    assert.ok(rows.length > 50);
    const all = JSON.stringify(rows) + scene.log.join('\n');
    for (const secret of [scene.token, app.secret, handle, 'EAAother', 'evil.example', 'secret_list_of_tomorrow'])
      assert.ok(!all.includes(secret), secret);
  });
});
