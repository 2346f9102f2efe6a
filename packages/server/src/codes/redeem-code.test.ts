// A code becomes a token once, for the app that it was given to, at the address that it was sent to.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { GraphError, lifetimes } from '@hallpass/protocol';
import { cast } from '../../test/cast.ts';
import { type Parts, partsOfNode, recordOf, shopApp } from '../../test/parts.ts';
import { change } from '../liveness/change.ts';
import { check } from '../liveness/check.ts';
import { open } from '../tokens/seal.ts';
import type { TokenRecord } from '../tokens/record.ts';
import { issueCode, type NewCode } from './codes.ts';
import { redeemCode } from './redeem-code.ts';

const { ana, rival, shop } = cast;
const ADDRESS = 'https://app.example/cb';
const seed = {
  people: [ana],
  apps: [shopApp, { ...shopApp, ...rival, name: 'Rival' }],
  grants: [{ person: ana.id, app: shop.id, granted: ['email'] }],
};

const issue = (parts: Parts, more: Partial<NewCode> = {}): Promise<string> =>
  change(parts, (making) =>
    issueCode(parts, making, {
      app: shop.id,
      user: ana.id,
      session: '77',
      login: '88',
      redirectUri: ADDRESS,
      form: 'web',
      challenge: undefined,
      authType: undefined,
      authNonce: undefined,
      ...more,
    }),
  );

type Presented = Partial<Omit<Parameters<typeof redeemCode>[1], 'app'>> & { by?: typeof shop.id };

async function redeem(parts: Parts, code: string, { by = shop.id, ...more }: Presented = {}): Promise<TokenRecord> {
  const app = await parts.facts.app(by);
  assert.ok(app);
  const made = await redeemCode(parts, {
    code,
    app,
    proven: true,
    redirectUri: ADDRESS,
    verifier: undefined,
    address: '127.0.0.1',
    traceId: 'A',
    ...more,
  });
  const opened = open(parts.ring(), made.token);
  assert.ok(opened.ok);
  return opened.record;
}

/** The key of the error of a refusal. */
async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof GraphError) return error.key;
    throw error;
  }
  return 'none';
}

test('a code gives a token of its person, app, session and log-in that is alive, with both lines of the trail', async (t) => {
  const parts = await partsOfNode(t, seed);
  const record = await redeem(parts, await issue(parts));
  assert.deepEqual(
    [record.kind, record.app, record.user, record.session, record.login],
    ['user', shop.id, ana.id, '77', '88'],
  );
  assert.ok((await check(parts, record)).alive);
  assert.deepEqual((await parts.trail()).slice(-2), ['code.redeemed', 'token.issued']);
});

test('a code that is presented again is refused; the token that came of it stays unless the operator says otherwise', async (t) => {
  const parts = await partsOfNode(t, seed);
  const strict = { ...parts, settings: { ...parts.settings, alwaysRevokeOnReplay: true } };
  const code = await issue(parts);
  const record = await redeem(parts, code);
  assert.equal(await refusal(redeem(parts, code)), 'code.used');
  assert.equal((await check(parts, record)).alive, true);
  assert.equal((await parts.trail()).at(-1), 'code.replayed');
  assert.equal(await refusal(redeem(strict, code)), 'code.used');
  assert.equal((await check(parts, record)).alive, false);
});

test('a code in the hands of another app is burned, and the token that came of it ends', async (t) => {
  const parts = await partsOfNode(t, seed);
  const code = await issue(parts);
  const record = await redeem(parts, code);
  assert.equal(await refusal(redeem(parts, code, { by: rival.id })), 'code.client');
  assert.equal((await check(parts, record)).alive, false);
});

test('another app, another address or no secret does not get a token', async (t) => {
  const parts = await partsOfNode(t, seed);
  assert.equal(await refusal(redeem(parts, await issue(parts), { by: rival.id })), 'code.client');
  assert.equal(await refusal(redeem(parts, await issue(parts), { redirectUri: `${ADDRESS}/x` })), 'code.redirect');
  assert.equal(await refusal(redeem(parts, await issue(parts), { redirectUri: undefined })), 'redirect.missing');
  assert.equal(await refusal(redeem(parts, await issue(parts), { proven: false })), 'secret.missing');
  assert.equal(await refusal(redeem(parts, 'AQ')), 'code.malformed');
});

test('a code ends with its time and with the log-in that it came from', async (t) => {
  const parts = await partsOfNode(t, seed);
  const [late, early] = [await issue(parts), await issue(parts)];
  await change(parts, ({ record }) => record('password_changed', recordOf(), { kind: 'operator' }));
  assert.equal(await refusal(redeem(parts, early)), 'token.password_changed');
  await parts.clock.advance(lifetimes.authorizationCode);
  assert.equal(await refusal(redeem(parts, late)), 'code.expired');
});

test('a code that was bound to a verifier wants that verifier, and one that was not wants none', async (t) => {
  const parts = await partsOfNode(t, seed);
  const verifier = 'v'.repeat(43);
  const challenge = { method: 'S256' as const, value: createHash('sha256').update(verifier).digest('base64url') };
  assert.equal(await refusal(redeem(parts, await issue(parts, { challenge }))), 'code.verifier');
  assert.equal(
    await refusal(redeem(parts, await issue(parts, { challenge }), { verifier: 'w'.repeat(43) })),
    'code.verifier',
  );
  assert.equal(await refusal(redeem(parts, await issue(parts, { challenge }), { verifier })), 'none');
  assert.equal(await refusal(redeem(parts, await issue(parts), { verifier })), 'code.verifier');
});
