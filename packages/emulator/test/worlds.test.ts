// Worlds of one emulator: each has people, tokens, keys, a clock and orders of its own, and a request finds the one that it
// belongs to.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HeadlessBrowser } from '@hallpass/server/testing';
import { type Emulator, overHttp } from '../src/index.ts';
import { control, emulator } from './outside.ts';

const DAY = 86_400;

async function opened(t: { after(task: () => Promise<void>): void }): Promise<Emulator> {
  const world = await emulator();
  t.after(() => world.close());
  return world;
}

interface Reply {
  status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
  body: any;
}

async function get(url: string, path: string, headers: Record<string, string> = {}): Promise<Reply> {
  const response = await fetch(`${url}${path}`, { headers });
  return { status: response.status, body: await response.json() };
}

const me = (it: Emulator, token: string, world?: string): Promise<Reply> =>
  get(it.url, `/me?access_token=${token}`, world === undefined ? {} : { 'x-hallpass-world': world });

test('a world is a copy of the main one that nothing in another world touches: tokens, people, clock, orders', async (t) => {
  const it = await opened(t);
  const [one, two] = [await it.worlds.create('one'), await it.worlds.create('two')];
  const tokens = {
    main: await it.people.get('Ana').accessToken({ scope: 'email' }),
    one: await one.people.get('Ana').accessToken({ scope: 'email' }),
  };
  assert.equal((await me(it, tokens.one, 'one')).body.name, 'Ana Maria Lopes');
  for (const [token, world] of [
    [tokens.one, 'two'],
    [tokens.one, 'main'],
    [tokens.main, 'one'],
  ] as const)
    assert.equal((await me(it, token, world)).body.error.code, 190, world);
  await one.people.get('Ana').changePassword('another-password-of-one');
  assert.equal((await me(it, tokens.one, 'one')).body.error.error_subcode, 460);
  assert.equal((await me(it, tokens.main)).status, 200);
  assert.ok((await two.people.get('Ana').logIn()).code, 'the password of two is the old one');
  await two.clock.advance(61 * DAY);
  assert.ok(Math.abs(it.clock.now() - one.clock.now()) < 60);
  two.faults.add({ step: 'graph.authenticated', error: 'server.away' });
  assert.equal((await me(it, tokens.main)).status, 200);
});

test('sealed values, sessions and dialogs of one world open in no other, though both began as one image', async (t) => {
  const it = await opened(t);
  const [one, two] = [await it.worlds.create('one'), await it.worlds.create('two')];
  const browser = await one.people.get('Ana').signIn();
  const elsewhere = two.people.get('Ana').openBrowser();
  for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value);
  assert.equal((await elsewhere.ask('/settings')).status, 303);
  const keys = (world: typeof one) => world.server.installation.keys;
  for (const purpose of Object.keys(keys(one)) as (keyof ReturnType<typeof keys>)[])
    if (purpose !== 'scopedId') assert.ok(!keys(one)[purpose].equals(keys(two)[purpose]), purpose);
  const place = { table: 'apps', column: 'secret', row: '1' };
  const sealed = one.server.installation.sealer.seal('a secret of one', place);
  assert.throws(() => two.server.installation.sealer.open(sealed, place));
  assert.throws(() => it.server.installation.sealer.open(sealed, place));
});

test('a request finds its world by header, by host name, by the id of an app and by a token, and a browser stays there', async (t) => {
  const it = await opened(t);
  const own = await it.worlds.create('own', { ownApps: true });
  const [app] = own.seed.world.apps;
  const [original] = it.seed.world.apps;
  assert.ok(app && original && app.id !== original.id && app.secret !== original.secret);
  const appToken = encodeURIComponent(`${app.id}|${app.secret}`);
  assert.equal((await get(it.url, `/app?access_token=${appToken}`)).body.id, app.id);
  assert.equal((await get(it.url, `/app?access_token=${appToken}`, { 'x-hallpass-world': 'main' })).status, 400);
  const inWorld = overHttp(it.url);
  const host = `own.localhost:${it.port}`;
  const asked = { method: 'GET', headers: { host }, body: '' };
  assert.equal((await inWorld({ ...asked, path: `/app?access_token=${appToken}` })).status, 200);
  assert.equal((await inWorld({ ...asked, headers: { host: `no.localhost:${it.port}` }, path: '/me' })).status, 421);
  const browser = new HeadlessBrowser(inWorld, { host: `localhost:${it.port}` });
  const ana = own.people.get('Ana');
  await ana.changePassword('the-password-of-own');
  const { code } = await ana.logIn({ browser, app: app.id, scope: 'email' });
  assert.ok(code, 'the forms of the dialog name no app, and the browser stays in the world');
  const token = await ana.accessToken({ app: app.id, scope: 'email' });
  assert.equal((await me(it, token)).status, 200, 'the token alone leads to its world');
  assert.equal((await get(it.url, '/me', { authorization: `Bearer ${token}` })).status, 200);
});

test('a snapshot puts everything back: what was made since is gone, and tokens of since then are dead', async (t) => {
  const it = await opened(t);
  const ana = it.people.get('Ana');
  const before = await ana.accessToken({ scope: 'email' });
  const snapshot = await it.snapshot();
  const since = await ana.accessToken({ scope: 'email' });
  await it.clock.advance(3 * DAY);
  await ana.removeApp();
  for (let round = 0; round < 2; round++) {
    await it.restore(snapshot);
    assert.ok(it.clock.now() - snapshot.clock.offset < Date.now() / 1000 + 60);
    assert.equal((await me(it, before)).status, 200);
    assert.equal((await me(it, since)).body.error.code, 190);
    const again = await ana.accessToken({ scope: 'email' });
    await it.restore(snapshot);
    assert.equal((await me(it, again)).body.error.code, 190);
  }
  const copy = await it.worlds.create('copy', { from: snapshot });
  assert.equal((await me(it, before, 'copy')).status, 200, 'a world that begins as the snapshot knows its tokens');
  await copy.people.get('Ana').removeApp();
  assert.equal((await me(it, before)).status, 200, 'and goes its own way from there');
});

test('reset plants the world anew, many times, and calls that come meanwhile wait', async (t) => {
  const it = await opened(t);
  const world = await it.worlds.create('again');
  for (let round = 0; round < 5; round++) {
    const token = await world.people.get('Ana').accessToken({ scope: 'email' });
    assert.equal((await me(it, token, 'again')).status, 200);
    const [, reply] = await Promise.all([world.reset(), me(it, token, 'again')]);
    assert.equal(reply.body.error?.code, 190);
  }
});

test('the control interface makes, lists, keeps, puts back and ends worlds', async (t) => {
  const it = await opened(t);
  const made = await control(it, 'worlds', { name: 'suite-1', own_apps: 'true' });
  assert.equal(made.status, 200);
  assert.notEqual(made.body.apps[0].id, it.seed.world.apps[0]?.id);
  const names = async () => (await control(it, 'worlds')).body.worlds.map((one: { name: string }) => one.name);
  assert.deepEqual(await names(), ['main', 'suite-1']);
  const inWorld = { 'x-hallpass-world': 'suite-1' };
  assert.equal((await control(it, 'state', undefined, inWorld)).body.name, 'suite-1');
  await control(it, 'snapshot', { snapshot: 'begin' }, inWorld);
  await control(it, 'clock', { advance: '61d' }, inWorld);
  const moved = (await control(it, 'clock', undefined, inWorld)).body.now;
  const { body } = await control(it, 'restore', { snapshot: 'begin' }, inWorld);
  assert.ok(body.clock.now < moved - 60 * DAY);
  const seeded = await control(it, 'worlds', { name: 'other', seed: 'name: mine\npeople: []' });
  assert.equal(seeded.body.world, 'mine', JSON.stringify(seeded.body));
  const replanted = await control(it, 'reset', { seed: 'name: changed' }, { 'x-hallpass-world': 'other' });
  assert.equal(replanted.body.world, 'changed', JSON.stringify(replanted.body));
  const gone = await fetch(`${it.url}/_/emulator/worlds?name=suite-1`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${it.controlToken}` },
  });
  assert.equal(gone.status, 200);
  assert.deepEqual(await names(), ['main', 'other']);
});

test('what cannot be done with a world is refused with a sentence', async (t) => {
  const it = await opened(t);
  await it.worlds.create('there');
  for (const [form, status] of [
    [{}, 400],
    [{ name: 'UPPER' }, 400],
    [{ name: '../main' }, 400],
    [{ name: 'a'.repeat(41) }, 400],
    [{ name: 'main' }, 409],
    [{ name: 'there' }, 409],
    [{ name: 'new', from: 'nothing' }, 404],
    [{ name: 'new', seed: 'people: 7' }, 400],
  ] as [Record<string, string>, number][]) {
    const answer = await control(it, 'worlds', form);
    assert.equal(answer.status, status, JSON.stringify([form, answer.body]));
    assert.match(answer.body.error.message, /\w/);
  }
  assert.equal((await control(it, 'restore', { snapshot: 'nothing' })).status, 404);
  assert.equal((await control(it, 'state', undefined, { 'x-hallpass-world': 'nowhere' })).status, 404);
  assert.equal((await me(it, 'x', 'nowhere')).status, 421);
  await assert.rejects(it.worlds.delete('main'), /main world stays/);
});

test('EM-04: no page of the web reaches the control interface of any world, by whatever name of it', async (t) => {
  const it = await opened(t);
  await it.worlds.create('there');
  const send = overHttp(it.url);
  const ask = (headers: Record<string, string>) =>
    send({
      method: 'GET',
      path: '/_/emulator/worlds',
      headers: { host: `localhost:${it.port}`, ...headers },
      body: '',
    });
  const authorization = `Bearer ${it.controlToken}`;
  assert.equal((await ask({ authorization })).status, 200);
  assert.equal((await ask({ authorization, host: `there.localhost:${it.port}` })).status, 200);
  assert.equal((await ask({ host: `there.localhost:${it.port}` })).status, 401);
  assert.equal((await ask({ authorization, origin: `http://there.localhost:${it.port}` })).status, 403);
  assert.equal((await ask({ authorization, origin: 'null' })).status, 403);
  assert.equal((await ask({ authorization, host: 'there.evil.example' })).status, 421);
  assert.equal((await ask({ authorization, host: `elsewhere.localhost:${it.port}` })).status, 421);
});
