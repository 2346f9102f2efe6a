// TM-06 and TM-07: a proof that is sent is judged wherever it stands, and where an app requires one there is no way
// around it.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { digest, settings } from '../../acts.ts';
import { type Asked, itemOf, ways } from './channels.ts';
import { cast, type Reply, type TestWorld, testWorld } from '../../world.ts';

const { shop, rival, bakery, ana } = cast;

let t: TestWorld;
let user: string;
let page: string;
let rivals: string;
const appToken = `${shop.id}|${shop.secret}`;

before(async () => {
  t = await testWorld();
  user = await t.login(shop.id, ana.id, {
    permissions: ['pages_show_list', 'pages_read_engagement', 'pages_manage_posts'],
  });
  rivals = await t.login(rival.id, ana.id);
  page = (await t.get(`/${bakery.id}?fields=access_token&access_token=${user}`)).body.access_token;
});
after(() => t.close());

const proofOf = (token: string, secret: string = shop.secret, time?: number) =>
  createHmac('sha256', secret)
    .update(time === undefined ? token : `${token}|${time}`)
    .digest('hex');
const rejected = () => t.log.filter((line) => line.message === 'proof.rejected').length;

function isRefused(reply: Reply, message: string, where: string): void {
  assert.deepEqual(
    [reply.status, reply.body?.error?.type, reply.body?.error?.code, reply.body?.error?.error_subcode],
    [400, 'GraphMethodException', 100, undefined],
    `${where}: ${reply.text}`,
  );
  assert.equal(reply.body.error.message, message, where);
}
const WRONG = 'Invalid appsecret_proof provided in the API argument';
const MISSING = 'API calls from the server require an appsecret_proof argument';

describe('TM-06: a proof that is not right is refused, also where none is required', () => {
  const now = () => t.clock.now();
  const bad: Record<string, () => Record<string, string>> = {
    'a wrong one': () => ({ appsecret_proof: '0'.repeat(64) }),
    'of another token': () => ({ appsecret_proof: proofOf(page) }),
    'of another app': () => ({ appsecret_proof: proofOf(user, rival.secret) }),
    'with the client token as key': () => ({ appsecret_proof: proofOf(user, shop.clientToken) }),
    'in upper case': () => ({ appsecret_proof: proofOf(user).toUpperCase() }),
    'cut by one digit': () => ({ appsecret_proof: proofOf(user).slice(1) }),
    'with a blank behind it': () => ({ appsecret_proof: `${proofOf(user)} ` }),
    'timed, 301 s old': () => ({
      appsecret_time: String(now() - 301),
      appsecret_proof: proofOf(user, shop.secret, now() - 301),
    }),
    'timed, 61 s ahead': () => ({
      appsecret_time: String(now() + 61),
      appsecret_proof: proofOf(user, shop.secret, now() + 61),
    }),
    'timed by another time than it says': () => ({
      appsecret_time: String(now()),
      appsecret_proof: proofOf(user, shop.secret, now() - 1),
    }),
    'untimed with a time': () => ({ appsecret_time: String(now()), appsecret_proof: proofOf(user) }),
    'timed without its time': () => ({ appsecret_proof: proofOf(user, shop.secret, now()) }),
    'a time spelled with a zero in front': () => ({
      appsecret_time: `0${now()}`,
      appsecret_proof: createHmac('sha256', shop.secret).update(`${user}|0${now()}`).digest('hex'),
    }),
    'a time without a proof': () => ({ appsecret_time: String(now()) }),
  };
  for (const [what, params] of Object.entries(bad))
    test(what, async () => {
      for (const [place, way] of Object.entries(ways)) {
        const before = rejected();
        isRefused(await way(t, { method: 'GET', path: '/me', params: params() }, user), WRONG, place);
        assert.equal(rejected() - before, 1, place);
      }
    });

  test('right ones are taken in every place, plain and up to 300 s back and 60 s ahead', async () => {
    for (const [place, way] of Object.entries(ways))
      for (const time of [undefined, now() - 300, now() + 60]) {
        const params: Record<string, string> = {
          appsecret_proof: proofOf(user, shop.secret, time),
          ...(time === undefined ? {} : { appsecret_time: String(time) }),
        };
        assert.equal((await way(t, { method: 'GET', path: '/me', params }, user)).status, 200, place);
      }
  });

  test('JSON lists, objects and numbers are no proofs', async () => {
    for (const proof of [[proofOf(user)], { a: 1 }, 1, true]) {
      const body = Buffer.from(JSON.stringify({ access_token: user, appsecret_proof: proof }));
      const answer = await t.send({
        path: '/me',
        headers: { host: 'localhost:4000', 'content-type': 'application/json' },
        body,
      });
      assert.equal(answer.status, 400, JSON.stringify(proof));
      assert.equal(JSON.parse(String(answer.body)).error.code, 100);
    }
  });

  test('two proofs that differ, in one place or in two, are refused', async () => {
    const right = proofOf(user);
    const query = `access_token=${user}&appsecret_proof=${right}`;
    for (const reply of [
      await t.get(`/me?${query}&appsecret_proof=${'0'.repeat(64)}`),
      await t.post(`/me?${query}&method=get`, { appsecret_proof: '0'.repeat(64) }),
    ])
      assert.deepEqual([reply.status, reply.body.error.code], [400, 100]);
    assert.equal((await t.get(`/me?${query}&appsecret_proof=${right}`)).status, 200);
  });

  test('a proof without a token proves nothing and hinders nothing', async () => {
    const reply = await t.get(`/me?appsecret_proof=${'0'.repeat(64)}`);
    assert.deepEqual([reply.status, reply.body.error.code], [400, 2500]);
  });
});

describe('TM-07: where the app requires a proof', () => {
  before(() => settings(t, shop.id, { requireAppSecretProof: true }));

  const calls: Record<string, { asked: Asked; token: () => string }> = {
    'reading the person': { asked: { method: 'GET', path: '/me' }, token: () => user },
    'a list by its path': { asked: { method: 'GET', path: '/me/accounts' }, token: () => user },
    'nested fields': {
      asked: { method: 'GET', path: '/me', params: { fields: 'accounts{access_token,name}' } },
      token: () => user,
    },
    'ids=': { asked: { method: 'GET', path: '/', params: { ids: `me,${bakery.id}` } }, token: () => user },
    'a Page by its own token': { asked: { method: 'GET', path: `/${bakery.id}` }, token: () => page },
    'publishing as the Page': {
      asked: { method: 'POST', path: `/${bakery.id}/feed`, params: { message: 'x' } },
      token: () => page,
    },
    'taking a permission back': { asked: { method: 'DELETE', path: '/me/permissions/email' }, token: () => user },
    'settings of the app': {
      asked: { method: 'POST', path: `/${shop.id}`, params: { user_support_url: 'https://shop.example/' } },
      token: () => appToken,
    },
    'test users': { asked: { method: 'GET', path: `/${shop.id}/accounts/test-users` }, token: () => appToken },
    'looking at a token': {
      asked: { method: 'GET', path: '/debug_token', params: { input_token: 'EAAx' } },
      token: () => appToken,
    },
    'a call back (JSONP)': {
      asked: { method: 'GET', path: '/me', params: { callback: 'cb', suppress_http_code: '0' } },
      token: () => user,
    },
    'as the browser SDK calls': {
      asked: { method: 'GET', path: '/me', params: { sdk: 'joey', format: 'json', pretty: '0' } },
      token: () => user,
    },
  };
  for (const [what, { asked, token }] of Object.entries(calls))
    test(`${what} is refused without one and with that of another token`, async () => {
      const state = await digest(t);
      for (const [place, way] of Object.entries(ways)) {
        const plain = (reply: Reply): Reply =>
          reply.body === undefined
            ? { ...reply, body: JSON.parse(/^\/\*\*\/cb\((.*)\);$/s.exec(reply.text)?.[1] ?? 'null') }
            : reply;
        const before = rejected();
        isRefused(plain(await way(t, asked, token())), MISSING, place);
        isRefused(
          plain(await way(t, { ...asked, params: { ...asked.params, appsecret_proof: proofOf('EAAother') } }, token())),
          place === 'the token of a batch' ? MISSING : WRONG,
          place,
        );
        assert.equal(rejected() - before, 2, place);
      }
      assert.equal(await digest(t), state);
    });

  test('HEAD is refused as well', async () => {
    const answer = await t.send({ method: 'HEAD', path: '/me', query: `access_token=${user}` });
    assert.equal(answer.status, 400);
  });

  describe('TM-06: members of a batch are judged each with their own token', () => {
    const outer = () => ({ access_token: user, appsecret_proof: proofOf(user) });
    const run = async (params: Record<string, string>, items: Record<string, string>[]) => {
      const { body } = await t.post('/', { ...params, batch: JSON.stringify(items) });
      return body as { code: number; body: string }[] & { error?: unknown };
    };
    const me = (more: Record<string, string> = {}) => itemOf({ method: 'GET', path: '/me', params: {} }, more);

    test('a proof of the batch counts for members without a token of their own, and for no others', async () => {
      const slots = await run(outer(), [
        me(),
        me({ access_token: page }),
        me({ access_token: page, appsecret_proof: proofOf(user) }),
        me({ access_token: page, appsecret_proof: proofOf(page) }),
        me({ access_token: user }),
      ]);
      assert.deepEqual(
        slots.map((slot) => slot.code),
        [200, 400, 400, 200, 400],
      );
      assert.equal(JSON.parse(slots[1]?.body ?? '').error.message, MISSING);
      assert.equal(JSON.parse(slots[2]?.body ?? '').error.message, WRONG);
    });

    test('a wrong proof of a member is refused though that of the batch is right', async () => {
      const slots = await run(outer(), [
        me({ appsecret_proof: '0'.repeat(64) }),
        me({ appsecret_proof: proofOf(user) }),
        me({ appsecret_time: '1' }),
      ]);
      assert.deepEqual(
        slots.map((slot) => slot.code),
        [400, 200, 400],
      );
    });

    test('an unproven batch is one error, also when its members bring proofs', async () => {
      const reply = await t.post('/', {
        access_token: user,
        batch: JSON.stringify([me({ appsecret_proof: proofOf(user) })]),
      });
      isRefused(reply, MISSING, 'batch');
    });

    test('a batch without a token leaves each member to itself', async () => {
      const slots = await run({ batch_app_id: shop.id, appsecret_proof: proofOf(user) }, [
        me(),
        me({ access_token: user }),
        me({ access_token: user, appsecret_proof: proofOf(user) }),
        me({ access_token: rivals }),
      ]);
      assert.deepEqual(
        slots.map((slot) => slot.code),
        [400, 400, 200, 200],
      );
    });

    test('a proof in the headers of an item is none', async () => {
      const item = {
        method: 'GET',
        relative_url: `me?access_token=${page}`,
        headers: [`appsecret_proof: ${proofOf(page)}`, { name: 'Authorization', value: `Bearer ${page}` }],
      };
      const { body } = await t.post('/', { ...outer(), batch: JSON.stringify([item]) });
      assert.equal(body[0].code, 400);
    });
  });

  test('paging links carry the token and no proof; with the proof behind them they lead on', async () => {
    const query = `access_token=${user}&limit=1`;
    const first = (await t.get(`/me/accounts?${query}&appsecret_proof=${proofOf(user)}`)).body;
    assert.ok(first.paging.next, JSON.stringify(first));
    const next = new URL(first.paging.next as string);
    assert.deepEqual([next.searchParams.get('access_token'), next.searchParams.has('appsecret_proof')], [user, false]);
    isRefused(await t.get(next.pathname + next.search), MISSING, 'next');
    assert.equal((await t.get(`${next.pathname}${next.search}&appsecret_proof=${proofOf(user)}`)).status, 200);
  });

  test('calls of clients, which cannot know the secret, and the code exchange go on', async () => {
    assert.equal(
      (await t.get(`/${shop.id}?access_token=${shop.id}|${shop.clientToken}`.replace('|', '%7C'))).status,
      200,
    );
    const exchange = new URLSearchParams({
      client_id: shop.id,
      client_secret: shop.secret,
      grant_type: 'fb_exchange_token',
      fb_exchange_token: user,
    });
    assert.equal((await t.get(`/oauth/access_token?${exchange}`)).status, 200);
  });
});
