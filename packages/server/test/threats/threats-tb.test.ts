// These tests are about guessing and timing: secrets are compared in constant time, and limits on guessing hold through
// every door, by whatever name the caller comes (TB-01, TB-03, TB-05).
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { request } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { test, type TestContext } from 'node:test';
import { appsecretProof, parseSignedRequest, signSignedRequest } from '@hallpass/protocol';
import sodium from 'sodium-native';
import { formToken, isFormToken } from '../../src/people/csrf.ts';
import { deviceOf, withPerson } from '../../src/people/sign-in/device-cookie.ts';
import { judgeProof } from '../../src/graph/authentication/proof.ts';
import { sameText } from '../../src/hash.ts';
import { listen } from '../../src/index.ts';
import { present } from '../../src/liveness/open-token.ts';
import { callback, codeOf } from '../acts.ts';
import { wall } from '../databases.ts';
import { cast, type Reply, testWorld, type TestWorld } from '../world.ts';

const { ana, rival, shop } = cast;

async function world(t: TestContext): Promise<TestWorld> {
  const made = await testWorld();
  t.after(() => made.close());
  return made;
}

const wrongSecrets = [
  '1',
  '1'.repeat(31),
  '1'.repeat(33),
  `${shop.secret.slice(0, -1)}2`,
  `2${shop.secret.slice(1)}`,
  'x'.repeat(32),
];

test('TB-01: whatever is presented is compared by the functions that take constant time, near miss or not', async (t) => {
  const w = await world(t);
  const { installation } = w.server;
  let compared = 0;
  const { sodium_memcmp: memcmp } = sodium;
  const { timingSafeEqual } = crypto;
  sodium.sodium_memcmp = (a, b) => {
    compared++;
    return memcmp(a, b);
  };
  crypto.timingSafeEqual = (a, b) => {
    compared++;
    return timingSafeEqual(a, b);
  };
  syncBuiltinESMExports();
  t.after(() => {
    sodium.sodium_memcmp = memcmp;
    crypto.timingSafeEqual = timingSafeEqual;
    syncBuiltinESMExports();
  });
  const timed = async (what: string, act: () => unknown): Promise<void> => {
    compared = 0;
    await act();
    assert.ok(compared > 0, `${what} was not compared in constant time`);
  };
  const user = await w.login(shop.id, ana.id);
  for (const [i, secret] of wrongSecrets.entries())
    await timed('a client secret', () =>
      w.send({
        path: '/oauth/access_token',
        query: `grant_type=client_credentials&client_id=${shop.id}&client_secret=${secret}`,
        address: `203.0.${i}.1`,
      }),
    );
  for (const rest of [
    `${shop.secret.slice(0, -1)}2`,
    `${shop.clientToken.slice(0, -1)}2`,
    'x'.repeat(32),
    'x'.repeat(27),
  ])
    await timed('an app or client token', () => present(installation, `${shop.id}|${rest}`));
  const proof = await appsecretProof(user, shop.secret);
  await timed('a proof', () =>
    judgeProof(`${proof.slice(0, -1)}${proof.endsWith('0') ? '1' : '0'}`, undefined, user, shop.secret, 0),
  );
  const holder = 'somebody';
  await timed('the token of a form', () =>
    isFormToken(installation, `${formToken(installation, holder).slice(0, -1)}x`, holder),
  );
  await timed('the cookie of a known browser', () =>
    deviceOf(installation, withPerson(installation, undefined, ana.id), cast.ben.id),
  );
});

test('TB-01: a hundred thousand comparisons of near and far guesses take the same time', async (t) => {
  const w = await world(t);
  const { installation } = w.server;
  const key = installation.keys.compare;
  const token = await w.login(shop.id, ana.id);
  const proof = await appsecretProof(token, shop.secret);
  const ofForm = formToken(installation, 'somebody');
  const cases: [string, string, (guess: string) => unknown][] = [
    ['a secret', crypto.randomBytes(16).toString('hex'), (guess) => sameText(key, guess, cases[0]?.[1] ?? '')],
    ['a form token', ofForm, (guess) => isFormToken(installation, guess, 'somebody')],
    ['a proof', proof, (guess) => judgeProof(guess, undefined, token, shop.secret, 0)],
  ];
  const hex = (length: number) => crypto.randomBytes(length).toString('hex').slice(0, length);
  // Each guess a text of its own, so that memory treats both kinds alike.
  const ownText = (text: string) => Buffer.from(text).toString('latin1');
  for (const [what, right, compare] of cases) {
    // Near ones begin as the right one does, far ones as another text of the same kind; all end anyhow.
    const other = hex(right.length);
    const guesses = (begin: string) => Array.from({ length: 512 }, () => ownText(begin.slice(0, -4) + hex(4)));
    // A busy machine, or where the texts of a run happen to lie in memory, may disturb a run; a leak shows in each.
    const runs: number[] = [];
    do runs.push(Math.abs(welch(compare, [guesses(right), guesses(other)])));
    while (Math.min(...runs) >= 4.5 && runs.length < 10);
    assert.ok(Math.min(...runs) < 4.5, `${what}: t = ${runs.map((t) => t.toFixed(1))}`);
  }
});

/**
 * Welch's t of the times for one kind of guesses against those for the other, in random turns; outliers of the
 * scheduler left out.
 */
function welch(compare: (guess: string) => unknown, guesses: readonly [string[], string[]]): number {
  const samples = 34_000;
  const turns = crypto.randomBytes(samples);
  const times = new Float64Array(samples);
  for (let i = -2000; i < samples; i++) {
    const byte = turns[(i + samples) % samples] as number;
    const guess = guesses[(byte & 1) as 0 | 1][(i + samples) % 512] as string;
    const began = process.hrtime.bigint();
    compare(guess);
    if (i >= 0) times[i] = Number(process.hrtime.bigint() - began);
  }
  const limit = Float64Array.from(times).sort()[Math.floor(samples * 0.9)] as number;
  const of = (bit: number) => [...times].filter((time, i) => ((turns[i] as number) & 1) === bit && time <= limit);
  const moments = (list: number[]) => {
    const mean = list.reduce((sum, one) => sum + one, 0) / list.length;
    return { mean, error: list.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (list.length - 1) / list.length };
  };
  const [a, b] = [moments(of(0)), moments(of(1))];
  return (a.mean - b.mean) / Math.sqrt(a.error + b.error);
}

test('TB-01: a signed request with a near miss of a signature is refused as one with none', async () => {
  const signed = await signSignedRequest({ user_id: '1', issued_at: 1 }, shop.secret);
  const [signature = '', payload = ''] = signed.split('.');
  for (const wrong of ['', 'A', signature.slice(0, -1), `${signature.slice(0, -2)}AA`, signature.toUpperCase()])
    assert.equal(await parseSignedRequest(`${wrong}.${payload}`, shop.secret), undefined);
});

/** Every way to present a secret or client token of the shop. */
const doors: Record<string, (t: TestWorld, guess: string, address: string) => Promise<Reply>> = {
  client_secret: (t, guess, address) =>
    ask(t, address, 'GET', '/oauth/access_token', {
      grant_type: 'client_credentials',
      client_id: shop.id,
      client_secret: guess,
    }),
  'HTTP Basic': (t, guess, address) =>
    ask(
      t,
      address,
      'POST',
      '/oauth/access_token',
      { grant_type: 'client_credentials' },
      { authorization: `Basic ${Buffer.from(`${shop.id}:${guess}`).toString('base64')}` },
    ),
  access_token: (t, guess, address) => ask(t, address, 'GET', '/me', { access_token: `${shop.id}|${guess}` }),
  'the Authorization header': (t, guess, address) =>
    ask(t, address, 'GET', `/${shop.id}`, {}, { authorization: `Bearer ${shop.id}|${guess}` }),
  input_token: (t, guess, address) =>
    ask(t, address, 'GET', '/debug_token', {
      input_token: `${shop.id}|${guess}`,
      access_token: `${rival.id}|${rival.secret}`,
    }),
  owner_access_token: (t, guess, address) =>
    ask(t, address, 'POST', `/${rival.id}/accounts`, {
      uid: '1',
      owner_access_token: `${shop.id}|${guess}`,
      access_token: `${rival.id}|${rival.secret}`,
    }),
  'a code without its secret': async (t, guess, address) =>
    ask(t, address, 'POST', '/oauth/access_token', {
      client_id: shop.id,
      client_secret: guess,
      redirect_uri: callback,
      code: await codeOf(t),
    }),
  'an item of a batch': async (t, guess, address) => {
    const batch = JSON.stringify([
      { method: 'GET', relative_url: `me?access_token=${encodeURIComponent(`${shop.id}|${guess}`)}` },
    ]);
    const { body } = await ask(t, address, 'POST', '/', { batch, access_token: `${rival.id}|${rival.secret}` });
    return {
      ...(body[0] as Reply),
      status: body[0].code,
      body: JSON.parse(body[0].body),
      headers: { 'retry-after': '1' },
      text: body[0].body,
    };
  },
};

async function ask(
  t: TestWorld,
  address: string,
  method: 'GET' | 'POST',
  path: string,
  params: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const form = new URLSearchParams(params).toString();
  const answer = await t.send({
    method,
    path,
    address,
    query: method === 'GET' ? form : '',
    headers: {
      host: 'localhost:4000',
      ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...headers,
    },
    body: Buffer.from(method === 'POST' ? form : ''),
  });
  return {
    status: answer.status,
    headers: answer.headers,
    text: String(answer.body),
    body: JSON.parse(String(answer.body)),
  };
}

for (const [door, knock] of Object.entries(doors))
  test(`TB-03: after twenty wrong ones by ${door} the right one is not looked at, by no door, from that network`, async (t) => {
    const w = await world(t);
    await w.login(shop.id, ana.id);
    for (let i = 0; i < 20; i++) {
      const refused = await knock(w, crypto.randomBytes(16).toString('hex'), `203.0.113.${i}`);
      const said = refused.body.error ?? refused.body.data.error;
      assert.ok(said.code !== 4 && said.code !== undefined, `after ${i}: ${refused.text}`);
    }
    for (const [other, knockThere] of Object.entries(doors))
      for (const secret of [shop.secret, 'x'.repeat(32)]) {
        const limited = await knockThere(w, secret, '203.0.113.250');
        assert.deepEqual([limited.status, limited.body.error.code], [400, 4], `${other}: ${limited.text}`);
        assert.ok(Number(limited.headers['retry-after']) > 0);
      }
    const event = await w.server.installation.db.read
      .selectFrom('events')
      .selectAll()
      .where('name', '=', 'limit.hit')
      .execute();
    assert.deepEqual(
      event.map((row) => [row.app_id, row.ip_prefix]),
      [[shop.id, '203.0.113.0/24']],
    );
    assert.equal(
      (await doors.access_token?.(w, shop.secret, '198.51.100.7'))?.body.error.code,
      2500,
      'another network: an app token is nobody, but it is a token',
    );
    const user = await w.login(shop.id, ana.id);
    assert.equal(
      (await ask(w, '203.0.113.250', 'GET', '/me', { access_token: user })).status,
      200,
      'tokens of people go on',
    );
    await w.clock.advance(599);
    assert.equal((await doors.client_secret?.(w, shop.secret, '203.0.113.1'))?.body.error.code, 4);
    await w.clock.advance(2);
    assert.equal((await doors.client_secret?.(w, shop.secret, '203.0.113.1'))?.status, 200);
  });

test('TB-03: tries that are spread out never find more than twenty evaluated in ten minutes', async (t) => {
  const w = await world(t);
  const evaluated: number[] = [];
  for (let i = 0; i < 60; i++) {
    const { body } = ((await doors.client_secret?.(w, 'x'.repeat(32), '203.0.113.1')) ?? assert.fail()) as Reply;
    if (body.error.code !== 4) evaluated.push(w.clock.now());
    await w.clock.advance(i % 3 === 0 ? 59 : 1);
  }
  for (const from of evaluated) assert.ok(evaluated.filter((at) => at >= from && at < from + 600).length <= 20);
});

test('TB-03: of two hundred wrong ones at the same moment twenty are told that they are wrong', async (t) => {
  const w = await world(t);
  const replies = await Promise.all(
    Array.from({ length: 200 }, () => doors.client_secret?.(w, 'x'.repeat(32), '203.0.113.1') as Promise<Reply>),
  );
  const codes = replies.map(({ body }) => body.error.code);
  assert.deepEqual([codes.filter((code) => code === 1).length, codes.filter((code) => code === 4).length], [20, 180]);
});

test('TB-05: at the socket nobody gets another budget by a header, an address of the same network, or another spelling', async (t) => {
  const w = await world(t);
  const behind = async (trustedProxies: string[]) => {
    const door = await listen({
      handle: w.server.handle,
      wall,
      traceId: () => 'T',
      onBug: (error) => assert.fail(String(error)),
      port: 0,
      host: '127.0.0.1',
      trustedProxies,
    });
    t.after(() => door.close());
    return (forwarded: string | string[] | undefined, secret = 'x'.repeat(32)): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const query = new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: shop.id,
          client_secret: secret,
        });
        const headers = { host: 'localhost', ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }) };
        request(
          { host: '127.0.0.1', port: door.port, path: `/oauth/access_token?${query}`, headers },
          async (answer) => {
            const parts: Buffer[] = [];
            for await (const part of answer) parts.push(part as Buffer);
            resolve(JSON.parse(Buffer.concat(parts).toString()).error?.code);
          },
        )
          .on('error', reject)
          .end();
      });
  };
  const direct = await behind([]);
  for (let i = 0; i < 20; i++) assert.equal(await direct(`198.51.${i}.7`), 1);
  assert.equal(await direct('203.0.113.77', shop.secret), 4, 'without a proxy the header says nothing');

  await w.clock.advance(601);
  const proxied = await behind(['127.0.0.1', '10.0.0.0/8']);
  for (let i = 0; i < 20; i++)
    assert.equal(await proxied(`203.0.${i}.1, 198.51.100.${i}, 10.0.0.${i}`), 1, 'the rightmost hop that is no proxy');
  assert.equal(await proxied('198.51.100.99', shop.secret), 4);
  assert.equal(await proxied(['192.0.2.1', '198.51.100.99'], shop.secret), 4, 'also in two lines');
  assert.equal(await proxied('::ffff:198.51.100.99', shop.secret), 4);
  assert.equal(await proxied('198.51.100.99:4711', shop.secret), 4);
  assert.equal(await proxied('192.0.2.1', shop.secret), undefined, 'others go on');

  await w.clock.advance(601);
  for (let i = 0; i < 20; i++) assert.equal(await proxied(`2001:db8:1:2:${i.toString(16)}::1`), 1, 'one IPv6 network');
  for (const spelling of ['2001:DB8:1:2:ffff::', '2001:0db8:0001:0002:0:0:0:9', '[2001:db8:1:2::1]:443'])
    assert.equal(await proxied(spelling, shop.secret), 4, spelling);
  assert.equal(await proxied('2001:db8:1:3::1', shop.secret), undefined);
});
