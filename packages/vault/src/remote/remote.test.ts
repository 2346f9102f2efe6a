// These tests are about what is asked of a Graph, and which of its answers are believed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from '@hallpass/client';
import { Secret } from '@hallpass/protocol';
import { DocumentedGraph, DAY } from '../../test/documented-graph.ts';
import { accounts, readPage } from './accounts.ts';
import { extend, redeem } from './extend.ts';
import { inspect, inspectBatch } from './inspect.ts';
import { usageIn } from './usage.ts';

const now = 1_800_000_000;

function scene() {
  const graph = new DocumentedGraph(() => now);
  const client = createClient({ base: 'https://graph.example.com', fetch: graph.fetch });
  const app = { client, id: graph.app.id, secret: new Secret(graph.app.secret) };
  const by = new Secret(`${graph.app.id}|${graph.app.secret}`);
  return { graph, client, app, by };
}

test('fifty tokens are inspected in one call, each with an answer of its own, and no token stands in an address', async () => {
  const { graph, client, by } = scene();
  const texts = Array.from({ length: 49 }, (_, n) => graph.issue({ type: 'USER', user_id: String(n), expires_at: 0 }));
  graph.kill(texts[7] ?? '', { code: 190, subcode: 458, message: 'Removed.' });
  const { value = [] } = await inspectBatch(
    client,
    [...texts, 'EAAunknown'].map((text) => new Secret(text)),
    by,
  );
  assert.equal(value.length, 50);
  assert.deepEqual(
    [0, 7, 49].map((at) => [value[at]?.value?.is_valid, value[at]?.value?.error?.subcode]),
    [
      [true, undefined],
      [false, 458],
      [false, undefined],
    ],
  );
  assert.equal(graph.calls.filter(({ path }) => path === '/').length, 1);
  await assert.rejects(
    inspectBatch(
      client,
      Array.from({ length: 51 }, () => by),
      by,
    ),
    RangeError,
  );
});

test('a batch that is answered with too few items, null, HTML or half an answer says nothing of the tokens concerned', async () => {
  const { graph, client, by } = scene();
  const tokens = [1, 2, 3].map((n) => new Secret(graph.issue({ user_id: String(n) })));
  const items = (...bodies: unknown[]) => ({
    body: bodies.map((body) => (body === null ? null : { code: 200, body })),
  });
  graph.instead = ({ path }) => (path === '/' ? items('{}', '{}') : undefined);
  assert.equal((await inspectBatch(client, tokens, by)).fault?.kind, 'away');
  graph.instead = ({ path }) => (path === '/' ? items(null, '<html>', '{"data":{"is_valid":"yes"}}') : undefined);
  const { value = [] } = await inspectBatch(client, tokens, by);
  assert.deepEqual(
    value.map(({ fault }) => fault?.kind),
    ['away', 'away', 'away'],
  );
  graph.instead = () => ({ body: { error: { message: 'Slow down', code: 4, type: 'OAuthException' } }, status: 400 });
  assert.equal((await inspectBatch(client, tokens, by)).fault?.kind, 'throttled');
});

test('ids may be numbers, an unknown type is none, and what is missing stays missing', async () => {
  const { graph, client, by } = scene();
  graph.instead = () => ({
    body: { data: { is_valid: true, app_id: 17, user_id: 5, type: 'ALIEN', scopes: ['email'] } },
  });
  const { value } = await inspect(client, new Secret('EAAx'), by);
  assert.deepEqual(value, { is_valid: true, app_id: '17', user_id: '5', scopes: ['email'] });
});

test('codes tell a server that is away from one that wants fewer calls and from one that says no', async () => {
  const { graph, client, by } = scene();
  const kinds: unknown[] = [];
  for (const code of [1, 2, 368, 4, 17, 32, 341, 613, 80_004, 190, 100, 31_337]) {
    graph.instead = () => ({ status: 400, body: { error: { message: 'x', type: 'OAuthException', code } } });
    kinds.push((await inspect(client, new Secret('EAAx'), by)).fault?.kind);
  }
  const [a, t, r] = ['away', 'throttled', 'refused'];
  assert.deepEqual(kinds, [a, a, a, t, t, t, t, t, t, r, r, r]);
});

test('each kind is extended by the call of its service', async () => {
  const { graph, app } = scene();
  const old = graph.issue({ type: 'USER', user_id: '1', issued_at: now - 30 * DAY, expires_at: now + 30 * DAY });
  for (const kind of ['user_long', 'system_user_60_days', 'instagram_long', 'threads_long'] as const) {
    const { value } = await extend(kind, new Secret(old), app);
    assert.equal(value?.expiresIn, 60 * DAY, kind);
  }
  assert.deepEqual(
    graph.calls.map(({ method, path, params }) => [
      method,
      path,
      params.get('grant_type'),
      params.get('set_token_expires_in_60_days'),
      params.has('client_secret'),
    ]),
    [
      ['POST', '/oauth/access_token', 'fb_exchange_token', null, true],
      ['POST', '/oauth/access_token', 'fb_exchange_token', 'true', true],
      ['GET', '/refresh_access_token', 'ig_refresh_token', null, false],
      ['GET', '/refresh_access_token', 'th_refresh_token', null, false],
    ],
  );
  await assert.rejects(extend('page_long', new Secret(old), app), TypeError);
});

test('the list of Pages is followed to its end; half a list, one without end and one with a hole are none', async () => {
  const { graph, app } = scene();
  const text = graph.issue({ type: 'USER', user_id: '1', expires_at: 0, pages: ['30', '31', '32', '33', '34'] });
  const { value } = await accounts(app, new Secret(text));
  assert.deepEqual(
    value?.map(({ id, token }) => [id, token instanceof Secret]),
    ['30', '31', '32', '33', '34'].map((id) => [id, true]),
  );
  for (const { by, params } of graph.calls) {
    assert.equal(by, text);
    assert.match(params.get('appsecret_proof') ?? '', /^[0-9a-f]{64}$/);
  }
  graph.instead = ({ params }) => (params.has('after') ? 'down' : undefined);
  assert.equal((await accounts(app, new Secret(text))).fault?.kind, 'away');
  const page = {
    data: [{ id: '1', name: 'a' }],
    paging: { cursors: { after: 'x' }, next: 'https://graph.example.com/?after=x' },
  };
  graph.instead = () => ({ body: page });
  assert.equal((await accounts(app, new Secret(text))).fault?.kind, 'away');
  graph.instead = () => ({
    body: {
      data: [
        { id: '30', name: 'a', access_token: '' },
        { id: '31', name: 'b' },
      ],
    },
  });
  const bare = await accounts(app, new Secret(text));
  assert.deepEqual(
    bare.value?.map(({ token }) => token),
    [undefined, undefined],
  );
  graph.instead = () => ({ body: { data: [{ name: 'no id' }] } });
  assert.equal((await accounts(app, new Secret(text))).fault?.kind, 'away');
});

test('a Page that is answered under another id is not the one that was asked for', async () => {
  const { graph, app } = scene();
  const text = graph.issue({ type: 'USER', user_id: '1', expires_at: 0, pages: ['30'] });
  assert.equal((await readPage(app, new Secret(text), '30')).value?.id, '30');
  graph.instead = () => ({ body: { id: '31', name: 'x', access_token: 'EAAx' } });
  assert.equal((await readPage(app, new Secret(text), '30')).fault?.kind, 'away');
});

test('a code is redeemed with the secret in the body, and an answer without a token is none', async () => {
  const { graph, app } = scene();
  graph.instead = () => ({ body: { access_token: 'EAAnew', expires_in: '5183944' } });
  const asked = {
    code: new Secret('AQB'),
    redirectUri: 'https://v.example/back',
    verifier: new Secret('v'.repeat(43)),
  };
  const { value } = await redeem(app, asked);
  assert.deepEqual([value?.token.open(), value?.expiresIn], ['EAAnew', 5_183_944]);
  assert.equal(graph.calls[0]?.params.get('code_verifier'), 'v'.repeat(43));
  graph.instead = () => ({ body: { access_token: ' ' } });
  assert.equal((await redeem(app, asked)).fault?.kind, 'away');
});

test('usage headers tell the fullest counter and the longest wait, and what cannot be read says nothing', () => {
  const usage = (headers: Record<string, string>) => usageIn(new Headers(headers));
  assert.deepEqual(usage({}), { percent: 0, wait: 0 });
  assert.deepEqual(usage({ 'x-app-usage': '{"call_count":28,"total_time":91,"total_cputime":25}' }), {
    percent: 91,
    wait: 0,
  });
  const business =
    '{"42":[{"type":"pages","call_count":100,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":19}]}';
  assert.deepEqual(usage({ 'x-business-use-case-usage': business }), { percent: 100, wait: 19 * 60 });
  const account = '{"acc_id_util_pct":100,"reset_time_duration":100,"ads_api_access_tier":"standard_access"}';
  assert.deepEqual(usage({ 'x-ad-account-usage': account }), { percent: 100, wait: 100 });
  assert.deepEqual(usage({ 'retry-after': '30' }), { percent: 0, wait: 30 });
  assert.deepEqual(usage({ 'x-app-usage': 'full', 'x-page-usage': '[1]', 'retry-after': 'soon' }), {
    percent: 0,
    wait: 0,
  });
  assert.deepEqual(usage({ 'retry-after': '99999999999' }), { percent: 0, wait: 86_400 });
});
