// These tests are about keys, randomness and what is sealed at rest (CR-01, CR-02, CR-04, CR-05).
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { appsecretProof, unreadableBecause } from '@hallpass/protocol';
import { resetAppSecret } from '../../src/apps/app-admin.ts';
import { formToken, isFormToken } from '../../src/people/csrf.ts';
import { codeHash } from '../../src/codes/codes.ts';
import { cookieHash, newCookie } from '../../src/people/sign-in/sessions.ts';
import { rotateKeys, withdrawKey } from '../../src/liveness/keys/key-ring.ts';
import { purposeKeys } from '../../src/tokens/keys.ts';
import { callback, codeOf } from '../acts.ts';
import { Browser } from '../browser.ts';
import { shopDialog } from '../dialog-journey.ts';
import { cast, testWorld, type TestWorld } from '../world.ts';
import { AppId } from '../../src/store/ids.ts';

const { ana, shop, rival } = cast;
const operator = { kind: 'operator' } as const;
const run = promisify(execFile);

async function world(t: TestContext, options: Parameters<typeof testWorld>[0] = {}): Promise<TestWorld> {
  const made = await testWorld(options);
  t.after(() => made.close());
  return made;
}

const me = (w: TestWorld, token: string) => w.get(`/me?access_token=${encodeURIComponent(token)}`);

test('CR-01: whatever is done to a token of any kind, texts of one look get one and the same answer, and it tells the log nothing of it', async (t) => {
  const w = await world(t, { settings: { guessingLimits: false } });
  const user = await w.login(shop.id, ana.id, { permissions: ['pages_show_list'] });
  const own = `client_id=${shop.id}&client_secret=${shop.secret}`;
  const page = (await w.get(`/${cast.bakery.id}?fields=access_token&access_token=${user}`)).body.access_token as string;
  const info = (
    await w.get(`/oauth/access_token?grant_type=fb_attenuate_token&client_id=${shop.id}&fb_exchange_token=${user}`)
  ).body.access_token as string;
  const app = (await w.get(`/oauth/access_token?grant_type=client_credentials&${own}`)).body.access_token as string;
  const tokens = {
    user,
    page,
    info,
    app,
    secret: `${shop.id}|${shop.secret}`,
    client: `${shop.id}|${shop.clientToken}`,
  };
  w.log.length = 0;
  const said = new Map<string, Set<string>>();
  for (const [kind, token] of Object.entries(tokens)) {
    const begin = token.indexOf('|') + 1;
    const variants = [
      `${token}A`,
      token + token,
      token.slice(0, -1),
      [...token].reverse().join(''),
      token.toLowerCase(),
      ` ${token}`,
      `${token}\n`,
    ];
    for (let i = begin; i < token.length; i += 3) {
      variants.push(token.slice(0, Math.max(i, begin + 1)));
      const letter = token[i] === 'A' ? 'B' : 'A';
      variants.push(token.slice(0, i) + letter + token.slice(i + 1));
    }
    for (const variant of variants) {
      if (Object.values(tokens).includes(variant)) continue;
      const { status, body, text } = await me(w, variant);
      assert.deepEqual(
        [status, body.error.code, body.error.error_subcode],
        [400, 190, undefined],
        `${kind}: ${variant}`,
      );
      // Only the look of the text itself decides what is said, so it says nothing about how near it came.
      const shape = variant.includes('|') ? 'with a bar' : unreadableBecause(variant);
      said.set(shape, (said.get(shape) ?? new Set()).add(body.error.message as string));
      assert.ok(!text.includes(token.slice(begin, begin + 20)), 'nothing of it in the answer');
    }
  }
  for (const [shape, messages] of said) assert.equal(messages.size, 1, `${shape}: ${[...messages]}`);
  const printed = JSON.stringify(w.log);
  for (const token of Object.values(tokens))
    assert.ok(!printed.includes(token.slice(token.indexOf('|') + 1).slice(0, 16)));
});

test('CR-02: a token of another installation with the same ids, or of a key that is not there, is no token, and the key is noted', async (t) => {
  const [here, there] = [await world(t), await world(t)];
  const foreign = await there.login(shop.id, ana.id);
  assert.deepEqual([(await me(there, foreign)).status, (await me(here, foreign)).body.error.code], [200, 190]);
  assert.equal(
    here.log.filter(({ message }) => message === 'crypto.unknown_key').length,
    0,
    'the number of the key is known, the key is another',
  );
  await rotateKeys(there.server.installation, operator);
  const newer = await there.login(shop.id, ana.id);
  assert.equal((await me(here, newer)).body.error.code, 190);
  assert.equal(here.log.filter(({ message }) => message === 'crypto.unknown_key').length, 1);
  await withdrawKey(there.server.installation, 1, operator);
  assert.equal((await me(there, foreign)).body.error.code, 190);
  assert.equal(
    there.log.filter(({ message }) => message === 'crypto.unknown_key').length,
    0,
    'a withdrawn key is known, and not believed',
  );
  const app = (
    await there.get(
      `/oauth/access_token?grant_type=client_credentials&client_id=${shop.id}&client_secret=${shop.secret}`,
    )
  ).body.access_token as string;
  assert.equal((await here.get(`/${shop.id}?access_token=${encodeURIComponent(app)}`)).body.error.code, 190);
});

test('CR-02: a code, a cookie or a form token of one installation is nothing in another with the same ids', async (t) => {
  const [here, there] = [await world(t), await world(t)];
  for (const w of [here, there]) await w.login(shop.id, ana.id);
  const code = await codeOf(there);
  const redeemed = await here.post('/oauth/access_token', {
    client_id: shop.id,
    client_secret: shop.secret,
    redirect_uri: callback,
    code,
  });
  assert.deepEqual([redeemed.status, redeemed.body.error.code], [400, 100]);
  const browser = new Browser(there);
  await browser.logIn(ana);
  const stranger = new Browser(here);
  stranger.cookies.set('__Host-hp_session', browser.cookies.get('__Host-hp_session') as string);
  await stranger.open('/');
  assert.equal(stranger.heading(), 'Log in');
  assert.equal(isFormToken(here.server.installation, formToken(there.server.installation, 'x'), 'x'), false);
});

test('CR-02: no two purposes share a key, nor do two installations, two roots, or the times before and after a fence', () => {
  const root = new Uint8Array(32).fill(1);
  const sets = [purposeKeys(root, 'one'), purposeKeys(root, 'two'), purposeKeys(new Uint8Array(32).fill(2), 'one')];
  const all = sets.flatMap((keys) => Object.values(keys).map((key) => key.toString('hex')));
  assert.equal(new Set(all).size, all.length);
  const [before, after] = [purposeKeys(root, 'one'), purposeKeys(root, 'one', 'a fence')];
  const changed = Object.keys(before).filter(
    (name) => !before[name as keyof typeof before].equals(after[name as keyof typeof after]),
  );
  assert.deepEqual(changed.sort(), ['csrf', 'dialog', 'interaction', 'link', 'webSession']);
});

test('CR-02: a value of one purpose is nothing for another', async (t) => {
  const w = await world(t);
  const { installation } = w.server;
  await w.login(shop.id, ana.id);
  const browser = new Browser(w);
  await browser.logIn(ana);
  const cookie = browser.cookies.get('__Host-hp_session') as string;
  const code = await codeOf(w);
  const hash = cookieHash(installation, cookie) as string;
  // Neither what a browser holds nor what the database holds of it is a token, a code, or the token of a form.
  for (const value of [cookie, hash, code, codeHash(installation, 'code', code), newCookie(installation)]) {
    assert.equal((await me(w, value)).body.error.code, 190);
    assert.equal(isFormToken(installation, value, hash), false);
    if (value !== code)
      assert.equal(
        (
          await w.post('/oauth/access_token', {
            client_id: shop.id,
            client_secret: shop.secret,
            redirect_uri: callback,
            code: value,
          })
        ).body.error.code,
        100,
      );
    if (value === cookie) continue;
    const other = new Browser(w);
    other.cookies.set('__Host-hp_session', value);
    await other.open('/');
    assert.equal(other.heading(), 'Log in');
  }
  // A code of one kind is none of the other.
  assert.notEqual(codeHash(installation, 'code', code), codeHash(installation, 'client_code', code));
});

test('CR-04: two processes that begin alike make no value twice, of no kind', async () => {
  const many = 20_000;
  const child = () =>
    run(process.execPath, ['--conditions=source', join(import.meta.dirname, 'minting-child.ts'), String(many)], {
      maxBuffer: 64 * 1024 * 1024,
    });
  const lines = (await Promise.all([child(), child()])).flatMap(({ stdout }) => stdout.trimEnd().split('\n'));
  assert.equal(lines.length, 2 * (many * 3 + (many / 100) * 2));
  assert.equal(new Set(lines).size, lines.length);
});

test('CR-05: a secret that was put back, or moved from another app, does not open; it counts as missing, never as empty', async (t) => {
  const w = await world(t);
  const { installation } = w.server;
  const stored = async (id: string) =>
    (
      await installation.db.read
        .selectFrom('apps')
        .select('secret')
        .where('id', '=', AppId.of(id))
        .executeTakeFirstOrThrow()
    ).secret;
  const put = async (id: string, secret: string) => {
    await installation.db.act(({ tx }) =>
      tx.updateTable('apps').set({ secret }).where('id', '=', AppId.of(id)).execute(),
    );
    installation.facts.cache.clear();
  };
  const token = (id: string, secret: string) =>
    w.get(`/oauth/access_token?grant_type=client_credentials&client_id=${id}&client_secret=${secret}`);
  const old = await stored(shop.id);
  const user = await w.login(shop.id, ana.id);
  const fresh = await resetAppSecret(installation, { appId: shop.id, by: operator });
  const present = await stored(shop.id);
  for (const [what, sealed] of [
    ['the old one', old],
    ['that of another app', await stored(rival.id)],
    ['one that was changed', `${present.slice(0, -4)}AAAA`],
    ['no sealed value', 'plain'],
  ] as const) {
    await put(shop.id, sealed);
    w.log.length = 0;
    for (const guess of [shop.secret, fresh, rival.secret, sealed, ''])
      assert.notEqual((await token(shop.id, guess)).status, 200, what);
    assert.equal((await me(w, `${shop.id}|`)).body.error.code, 190);
    for (const key of ['', shop.secret]) {
      const proof =
        key === ''
          ? (await import('node:crypto')).createHmac('sha256', '').update(user).digest('hex')
          : await appsecretProof(user, key);
      assert.equal(
        (await w.get(`/me?access_token=${user}&appsecret_proof=${proof}`)).body.error.code,
        100,
        `${what}: no proof fits`,
      );
    }
    assert.ok(
      w.log.some(
        ({ message, facts }) =>
          message === 'crypto.seal_broken' && facts?.table === 'apps' && facts.column === 'secret',
      ),
      what,
    );
    assert.ok(!JSON.stringify(w.log).includes(shop.secret));
    assert.equal((await me(w, user)).status, 200, 'what does not need the secret goes on');
    installation.facts.cache.clear();
    await installation.db.act(({ tx }) => tx.deleteFrom('attempts').execute());
  }
  await put(shop.id, present);
  assert.equal((await token(shop.id, fresh)).status, 200);
});

test('CR-05: a key of id_tokens that does not open is replaced, and its public half stays published', async (t) => {
  const w = await world(t);
  const { installation } = w.server;
  const kids = async () =>
    ((await w.get('/.well-known/oauth/openid/jwks/')).body.keys as { kid: string }[]).map(({ kid }) => kid);
  const [first] = await kids();
  await installation.db.act(({ tx }) =>
    tx.updateTable('oidc_keys').set({ private_jwk: 's1.test.AAAA.AAAA' }).execute(),
  );
  installation.facts.cache.clear();
  const browser = new Browser(w);
  await browser.logIn(ana);
  await browser.open(shopDialog({ scope: 'openid', response_type: 'id_token', nonce: 'n' }));
  await browser.send(browser.form('/dialog/oauth/confirm', { decision: 'continue' }));
  assert.match(browser.page.location ?? '', /id_token=/);
  const now = await kids();
  assert.deepEqual([now.length, now.includes(first as string)], [2, true]);
});
