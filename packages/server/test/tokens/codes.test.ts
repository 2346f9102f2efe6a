// These tests are about authorization codes and client codes: redeemed once, by the right client, with everything the
// dialog bound to them.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import type { NewCode } from '../../src/codes/codes.ts';
import { change } from '../../src/liveness/change.ts';
import * as apps from '../../src/store/apps/apps.ts';
import { callback, codeOf, digest, happens, nativeCallback, settings } from '../acts.ts';
import { testWorld } from '../world.ts';
import {
  DAY,
  HOUR,
  ana,
  error,
  mismatch,
  own,
  phone,
  redeem,
  rival,
  shop,
  t,
  used,
  without,
  works,
} from './codes-scene.ts';

const other = { client_id: rival.id, client_secret: rival.secret };
const said = (name: string) => t.log.filter((line) => line.message === name);
const verifier = 'v'.repeat(43);
const s256 = { value: createHash('sha256').update(verifier).digest('base64url'), method: 'S256' } as const;

describe('the code of a dialog', () => {
  test('gives a short token of one to two hours, once, with or without grant_type, by GET and by POST', async () => {
    for (const ask of [
      (code: string) =>
        t.get(`/v25.0/oauth/access_token?${new URLSearchParams({ ...own, redirect_uri: callback, code })}`),
      (code: string) => redeem(code, { grant_type: 'authorization_code' }),
    ]) {
      const { status, body } = await ask(await codeOf(t));
      assert.equal(status, 200);
      assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'expires_in']);
      assert.match(body.access_token, /^EAA[A-Za-z0-9]+$/);
      assert.equal(body.token_type, 'bearer');
      assert.ok(body.expires_in >= HOUR && body.expires_in <= 2 * HOUR);
      assert.equal((t.clock.now() + body.expires_in) % HOUR, 0);
      assert.ok(await works(body.access_token));
    }
  });

  test('is text that starts with AQ and can stand in any address', async () => {
    assert.match(await codeOf(t), /^AQ[\w-]{200,}$/);
  });

  test('leaves audit lines with the change, and no code or token in any line of the log', async () => {
    t.log.length = 0;
    const code = await codeOf(t);
    const { body } = await redeem(code);
    for (const name of ['code.issued', 'code.redeemed', 'token.issued']) assert.equal(said(name).length, 1, name);
    const log = JSON.stringify(t.log);
    assert.ok(!log.includes(code) && !log.includes(body.access_token));
  });

  test('with Standard access to the Marketing API the server gets a persistent token', async () => {
    await settings(t, shop.id, { marketingTier: 'standard' });
    const { body } = await redeem(await codeOf(t));
    await settings(t, shop.id, { marketingTier: 'none' });
    assert.equal('expires_in' in body, false);
    await t.clock.advance(3 * DAY);
    assert.ok(await works(body.access_token));
  });

  test('of a native log-in gives sixty days at once', async () => {
    const code = await codeOf(t, { app: phone.id, redirectUri: nativeCallback, form: 'native', challenge: s256 });
    const { body } = await without(code, {
      client_id: phone.id,
      redirect_uri: nativeCallback,
      code_verifier: verifier,
    });
    assert.equal(body.expires_in, 60 * DAY);
  });

  test('expires after ten minutes', async () => {
    const [early, late] = [await codeOf(t), await codeOf(t)];
    await t.clock.advance(599);
    assert.equal((await redeem(early)).status, 200);
    await t.clock.advance(1);
    assert.deepEqual(error(await redeem(late)), [400, 100, 36_007]);
  });

  test('ST-07: a purged code, an altered one and text that is no code get the same answer', async () => {
    const code = await codeOf(t);
    assert.equal((await redeem(code)).status, 200);
    await t.clock.advance(2 * DAY);
    const purged = await redeem(code);
    const altered = await redeem(`${code.slice(0, -2)}AA`);
    const none = await redeem('hello');
    for (const reply of [purged, altered, none]) {
      assert.deepEqual(error(reply), [400, 100, undefined]);
      assert.equal(reply.body.error.message, 'Invalid verification code format.');
      assert.match(String(reply.headers['www-authenticate']), /"invalid_code"/);
    }
  });

  test('TM-01: tokens are not codes', async () => {
    for (const token of [await t.login(shop.id, ana.id), `${shop.id}|${shop.secret}`])
      assert.deepEqual(error(await redeem(token)), [400, 100, undefined]);
  });
});

describe('RR-01, RR-02, RR-04: one use', () => {
  test('RR-01: of fifty parallel redemptions exactly one wins, in twenty rounds', async () => {
    for (let round = 0; round < 20; round++) {
      t.log.length = 0;
      const code = await codeOf(t);
      const replies = await Promise.all(Array.from({ length: 50 }, () => redeem(code)));
      assert.equal(replies.filter(({ status }) => status === 200).length, 1);
      for (const reply of replies) if (reply.status !== 200) assert.deepEqual(error(reply), used);
      assert.equal(said('code.replayed').length, 49);
      assert.equal(said('code.redeemed').length, 1);
    }
  });

  test('RR-02: the same client again, after 1 s, 30 s and 10 min, is refused and keeps its first token', async () => {
    const code = await codeOf(t);
    const { body } = await redeem(code);
    for (const wait of [1, 29, 570]) {
      await t.clock.advance(wait);
      const reply = await redeem(code);
      assert.deepEqual(error(reply), used);
      assert.equal(reply.body.error.message, 'This authorization code has been used.');
    }
    assert.ok(await works(body.access_token));
  });

  test('RR-02: a used code from another client, or without the right secret, ends the tokens that came of it', async () => {
    for (const [again, expected] of [
      [(code: string) => redeem(code, other), [400, 100, undefined]],
      [(code: string) => redeem(code, { client_secret: 'wrong' }), [400, 1, undefined]],
      [(code: string) => without(code, { client_id: shop.id, redirect_uri: callback }), [400, 1, undefined]],
    ] as const) {
      const code = await codeOf(t);
      const { body } = await redeem(code);
      assert.ok(await works(body.access_token));
      assert.deepEqual(error(await again(code)), expected);
      assert.deepEqual(error(await t.get(`/me?access_token=${body.access_token}`)), [400, 190, 466]);
    }
  });

  test('RR-02: the operator may end the tokens at every replay', async () => {
    const world = await testWorld({ settings: { alwaysRevokeOnReplay: true } });
    await world.login(shop.id, ana.id);
    const code = await codeOf(world);
    const form = { ...own, redirect_uri: callback, code };
    const { body } = await world.post('/oauth/access_token', form);
    assert.deepEqual(error(await world.post('/oauth/access_token', form)), used);
    assert.deepEqual(error(await world.get(`/me?access_token=${body.access_token}`)), [400, 190, 466]);
    await world.close();
  });

  test('a replay ends the tokens of its own log-in and of no other', async () => {
    const [one, two] = [await codeOf(t), await codeOf(t)];
    const kept = (await redeem(two)).body.access_token;
    await redeem(one);
    await redeem(one, other);
    assert.ok(await works(kept));
  });
});

describe('DL-11: PKCE', () => {
  const bound: Partial<NewCode> = { challenge: s256 };
  const plain: Partial<NewCode> = { challenge: { value: verifier, method: 'plain' } };
  const wrong: [string, Partial<NewCode>, string | undefined][] = [
    ['missing', bound, undefined],
    ['empty', bound, ''],
    ['another one', bound, 'w'.repeat(43)],
    ['42 characters', { challenge: { value: 'v'.repeat(42), method: 'plain' } }, 'v'.repeat(42)],
    ['129 characters', { challenge: { value: 'v'.repeat(129), method: 'plain' } }, 'v'.repeat(129)],
    [
      'characters that are not allowed',
      { challenge: { value: `${'v'.repeat(43)}!`, method: 'plain' } },
      `${'v'.repeat(43)}!`,
    ],
    ['the challenge itself, as if the method were plain', bound, s256.value],
    ['sent although no challenge was', {}, verifier],
  ];
  for (const [what, given, sent] of wrong)
    test(`a verifier that is ${what} is refused and leaves the code`, async () => {
      t.log.length = 0;
      const code = await codeOf(t, given);
      const reply = await redeem(code, sent === undefined ? {} : { code_verifier: sent });
      assert.deepEqual(error(reply), mismatch);
      assert.equal(said('code.verifier_mismatch').length, 1);
      if (given === bound) assert.equal((await redeem(code, { code_verifier: verifier })).status, 200);
      if (given.challenge === undefined) assert.equal((await redeem(code)).status, 200);
    });

  test('the right verifier works with S256 and with plain, beside the secret', async () => {
    for (const given of [bound, plain])
      assert.equal((await redeem(await codeOf(t, given), { code_verifier: verifier })).status, 200);
  });

  test('the tenth failed try burns the code, the ninth does not', async () => {
    const [nine, ten] = [await codeOf(t, bound), await codeOf(t, bound)];
    for (let i = 0; i < 9; i++) await redeem(nine, { code_verifier: 'w'.repeat(43) });
    for (let i = 0; i < 10; i++) await redeem(ten, { code_verifier: 'w'.repeat(43) });
    assert.equal((await redeem(nine, { code_verifier: verifier })).status, 200);
    assert.deepEqual(error(await redeem(ten, { code_verifier: verifier })), used);
  });
});

describe('DL-12 to DL-14: the client and its address', () => {
  test('DL-12: the code of one app presented by another is burned and looks unknown', async () => {
    t.log.length = 0;
    const code = await codeOf(t);
    const reply = await redeem(code, other);
    assert.deepEqual(error(reply), [400, 100, undefined]);
    assert.equal(reply.body.error.message, 'Invalid verification code format.');
    assert.equal(said('code.client_mismatch').length, 1);
    assert.deepEqual(error(await redeem(code)), used);
  });

  test('DL-13: another registered address, another spelling, or none', async () => {
    const code = await codeOf(t);
    const state = await digest(t);
    for (const uri of [
      'https://app.example/',
      'https://app.example/cb/',
      `${callback}?state=x`,
      'https://APP.example/cb',
    ]) {
      const reply = await redeem(code, { redirect_uri: uri });
      assert.deepEqual(error(reply), mismatch, uri);
      assert.match(reply.body.error.message, /redirect_uri is identical/);
    }
    const missing = await redeem(code, { redirect_uri: '' });
    assert.deepEqual(error(missing), [400, 191, undefined]);
    assert.equal(missing.body.error.message, 'Missing redirect_uri parameter.');
    assert.equal(await digest(t), state);
    assert.equal((await redeem(code)).status, 200);
  });

  test('DL-13: a code that the browser SDK obtained is redeemed with an empty redirect_uri or without one, and with no other', async () => {
    const relay: Partial<NewCode> = {
      form: 'relay',
      redirectUri: 'https://static.example/x/connect/xd_arbiter/?version=46#cb=f1',
    };
    const code = await codeOf(t, relay);
    assert.deepEqual(error(await redeem(code)), mismatch);
    assert.deepEqual(error(await redeem(code, { redirect_uri: relay.redirectUri as string })), mismatch);
    assert.equal((await redeem(code, { redirect_uri: '' })).status, 200);
    assert.equal((await without(await codeOf(t, relay), own)).status, 200);
  });

  test('DL-14: with a wrong secret or none the code stays untouched and the try counts', async () => {
    const world = await testWorld();
    await world.login(shop.id, ana.id);
    const code = await codeOf(world);
    const state = await digest(world);
    const ask = (client_secret: string) =>
      world.post('/oauth/access_token', { client_id: shop.id, client_secret, redirect_uri: callback, code });
    for (let i = 0; i < 10; i++) assert.deepEqual(error(await ask('wrong')), [400, 1, undefined]);
    for (let i = 0; i < 9; i++) assert.deepEqual(error(await ask('')), [400, 1, undefined]);
    assert.equal(await digest(world), state);
    assert.equal((await ask(shop.secret)).status, 200);
    assert.deepEqual(error(await ask('')), [400, 1, undefined]);
    assert.deepEqual(error(await ask(shop.secret)), [400, 4, undefined]);
    await world.close();
  });

  test('DL-14: without the secret only a code that is bound by PKCE and went to a native address is redeemed', async () => {
    const ask = (code: string, uri: string) =>
      without(code, { client_id: phone.id, redirect_uri: uri, code_verifier: verifier });
    const forms = {
      native: nativeCallback,
      loopback: 'http://127.0.0.1:5123/cb',
      web: callback,
      desktop: 'http://localhost:4000/connect/login_success.html',
    } as const;
    for (const [form, redirectUri] of Object.entries(forms)) {
      const given = { app: phone.id, redirectUri, form: form as keyof typeof forms };
      const reply = await ask(await codeOf(t, { ...given, challenge: s256 }), redirectUri);
      assert.equal(reply.status, form === 'native' || form === 'loopback' ? 200 : 400, form);
      assert.deepEqual(
        error(await without(await codeOf(t, given), { client_id: phone.id, redirect_uri: redirectUri })),
        [400, 1, undefined],
        `${form}, no PKCE`,
      );
    }
  });
});

describe('RR-03: what ends a log-in ends its codes', () => {
  const events: [string, () => Promise<void>, unknown[]][] = [
    ['password change', () => happens(t, 'password_changed', { app: '0', user: ana.id }), [400, 190, 460]],
    ['removal of the app', () => happens(t, 'app_removed', { app: shop.id, user: ana.id }), [400, 190, 458]],
    ['log-out of the session', () => happens(t, 'logged_out', { app: '0', session: '4711' }), [400, 190, 467]],
  ];
  for (const [what, act, expected] of events)
    test(`${what} between the dialog and the exchange`, async () => {
      const code = await codeOf(t, { session: '4711' });
      await act();
      assert.deepEqual(error(await redeem(code)), expected);
    });

  test('a reset of the app secret ends codes in flight', async () => {
    const code = await codeOf(t);
    const { installation } = t.server;
    await change(installation, async ({ tx, record }) => {
      await record('app_secret_reset', { app: shop.id }, { kind: 'operator' });
      await apps.setSecret(tx, installation.sealer, shop.id, shop.secret);
    });
    assert.deepEqual(error(await redeem(code)), [400, 100, 36_007]);
  });

  test('a token redeemed while the password changes works for nobody afterwards', async () => {
    for (let round = 0; round < 25; round++) {
      const code = await codeOf(t);
      const [reply] = await Promise.all([redeem(code), happens(t, 'password_changed', { app: '0', user: ana.id })]);
      if (reply.status === 200) assert.equal(await works(reply.body.access_token), false);
      else assert.deepEqual(error(reply), [400, 190, 460]);
    }
  });
});
