// These tests are about the watch against a server that knows the documented calls alone: what is news, what is
// remembered, and what an outage may not change.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { createClient, type Fetch } from '@hallpass/client';
import { Secret } from '@hallpass/protocol';
import { needsAttention, type WatchMemory, watchMemory, type WatchOptions, watchTokens } from './watch.ts';
import type { WatchedToken } from './watch-list.ts';

const DAY = 86_400;
const start = 1_800_000_000;

type Answer = Record<string, unknown> | 'down' | 'html';

interface Scene {
  /** The answer of debug_token about each token; every other one is refused with code 190. */
  of: Record<string, Answer>;
  /** Every call is answered with this in place of that. */
  all?: Answer;
  asked: string[];
  now: number;
  memory: WatchMemory;
}

const scene = (of: Scene['of']): Scene => ({ of, asked: [], now: start, memory: {} });
const error = (code: number, subcode?: number, message = 'No.'): Record<string, unknown> => ({
  error: { message, type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'A' },
});
const alive = (more: object = {}): Record<string, unknown> => ({
  data: { is_valid: true, app_id: '17', type: 'USER', issued_at: start, scopes: [], ...more },
});

const fetchOf =
  (world: Scene): Fetch =>
  async (url, { body }) => {
    const token = new URLSearchParams(body).get('input_token') ?? new URL(url).pathname;
    world.asked.push(token);
    const answer = world.all ?? world.of[token] ?? error(190);
    if (answer === 'down') throw new TypeError('fetch failed');
    if (answer === 'html') return new Response('<html>');
    return new Response(JSON.stringify(answer), { status: 'error' in answer ? 400 : 200 });
  };

const held = (name: string, more: Partial<WatchedToken> = {}): WatchedToken => ({
  name,
  token: new Secret(`EAA${name}`),
  ...more,
});

async function look(world: Scene, tokens: readonly WatchedToken[], more: Partial<WatchOptions> = {}) {
  const result = await watchTokens(tokens, {
    client: createClient({ base: 'https://graph.example.com', fetch: fetchOf(world) }),
    appToken: '17|secret',
    now: world.now,
    memory: world.memory,
    fingerprint: (token) => createHash('sha256').update(token).digest('hex'),
    ...more,
  });
  world.memory = result.memory;
  const news = result.lines.filter(({ changed }) => changed);
  return { ...result, news: news.map(({ name, state }) => `${name} ${state}`) };
}

test('a healthy token is news once, then each of four warnings, then its end', async () => {
  const expires_at = start + 60 * DAY;
  const world = scene({ EAAshop: alive({ expires_at, data_access_expires_at: start + 90 * DAY }) });
  const told: [number, string][] = [];
  for (let day = 0; day <= 61; day++) {
    world.now = start + day * DAY;
    if (day >= 60)
      world.of['EAAshop'] = {
        data: { is_valid: false, scopes: [], error: { code: 190, subcode: 463, message: 'Ended.' } },
      };
    for (const line of (await look(world, [held('shop')])).news) told.push([day, line]);
  }
  assert.deepEqual(told, [
    [0, 'shop healthy'],
    [46, 'shop expiring'],
    [53, 'shop expiring'],
    [57, 'shop expiring'],
    [59, 'shop expiring'],
    [60, 'shop needs_person'],
  ]);
});

test('an end of 0, and an absent one, are no end: such a token is healthy for years', async () => {
  const world = scene({ EAAa: alive({ expires_at: 0, data_access_expires_at: 0 }), EAAb: alive({ type: 'PAGE' }) });
  await look(world, [held('a'), held('b')]);
  world.now = start + 5000 * DAY;
  const { news, lines } = await look(world, [held('a'), held('b')]);
  assert.deepEqual(
    [news, lines.map(({ state, extend }) => [state, extend])],
    [
      [],
      [
        ['healthy', false],
        ['healthy', false],
      ],
    ],
  );
});

test('in an outage nothing that was known changes, and nothing is news of any token', async () => {
  const world = scene({ EAAa: alive({ expires_at: 0 }), EAAb: alive({ expires_at: 0 }) });
  const tokens = [held('a'), held('b')];
  await look(world, tokens);
  const before = structuredClone(world.memory);
  for (const answer of ['down', 'html', error(2), error(190, undefined, 'wrong secret of the app'), {}] as const) {
    world.all = answer;
    const { outage, memory, lines } = await look(world, tokens);
    assert.equal(outage, true, JSON.stringify(answer));
    assert.deepEqual(memory, before, JSON.stringify(answer));
    assert.deepEqual(
      lines.map(({ state }) => state),
      ['unreachable', 'unreachable'],
    );
  }
  delete world.all;
  assert.deepEqual((await look(world, tokens)).news, []);
});

test('one token that cannot be asked about is told apart from those that can', async () => {
  const world = scene({ EAAa: alive({ expires_at: 0 }), EAAb: 'down' });
  const { news, outage } = await look(world, [held('a'), held('b')]);
  assert.deepEqual([news, outage], [['a healthy', 'b unreachable'], false]);
});

test('once the server asks for patience, no further token is asked about', async () => {
  const world = scene({});
  world.all = error(4);
  const many = Array.from({ length: 100 }, (_, at) => held(String(at)));
  const { outage } = await look(world, many);
  assert.equal(outage, true);
  assert.ok(world.asked.length <= 8, `${world.asked.length} calls`);
});

test('states follow code and subcode: only a person, a permission, a role, or the platform itself can help', async () => {
  const dead = (code: number, subcode?: number): Answer => ({
    data: { is_valid: false, scopes: [], error: { code, message: 'No.', ...(subcode !== undefined && { subcode }) } },
  });
  const world = scene({
    EAApassword: dead(190, 460),
    EAAremoved: dead(190, 458),
    EAAcheckpoint: dead(190, 459),
    EAAunknown: dead(190, 99_999),
    EAAsilent: { data: { is_valid: false, scopes: [] } },
  });
  const names = Object.keys(world.of).map((token) => token.slice(3));
  const { lines } = await look(
    world,
    names.map((name) => held(name)),
  );
  assert.deepEqual(Object.fromEntries(lines.map(({ name, state }) => [name, state])), {
    password: 'needs_person',
    removed: 'dead',
    checkpoint: 'blocked_at_meta',
    unknown: 'needs_person',
    silent: 'needs_person',
  });
  const blocked = lines.find(({ name }) => name === 'checkpoint');
  assert.doesNotMatch(blocked?.look.reason ?? '', /log-in|log in/, 'a block is not mended by connecting again');
});

test('a token of another kind or app than it is held for needs attention, however healthy it is', async () => {
  const world = scene({
    EAAa: alive({ expires_at: 0 }),
    EAAb: alive({ type: 'SYSTEM_USER', expires_at: start + 60 * DAY }),
  });
  const { lines } = await look(world, [
    held('a', { kind: 'page_long', app: '18' }),
    held('b', { kind: 'system_user_never' }),
  ]);
  assert.deepEqual(
    lines.map(({ look: { problems } }) => problems),
    [
      [
        'Listed as: Page token from a long-lived token. In fact: long-lived token of a person.',
        'Listed for app 18. In fact of app 17.',
      ],
      ['Listed as: token of a system user that never ends. In fact: token of a system user with 60 days.'],
    ],
  );
  assert.equal(lines.every(needsAttention), true);
});

test('without an app a token asks about itself, and where it may not a call shows whether it works', async () => {
  const world = scene({ EAAa: error(100), '/me': { id: '1' }, EAAb: error(190, 463) });
  const { lines } = await look(world, [held('a'), held('b')], { appToken: undefined });
  assert.deepEqual(
    lines.map(({ state }) => state),
    ['healthy', 'needs_person'],
  );
});

test('another token under the same name begins anew, and one that is no longer listed is forgotten', async () => {
  const world = scene({ EAAa: alive({ expires_at: 0 }), EAAb: alive({ expires_at: 0 }) });
  await look(world, [held('a')]);
  const { news, memory } = await look(world, [{ name: 'a', token: new Secret('EAAb') }]);
  assert.deepEqual([news, Object.keys(memory)], [['a healthy'], ['a']]);
  assert.deepEqual(Object.keys((await look(world, [held('b')])).memory), ['b']);
});

test('ST-02: no token stands in what is told or remembered, also where a server repeats it', async () => {
  const world = scene({
    EAAleaky0123456789abcdefghijkl: {
      data: { is_valid: false, scopes: [], error: { code: 190, message: 'Bad token EAAleaky0123456789abcdefghijkl.' } },
    },
  });
  const { lines, memory } = await look(
    world,
    [held('leaky0123456789abcdefghijkl')].map((one) => ({ ...one, name: 'shop' })),
  );
  assert.doesNotMatch(JSON.stringify([lines, memory]), /EAAleaky/);
  assert.equal(watchMemory(JSON.parse(JSON.stringify(memory))), true);
});

test('an app that the platform has shut down blocks its tokens, whether it or the token asks', async () => {
  for (const appToken of ['17|secret', undefined]) {
    const world = scene({});
    world.all = error(101, undefined, 'Error validating application. Application has been deleted.');
    const { lines, outage } = await look(world, [held('a')], { appToken });
    assert.deepEqual([lines[0]?.state, outage], ['blocked_at_meta', false]);
    assert.match(lines[0]?.look.reason ?? '', /deleted\. The platform has blocked the app, disabled it or deleted it/);
  }
});

test('a name of any kind has a memory of its own, and what a server says without a stop gets one', async () => {
  const ended = { data: { is_valid: false, scopes: [], error: { code: 190, subcode: 460, message: 'It ended' } } };
  const world = scene({ EAA__proto__: alive({ expires_at: 0 }), EAAconstructor: ended });
  const tokens = [held('__proto__'), held('constructor')];
  assert.match((await look(world, tokens)).lines[1]?.look.reason ?? '', /^It ended\. Only a new log-in/);
  assert.deepEqual(Object.keys(JSON.parse(JSON.stringify(world.memory)) as object), ['__proto__', 'constructor']);
  assert.deepEqual((await look(world, tokens)).news, []);
});
