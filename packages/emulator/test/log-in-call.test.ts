// People log in by the control interface: what tests in other languages do at the place of `people.get('Ana').logIn()`.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Emulator } from '../src/index.ts';
import { ask, control, emulator } from './outside.ts';

let world: Emulator;
before(async () => {
  world = await emulator();
});
after(() => world.close());

const logIn = (args: Record<string, string>, headers = {}) => control(world, 'log-in', args, headers);
const app = () => {
  const [first] = world.seed.world.apps;
  assert.ok(first);
  return { id: first.id, secret: first.secret, address: first.settings?.redirectUris?.[0] ?? '' };
};

/** The address that a program sends its browser to, with Meta's host in it. */
const dialog = (params: Record<string, string> = {}): string =>
  `https://www.facebook.com/v25.0/dialog/oauth?${new URLSearchParams({ client_id: app().id, redirect_uri: app().address, ...params })}`;

test('a person goes through the dialog that an app has made, and the code is one that can be redeemed', async () => {
  const { status, body } = await logIn({ person: 'Ana', url: dialog({ state: 'mine', scope: 'email' }) });
  assert.equal(status, 200);
  const url = new URL(body.url);
  assert.equal(url.origin + url.pathname, app().address);
  assert.deepEqual([url.searchParams.get('code'), url.searchParams.get('state')], [body.code, 'mine']);
  const { address, id, secret } = app();
  const query = new URLSearchParams({ client_id: id, client_secret: secret, redirect_uri: address, code: body.code });
  const { body: redeemed } = await ask(world.url, `/v25.0/oauth/access_token?${query}`);
  const me = await ask(world.url, `/me?access_token=${redeemed.access_token}`);
  assert.equal(me.body.name, 'Ana Maria Lopes');
});

test('the dialog can be named by app and permissions, and what the person decides is said', async () => {
  const { body } = await logIn({
    person: 'Ben',
    app: app().id,
    scope: 'email,user_birthday',
    decline: 'user_birthday',
  });
  assert.ok(body.code);
  const cancelled = await logIn({ person: 'Cleo', scope: 'email', cancel: 'true' });
  assert.deepEqual([cancelled.body.error, cancelled.body.code], ['access_denied', undefined]);
});

test('a browser that gets the token itself has it in the answer', async () => {
  const { body } = await logIn({ person: 'Ana', url: dialog({ response_type: 'token' }) });
  assert.match(body.access_token, /^EAA/);
});

test('in a world of its own the person is one of that world', async () => {
  await world.worlds.create('other');
  const { body } = await logIn(
    { person: 'Ana', url: dialog({ response_type: 'token' }) },
    { 'x-hallpass-world': 'other' },
  );
  const there = await fetch(`${world.url}/me?access_token=${body.access_token}`, {
    headers: { 'x-hallpass-world': 'other' },
  });
  const here = await fetch(`${world.url}/me?access_token=${body.access_token}`, {
    headers: { 'x-hallpass-world': 'main' },
  });
  assert.deepEqual([there.status, here.status], [200, 400]);
});

test('nobody of that name, an address that is none, and a dialog that leads nowhere are told in a sentence', async () => {
  const refused = async (args: Record<string, string>) => {
    const { status, body } = await logIn(args);
    assert.equal(status, 400);
    return String(body.error.message);
  };
  assert.match(await refused({ person: 'Zoe' }), /^There is nobody called Zoe in the world demo/);
  assert.match(await refused({ person: 'Ana', url: 'not an address' }), /^url: must be the whole address of a dialog/);
  assert.match(await refused({ person: 'Ana', app: 'Nothing' }), /^There is no app Nothing/);
  assert.match(await refused({ url: dialog() }), /^person: is required$/);
  assert.match(
    await refused({ person: 'Ana', url: dialog({ redirect_uri: 'https://elsewhere.example/' }) }),
    /did not send the person back; it says: /,
  );
});
