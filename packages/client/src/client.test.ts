import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient, type Fetch, GraphError, NoGraph } from './index.ts';

interface Asked {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
}

/** A client of a server that always answers the same, and what it was asked. */
function clientOf(
  answer: { status?: number; body: unknown; headers?: Record<string, string> },
  options: { base?: string; version?: string } = {},
) {
  const asked: Asked[] = [];
  const fetch: Fetch = async (url, { method, headers, body }) => {
    asked.push({ url, method, headers, body });
    return new Response(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body), {
      status: answer.status ?? 200,
      headers: answer.headers,
    });
  };
  return {
    asked,
    client: createClient({ base: options.base ?? 'http://localhost:4000', fetch, version: options.version }),
  };
}

test('a token never stands in the address of a call', async () => {
  const { asked, client } = clientOf({ body: { data: { is_valid: true, scopes: [] }, access_token: 'x' } });
  await client.get('/me', { token: 'EAAtoken', params: { fields: 'id,name' } });
  await client.debugToken('EAAinput', '1|secret');
  await client.exchange('EAAold', { appId: '1', appSecret: 'secret' });
  await client.revoke('EAAgone', { appId: '1', appSecret: 'secret' });
  for (const { url } of asked) assert.doesNotMatch(url, /EAA|secret/);
  assert.equal(asked[0]?.url, 'http://localhost:4000/me?fields=id%2Cname');
  assert.equal(asked[0]?.headers.authorization, 'Bearer EAAtoken');
  assert.equal(asked[1]?.body, 'method=get&input_token=EAAinput');
  assert.equal(
    asked[2]?.body,
    'grant_type=fb_exchange_token&client_id=1&client_secret=secret&fb_exchange_token=EAAold',
  );
});

test('a version is put before paths that name none', async () => {
  const { asked, client } = clientOf({ body: {} }, { base: 'https://graph.example.com/', version: 'v25.0' });
  for (const path of ['me', '/me?fields=id', '/v3.2/me', 'https://graph.example.com/v25.0/me/accounts?after=x'])
    await client.get(path);
  assert.deepEqual(
    asked.map(({ url }) => url.slice('https://graph.example.com'.length)),
    ['/v25.0/me', '/v25.0/me?fields=id', '/v3.2/me', '/v25.0/me/accounts?after=x'],
  );
});

test('a link to another server is not followed with the token', async () => {
  const { asked, client } = clientOf({ body: {} });
  await assert.rejects(client.get('https://evil.example/me', { token: 'EAAtoken' }), NoGraph);
  assert.equal(asked.length, 0);
});

test('a refusal carries its code, subcode and what a holder should do', async () => {
  const error = {
    message: 'Error validating access token: The user has not authorized application 1.',
    type: 'OAuthException',
    code: 190,
    error_subcode: 458,
    fbtrace_id: 'abc',
  };
  const { client } = clientOf({ status: 400, body: { error } });
  const refused = await client.get('/me').catch((thrown: unknown) => thrown);
  assert.ok(refused instanceof GraphError);
  assert.deepEqual(
    [refused.code, refused.subcode, refused.type, refused.status, refused.fbtraceId],
    [190, 458, 'OAuthException', 400, 'abc'],
  );
  assert.equal(refused.advice.holder, 'consent_again');
});

test('an unknown code is advised about by its class, never as a revocation', async () => {
  const { client } = clientOf({
    status: 403,
    body: { error: { message: 'New.', type: 'OAuthException', code: 299, fbtrace_id: 'x' } },
  });
  const refused = await client.get('/me').catch((thrown: unknown) => thrown);
  assert.equal(refused instanceof GraphError && refused.advice.holder, 'ask_permission');
});

test('what is no Graph is said to be none, without the secrets of the call', async () => {
  const { client } = clientOf({ status: 502, body: '<html>Bad gateway</html>' });
  await assert.rejects(client.get('/me'), /other than JSON/);
  const away = createClient({
    base: 'http://localhost:1',
    fetch: () => Promise.reject(new TypeError('fetch failed: http://localhost:1/me?access_token=EAAtoken')),
  });
  await assert.rejects(
    away.get('/me', { token: 'EAAtoken' }),
    (error: Error) => error instanceof NoGraph && !error.message.includes('EAAtoken'),
  );
});

test('an answer that is another address is handed over as such', async () => {
  const { client } = clientOf({ status: 302, body: '', headers: { location: 'http://localhost:4000/picture.png' } });
  assert.deepEqual(await client.get('/me/picture'), { redirect: 'http://localhost:4000/picture.png' });
});
