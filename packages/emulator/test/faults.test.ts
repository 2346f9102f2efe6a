// These tests are about refusals that are ordered at steps of requests: they look like true ones, are counted and
// explained like them, and never take their place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Emulator } from '../src/index.ts';
import { ask, control, emulator, testUser } from './outside.ts';
import { AppId } from '@hallpass/server/testing';

async function opened(t: { after(task: () => Promise<void>): void }): Promise<Emulator> {
  const world = await emulator();
  t.after(() => world.close());
  return world;
}

async function me(world: Emulator, token: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${world.url}/me?access_token=${token}`, { headers });
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
  const body: any = await response.json();
  return { status: response.status, headers: response.headers, error: body.error };
}

const order = async (world: Emulator, form: Record<string, string>) => {
  const { status, body } = await control(world, 'faults', form);
  assert.equal(status, 200, JSON.stringify(body));
  return body;
};

test('an ordered refusal is given as often as was said, with the headers and the usage of a true one', async (t) => {
  const world = await opened(t);
  const { token } = await testUser(world);
  const before = JSON.parse((await me(world, token)).headers.get('x-app-usage') ?? '').call_count;
  const { id } = await order(world, { step: 'graph.authenticated', error: 'token.password_changed', times: '1' });
  const refused = await me(world, token);
  assert.deepEqual([refused.status, refused.error.code, refused.error.error_subcode], [400, 190, 460]);
  assert.equal(refused.headers.get('x-hallpass-fault'), id);
  assert.match(refused.headers.get('www-authenticate') ?? '', /invalid_token/);
  assert.equal(refused.error.fbtrace_id, refused.headers.get('x-fb-trace-id'));
  assert.ok(JSON.parse(refused.headers.get('x-app-usage') ?? '').call_count >= before);
  const { status, headers } = await me(world, token);
  assert.deepEqual([status, headers.get('x-hallpass-fault')], [200, null]);
  assert.deepEqual((await control(world, 'faults')).body.faults, []);
});

test('an ordered refusal is explained as ordered, and kept among the calls of the app', async (t) => {
  const world = await opened(t);
  const { token } = await testUser(world);
  const { id } = await order(world, { step: 'graph.authorised', error: 'server.away' });
  const response = await fetch(`${world.url}/me?debug=all&access_token=${token}`);
  const body = (await response.json()) as { __debug__: { messages: { message: string }[] } };
  assert.equal(response.status, 503);
  assert.equal(response.headers.get('retry-after'), '2');
  assert.ok(body.__debug__.messages.some(({ message }) => message.includes(`fault ${id}`)));
  const [app] = world.seed.world.apps;
  const [call] = world.server.installation.callLog.calls(AppId.of(app?.id ?? ''));
  assert.deepEqual(call?.why.checks.at(-1)?.cause, 'fault_ordered');
});

test('an ordered refusal never takes the place of a true one', async (t) => {
  const world = await opened(t);
  const { token } = await testUser(world);
  for (const step of ['graph.authenticated', 'graph.authorised', 'graph.answered', 'token.checked', 'dialog.opened'])
    await order(world, { step, error: 'server.away' });
  const [app] = world.seed.world.apps;
  const dead = await me(world, `${token.slice(0, -4)}AAAA`);
  assert.equal(dead.error.code, 190);
  for (const [path, code] of [
    ['/me', 2500],
    [`/oauth/access_token?client_id=${app?.id}&client_secret=wrong&grant_type=client_credentials`, 1],
    ['/oauth/access_token?client_id=1&client_secret=wrong', 101],
  ] as const) {
    const { body } = await ask(world.url, path);
    assert.equal(body.error.code, code, `${path}: ${JSON.stringify(body)}`);
  }
  const stranger = await fetch(`${world.url}/dialog/oauth?client_id=${app?.id}&redirect_uri=https://evil.example/`, {
    redirect: 'manual',
  });
  assert.equal(stranger.headers.get('location'), null);
  assert.equal(
    (await control(world, 'faults')).body.faults.every((one: { given: number }) => one.given === 0),
    true,
  );
});

test('a lost answer comes after the work: what the call changed stays changed', async (t) => {
  const world = await opened(t);
  const [app] = world.seed.world.apps;
  const appToken = `${app?.id}|${app?.secret}`;
  const users = async () =>
    (await ask(world.url, `/${app?.id}/accounts/test-users?access_token=${appToken}`)).body.data;
  const before = (await users()).length;
  await order(world, { step: 'graph.answered', error: 'server.bug', path: '*/accounts/test-users', method: 'POST' });
  const { status, body } = await ask(world.url, `/${app?.id}/accounts/test-users`, { access_token: appToken });
  assert.deepEqual([status, body.error.code], [500, 1]);
  assert.equal((await users()).length, before + 1);
});

test('an order holds for the app, the token, the verb and the path that it names, and for no other', async (t) => {
  const world = await opened(t);
  const { token } = await testUser(world);
  const { token: other } = await testUser(world);
  const one = await order(world, { step: 'graph.authenticated', error: 'token.unconfirmed', token });
  assert.ok(!JSON.stringify(one).includes(token), 'the token is not repeated');
  assert.equal((await me(world, token)).error.error_subcode, 464);
  assert.equal((await me(world, other)).status, 200);
  await fetch(`${world.url}/_/emulator/faults?id=${one.id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${world.controlToken}` },
  });
  await order(world, { step: 'graph.authorised', error: 'limit.person', path: 'me/permissions', method: 'GET' });
  assert.equal((await me(world, token)).status, 200);
  assert.equal((await ask(world.url, `/me/permissions?access_token=${token}`)).body.error.code, 17);
  await order(world, { step: 'graph.authorised', error: 'limit.app', app: '1' });
  assert.equal((await me(world, token)).status, 200);
});

test('each member of a batch comes to its own steps', async (t) => {
  const world = await opened(t);
  const { token } = await testUser(world);
  await order(world, { step: 'graph.authorised', error: 'limit.app', times: '1' });
  const batch = JSON.stringify([
    { method: 'GET', relative_url: 'me' },
    { method: 'GET', relative_url: 'me' },
  ]);
  const { body } = await ask(world.url, '/', { batch, access_token: token });
  assert.deepEqual(
    body.map((slot: { code: number }) => slot.code),
    [400, 200],
  );
});

test('the token endpoint and a dialog fail by order too, and a dialog tells its app in its own words', async (t) => {
  const world = await opened(t);
  const [app] = world.seed.world.apps;
  const [callback] = app?.settings?.redirectUris ?? [];
  await order(world, { step: 'token.checked', error: 'server.away', app: app?.id ?? '', times: '1' });
  const asked = `/oauth/access_token?client_id=${app?.id}&client_secret=${app?.secret}&grant_type=client_credentials`;
  assert.equal((await ask(world.url, asked)).status, 503);
  assert.equal((await ask(world.url, asked)).status, 200);
  await order(world, { step: 'dialog.opened', error: 'limit.app', times: '1' });
  const dialog = `${world.url}/dialog/oauth?client_id=${app?.id}&redirect_uri=${encodeURIComponent(callback ?? '')}&state=s1`;
  const { status, headers } = await fetch(dialog, { redirect: 'manual' });
  assert.equal(status, 302);
  const told = new URL(headers.get('location') ?? '').searchParams;
  assert.deepEqual(
    ['error', 'error_code', 'state'].map((name) => told.get(name)),
    ['temporarily_unavailable', '4', 's1'],
  );
  assert.equal((await fetch(dialog, { redirect: 'manual' })).status, 200);
});

test('a page fails by order; health and the tools of the console never do so', async (t) => {
  const world = await opened(t);
  const { id } = await order(world, { step: 'page', error: 'server.bug' });
  const page = await fetch(`${world.url}/login`, { headers: { accept: 'text/html' } });
  assert.deepEqual([page.status, page.headers.get('x-hallpass-fault')], [500, id]);
  assert.equal((await fetch(`${world.url}/_/health`)).status, 200);
  const console = await fetch(`${world.url}/console`, { headers: { accept: 'text/html' } });
  assert.equal(console.headers.get('x-hallpass-fault'), null);
});

test('an order that makes no sense is refused with a sentence, and reset forgets every order', async (t) => {
  const world = await opened(t);
  for (const [wrong, status] of [
    [{ error: 'server.away' }, 400],
    [{ step: 'graph.authorised' }, 400],
    [{ step: 'nowhere', error: 'server.away' }, 400],
    [{ step: 'graph.authorised', error: 'server.tired' }, 400],
    [{ step: 'graph.authorised', error: 'toString' }, 400],
    [{ step: 'graph.authorised', error: 'permission.missing' }, 400],
    [{ step: 'graph.authorised', error: 'server.away', times: '0' }, 400],
    [{ step: 'graph.authorised', error: 'server.away', status: '99' }, 400],
    [{ step: 'graph.authorised', error: 'server.away', person: 'nobody@example.com' }, 404],
    [{ step: 'graph.authorised', error: 'server.away', colour: 'red' }, 400],
  ] as const) {
    const answer = await control(world, 'faults', wrong);
    assert.equal(answer.status, status, JSON.stringify(wrong));
    assert.match(answer.body.error.message, /\w/);
  }
  const params = JSON.stringify({ permission: 'email' });
  await order(world, { step: 'graph.authorised', error: 'permission.missing', params });
  await control(world, 'reset', {});
  assert.deepEqual((await control(world, 'faults')).body.faults, []);
});
