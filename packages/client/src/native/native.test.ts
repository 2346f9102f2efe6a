import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, test } from 'node:test';
import {
  AccessToken,
  type AccessTokenChange,
  FBSDKAccessToken,
  fileStore,
  initialize,
  memoryStore,
  NEVER,
  NobodyLoggedIn,
  Session,
  StoreRefused,
  TokenManager,
  type TokenStore,
} from '@hallpass/client/native';
import { setSharedManager } from './shared.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = 1_900_000_000_000;

afterEach(() => setSharedManager(undefined));

interface Item {
  code: number;
  body: unknown;
}

/** A clock that is moved, and a Graph that answers each batch, or call, with what stands here. */
function scene({ store = memoryStore() }: { store?: TokenStore } = {}) {
  const calls: { url: string; body: string | undefined; authorization: string | undefined }[] = [];
  const scene = {
    now: START,
    calls,
    items: [] as Item[],
    single: { status: 200, body: { id: '7' } as unknown },
    store,
    tasks: [] as { moment: number; task: () => void }[],
    advance(milliseconds: number) {
      scene.now += milliseconds;
      const due = scene.tasks.filter(({ moment }) => moment <= scene.now);
      scene.tasks = scene.tasks.filter((one) => !due.includes(one));
      for (const { task } of due) task();
    },
    manager: undefined as unknown as TokenManager,
  };
  scene.manager = new TokenManager({
    appId: '1',
    clientToken: 'client',
    server: 'http://localhost:4000',
    store,
    surroundings: {
      now: () => scene.now,
      at(moment, task) {
        const one = { moment, task };
        scene.tasks.push(one);
        return () => {
          scene.tasks = scene.tasks.filter((other) => other !== one);
        };
      },
      fetch: async (url, { body, headers }) => {
        calls.push({ url, body, authorization: headers.authorization });
        if (!body?.startsWith('batch=')) return Response.json(scene.single.body, { status: scene.single.status });
        return Response.json(scene.items.map((item) => ({ code: item.code, body: JSON.stringify(item.body) })));
      },
    },
  });
  return scene;
}

const facts = (now: number, changes: Partial<{ expires_at: number; access_token: string }> = {}): Item[] => [
  { code: 200, body: { id: '7' } },
  {
    code: 200,
    body: {
      data: [
        { permission: 'public_profile', status: 'granted' },
        { permission: 'email', status: 'declined' },
        { permission: 'user_birthday', status: 'expired' },
        { permission: 'installed', status: 'granted' },
      ],
    },
  },
  {
    code: 200,
    body: {
      access_token: 'EAAnew',
      expires_at: now / 1000 + 5_184_000,
      data_access_expiration_time: now / 1000 + 7_776_000,
      graph_domain: 'facebook',
      ...changes,
    },
  },
];

const dead = (subcode?: number) => ({
  error: {
    message: 'Error validating access token.',
    type: 'OAuthException',
    code: 190,
    error_subcode: subcode,
    fbtrace_id: 'A',
  },
});

const tokenAt = (now: number, fields = {}, clock = () => now) =>
  new AccessToken(
    { token: 'EAAold', applicationId: '1', userId: '7', permissions: ['email'], lastRefresh: new Date(now), ...fields },
    clock,
  );

test('a token has the members of both mobile classes, and one end and one refresh under both names', () => {
  const token = tokenAt(START, {
    expires: new Date(START + DAY),
    dataAccessExpirationTime: new Date(START + 90 * DAY),
  });
  assert.deepEqual(
    [token.tokenString, token.appID, token.userID, token.expirationDate, token.refreshDate],
    [token.token, token.applicationId, token.userId, token.expires, token.lastRefresh],
  );
  assert.equal(token.dataAccessExpirationDate, token.dataAccessExpirationTime);
  assert.deepEqual([token.isExpired, token.isDataAccessExpired, token.hasGranted('email')], [false, false, true]);
  assert.deepEqual([token.source, token.graphDomain], ['FACEBOOK_APPLICATION_WEB', 'facebook']);
  const bare = new AccessToken({ token: 'EAAold', applicationId: '1', userId: '7' });
  assert.deepEqual([bare.expires, bare.dataAccessExpirationTime, bare.isExpired], [NEVER, NEVER, false]);
  assert.throws(() => new AccessToken({ token: '', applicationId: '1', userId: '7' }), TypeError);
});

test('a token is kept and read in the form of the Android cache; its largest number is never', () => {
  const token = tokenAt(START, { expiredPermissions: ['user_birthday'], source: 'DEVICE_AUTH' });
  const again = AccessToken.fromJSON(JSON.parse(JSON.stringify(token)));
  assert.ok(again?.equals(token));
  const kept = {
    version: 1,
    token: 'EAA',
    expires_at: Number('9223372036854775807'),
    permissions: ['email'],
    declined_permissions: [],
    last_refresh: START,
    source: 'WEB_VIEW',
    application_id: '1',
    user_id: '7',
  };
  assert.deepEqual(AccessToken.fromJSON(kept)?.expires, NEVER);
  for (const bad of [{ ...kept, version: 2 }, { ...kept, source: 'SOMEWHERE' }, { ...kept, token: '' }, null, 'EAA'])
    assert.equal(AccessToken.fromJSON(bad), undefined);
});

test('SC-01: a token prints itself without its secret', () => {
  const token = tokenAt(START);
  for (const text of [String(token), inspect(token), inspect({ token }), `${token}`])
    assert.doesNotMatch(text, /EAA/, text);
});

test('the static members, by all their names, are those of the manager that initialize made', async () => {
  assert.throws(() => AccessToken.getCurrentAccessToken(), { name: 'NotInitialized' });
  const manager = await initialize({ appId: '1', server: 'http://localhost:4000', store: memoryStore() });
  assert.equal(AccessToken.getCurrentAccessToken(), null);
  assert.equal(AccessToken.isCurrentAccessTokenActive(), false);
  const token = tokenAt(Date.now(), {}, () => Date.now());
  await AccessToken.setCurrentAccessToken(token);
  for (const current of [
    AccessToken.current,
    AccessToken.currentAccessToken,
    FBSDKAccessToken.currentAccessToken,
    Session.getCurrentAccessToken(),
    manager.current,
  ])
    assert.equal(current, token);
  assert.deepEqual([AccessToken.isCurrentAccessTokenActive(), AccessToken.isDataAccessActive()], [true, true]);
  await AccessToken.expireCurrentAccessToken();
  assert.deepEqual([AccessToken.current?.isExpired, AccessToken.isCurrentAccessTokenActive()], [true, false]);
});

test('changes are told with who was there before, and the end of a token is told when it comes', async () => {
  const s = scene();
  const told: Omit<AccessTokenChange, 'previous' | 'current'>[] = [];
  const stop = s.manager.onAccessTokenChange(({ userChanged, expired }) => told.push({ userChanged, expired }));
  const first = tokenAt(START, { expires: new Date(START + HOUR) }, () => s.now);
  await s.manager.setCurrent(first);
  await s.manager.setCurrent(first.with({ permissions: [] }));
  s.advance(2 * HOUR);
  await s.manager.setCurrent(tokenAt(START, { userId: '8' }));
  await s.manager.logOut();
  stop();
  await s.manager.setCurrent(first);
  assert.deepEqual(told, [
    { userChanged: true, expired: false },
    { userChanged: false, expired: false },
    { userChanged: false, expired: true },
    { userChanged: true, expired: false },
    { userChanged: true, expired: false },
  ]);
});

test('a token that is used a day after its last refresh is renewed in the background, with its permissions', async () => {
  const s = scene();
  await s.manager.setCurrent(tokenAt(START, {}, () => s.now));
  s.advance(DAY);
  await s.manager.call('GET', '/me');
  await s.manager.idle();
  assert.equal(s.calls.length, 1, 'a day old and no older: not yet');
  s.advance(1);
  s.items = facts(s.now);
  await s.manager.call('GET', '/me');
  await s.manager.idle();
  const token = s.manager.current;
  assert.deepEqual(
    [token?.token, [...(token?.permissions ?? [])], [...(token?.declinedPermissions ?? [])]],
    ['EAAnew', ['public_profile'], ['email']],
  );
  assert.deepEqual([...(token?.expiredPermissions ?? [])], ['user_birthday']);
  assert.equal(token?.expires.getTime(), s.now + 5_184_000_000);
  assert.equal(token?.dataAccessExpirationTime.getTime(), s.now + 7_776_000_000);
  assert.equal(token?.lastRefresh.getTime(), s.now);
  const batch = new URLSearchParams(s.calls.at(-1)?.body).get('batch') ?? '';
  assert.match(batch, /grant_type=fb_extend_sso_token&client_id=1&fields=access_token%2Cexpires_at/);
  assert.doesNotMatch(batch, /EAA/);
});

test('a renewal that fails is tried again after an hour, and the token stays', async () => {
  const s = scene();
  await s.manager.setCurrent(tokenAt(START, {}, () => s.now));
  s.advance(DAY + 1);
  const refused = { error: { message: 'Please retry.', type: 'OAuthException', code: 2, fbtrace_id: 'A' } };
  s.items = [0, 1, 2].map(() => ({ code: 500, body: refused }));
  const batches = () => s.calls.filter(({ body }) => body?.startsWith('batch=')).length;
  for (const [wait, tries] of [
    [0, 1],
    [HOUR, 1],
    [1, 2],
  ] as const) {
    s.advance(wait);
    await s.manager.call('GET', '/me');
    await s.manager.idle();
    assert.equal(batches(), tries);
  }
  assert.equal(s.manager.current?.token, 'EAAold');
});

test('a token of source NONE is not renewed', async () => {
  const s = scene();
  await s.manager.setCurrent(tokenAt(START, { source: 'NONE' }, () => s.now));
  s.advance(3 * DAY);
  await s.manager.call('GET', '/me');
  await s.manager.idle();
  assert.equal(s.calls.length, 1);
});

test('a refusal with 190 ends the current token; with 493 it stays as expired; another token stays', async () => {
  for (const [subcode, left] of [
    [460, undefined],
    [undefined, undefined],
    [493, true],
  ] as const) {
    const s = scene();
    await s.manager.setCurrent(tokenAt(START, { expires: new Date(START + DAY) }, () => s.now));
    s.single = { status: 400, body: dead(subcode) };
    await assert.rejects(s.manager.call('GET', '/me'), { code: 190 });
    assert.equal(s.manager.current?.isExpired, left);
  }
  const s = scene();
  await s.manager.setCurrent(tokenAt(START, {}, () => s.now));
  s.single = { status: 400, body: dead(460) };
  const call = s.manager.call('GET', '/me');
  await s.manager.setCurrent(tokenAt(START, { token: 'EAAother' }, () => s.now));
  await assert.rejects(call, { code: 190 });
  assert.equal(s.manager.current?.token, 'EAAother');
});

test('a renewal does not bring back somebody who has logged out meanwhile', async () => {
  const s = scene();
  await s.manager.setCurrent(tokenAt(START, {}, () => s.now));
  s.items = facts(s.now);
  const renewal = s.manager.refresh();
  await s.manager.logOut();
  await renewal;
  assert.equal(s.manager.current, null);
  await assert.rejects(s.manager.refresh(), NobodyLoggedIn);
});

test('a renewal that says the token is dead ends it', async () => {
  const s = scene();
  await s.manager.setCurrent(tokenAt(START, {}, () => s.now));
  s.items = [0, 1, 2].map(() => ({ code: 400, body: dead(458) }));
  await assert.rejects(s.manager.refresh(), { code: 190, subcode: 458 });
  assert.equal(s.manager.current, null);
});

test('without a person, calls are made with the client token', async () => {
  const s = scene();
  await s.manager.call('GET', '/app');
  assert.equal(s.calls[0]?.authorization, 'Bearer 1|client');
});

test('the next run of the program has the token; one of another app is left alone', async () => {
  const store = memoryStore();
  const first = scene({ store });
  await first.manager.setCurrent(tokenAt(START));
  const second = scene({ store });
  await second.manager.load();
  assert.ok(second.manager.current?.equals(first.manager.current));
  const other = new TokenManager({ appId: '2', server: 'http://localhost:4000', store });
  await other.load();
  assert.equal(other.current, null);
  await first.manager.logOut();
  assert.equal(await store.load(), undefined);
});

test('tokens travel by https alone, but for this machine', () => {
  const make = (server: string) => new TokenManager({ appId: '1', server, store: memoryStore() });
  assert.throws(() => make('http://graph.example'), /https/);
  assert.throws(() => make('ftp://localhost'), TypeError);
  make('http://127.0.0.1:4000');
});

function folder(t: { after(task: () => void): void }): string {
  const directory = mkdtempSync(join(tmpdir(), 'hallpass-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

test('ST-03: the file holds no token in the clear, is its owner’s alone, and opens only with its key', async (t) => {
  const file = join(folder(t), 'tokens', 'one.token');
  const store = fileStore({ file });
  assert.equal(await store.load(), undefined);
  await store.save('EAAsecret');
  await store.save('EAAsecret again');
  assert.equal(await fileStore({ file }).load(), 'EAAsecret again');
  const key = join(file, '..', 'token.key');
  for (const path of [file, key]) {
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.doesNotMatch(readFileSync(path, 'latin1'), /EAA/);
  }
  assert.equal(statSync(join(file, '..')).mode & 0o777, 0o700);
  assert.equal(await fileStore({ file, key: new Uint8Array(32) }).load(), undefined);
  const sealed = readFileSync(file, 'utf8');
  for (const damaged of [sealed.slice(0, -4), sealed.replace('.', '.A'), 'EAAsecret', '']) {
    writeFileSync(file, damaged);
    assert.equal(await store.load(), undefined);
  }
  await store.remove();
  await store.remove();
  assert.equal(await store.load(), undefined);
});

test('ST-03: a file or key that others may read, or that is a link, is refused with what to do', async (t) => {
  const file = join(folder(t), 'one.token');
  const store = fileStore({ file });
  await store.save('EAAsecret');
  const key = join(file, '..', 'token.key');
  for (const path of [file, key]) {
    chmodSync(path, 0o644);
    await assert.rejects(store.load(), (error) => error instanceof StoreRefused && /chmod 600/.test(error.message));
    chmodSync(path, 0o600);
  }
  const link = join(file, '..', 'link.token');
  symlinkSync(file, link);
  await assert.rejects(fileStore({ file: link, keyFile: key }).load(), StoreRefused);
});

test('two programs that start together use one key', async (t) => {
  const directory = folder(t);
  const stores = ['a', 'b', 'c'].map((name) => fileStore({ file: join(directory, name) }));
  await Promise.all(stores.map((store, at) => store.save(`text ${at}`)));
  assert.deepEqual(await Promise.all(stores.map((store) => store.load())), ['text 0', 'text 1', 'text 2']);
});
