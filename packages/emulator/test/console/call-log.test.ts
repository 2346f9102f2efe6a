// The log of a world tells of the calls of programs, and of the tokens that came by, without a credential in it.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Emulator } from '../../src/index.ts';
import { ask, control, emulator, testUser } from '../outside.ts';

let it: Emulator;
before(async () => {
  it = await emulator();
});
after(() => it.close());
beforeEach(() => it.reset());

const calls = async (query = '') => (await control(it, `calls${query}`)).body.calls;
const app = () => {
  const [first] = it.seed.world.apps;
  assert.ok(first);
  return first;
};

test('a call is told of with its error, its app, its person and the kind of its token', async () => {
  const { token } = await testUser(it);
  await ask(it.url, `/v25.0/me?fields=name&access_token=${token}`);
  await ask(it.url, `/v25.0/me?access_token=${token.slice(0, -3)}xyz`);
  const [made, listed, refused] = await calls();
  assert.deepEqual(
    [made.method, made.path, made.token, made.app.id],
    ['POST', `/${app().id}/accounts/test-users`, 'app', app().id],
  );
  assert.deepEqual(
    [listed.method, listed.version, listed.status, listed.token, listed.app.name],
    ['GET', 'v25.0', 200, 'user', app().name],
  );
  assert.match(listed.person.name, /\w/);
  assert.deepEqual([refused.status, refused.error.code], [400, 190]);
  assert.ok(refused.fbtrace_id);
});

test('ST-02: no credential of a call stands in the log, wherever it came', async () => {
  const { token } = await testUser(it);
  const { id, secret } = app();
  const proof = 'a1b2'.repeat(16);
  await ask(it.url, `/me?access_token=${token}&appsecret_proof=${proof}`);
  await ask(it.url, `/debug_token?input_token=${token}&access_token=${id}%7C${secret}`);
  await ask(it.url, '/oauth/access_token', {
    client_id: id,
    client_secret: secret,
    grant_type: 'fb_exchange_token',
    fb_exchange_token: token,
  });
  await fetch(`${it.url}/me`, { headers: { authorization: `Bearer ${token}` } });
  await ask(it.url, '/', {
    access_token: token,
    batch: JSON.stringify([{ method: 'GET', relative_url: `me?access_token=${token}` }]),
  });
  await ask(it.url, `/${token}`);
  const text = JSON.stringify(await calls());
  for (const one of [token, token.slice(10, 40), secret, proof]) assert.ok(!text.includes(one), one);
  assert.equal((await calls()).length, 7);
});

test('why a call was refused is explained with the token that it was made with', async () => {
  const { token } = await testUser(it);
  await ask(it.url, `/me/businesses?access_token=${token}`);
  const [, call] = await calls();
  const { body } = await control(it, 'calls', { why: String(call.id) });
  assert.equal(body.outcome, 'refused');
  assert.ok(
    body.checks.some(({ cause, state }: Record<string, string>) => cause === 'scope_not_granted' && state === 'cause'),
  );
  assert.equal((await calls()).length, 2, 'the question itself is no call of a program');
  assert.equal((await control(it, 'calls', { why: '999999' })).status, 404);
});

test('a fault does not strike the question why, and the call names its order', async () => {
  const { token } = await testUser(it);
  await control(it, 'faults', { fault: 'server.away', path: 'me', times: '1' });
  await control(it, 'faults', { fault: 'server.away' });
  await ask(it.url, `/me?access_token=${token}`);
  const call = (await calls()).at(-1);
  assert.equal(call.fault, 'f1');
  const { body } = await control(it, 'calls', { why: String(call.id) });
  assert.equal(body.outcome, 'allowed');
  const { faults, spent } = (await control(it, 'faults')).body;
  assert.deepEqual([faults.length, spent[0].id, spent[0].given, spent[0].left], [1, 'f1', 1, 0]);
});

test('who waits is answered with the next call, and our own pages are none', async () => {
  const before = it.worlds.main.calls;
  const waiting = before.wait(0, 5000);
  await fetch(`${it.url}/settings`, { headers: { accept: 'text/html' } });
  await fetch(`${it.url}/console/start`, { headers: { 'sec-fetch-site': 'same-origin' } });
  await ask(it.url, '/me');
  assert.deepEqual(
    (await waiting).map(({ facts }) => facts.path),
    ['/me'],
  );
});

test('the last five hundred calls are kept', async () => {
  for (let made = 0; made < 510; made++)
    await it.handle({
      method: 'GET',
      host: 'localhost',
      scheme: 'http',
      path: `/v25.0/${made}`,
      query: '',
      headers: { host: 'localhost' },
      body: new Uint8Array(0),
      address: '127.0.0.1',
    });
  const kept = await calls();
  assert.deepEqual([kept.length, kept.at(-1).path], [500, '/v25.0/509']);
});

test('tokens are told of with what ended them, and never whole', async () => {
  const { token } = await testUser(it);
  const ana = it.people.get('Ana');
  const hers = await ana.accessToken({ app: app().id, scope: 'email' });
  const list = async () => (await control(it, 'tokens')).body.tokens;
  const [first] = await list();
  assert.deepEqual([first.alive, first.kind, first.person.name], [true, 'user', ana.name]);
  assert.ok(first.expires > first.issued && first.data_access_ends > first.issued);
  it.clock.freeze(true);
  await it.stories.play('password-changed', ana, app());
  const dead = (await list()).find(({ person }: { person: { name: string } }) => person.name === ana.name);
  assert.deepEqual([dead.alive, dead.ended_by], [false, 'The person changed the password.']);
  assert.equal(dead.ended, it.clock.now());
  await it.clock.advance(61 * 86_400);
  const expired = (await list()).at(-1);
  assert.deepEqual([expired.alive, expired.ended, expired.ended_by], [false, expired.expires, 'Its time was over.']);
  const text = JSON.stringify(await list());
  for (const one of [token, hers]) assert.ok(!text.includes(one.slice(8, 30)));
});
