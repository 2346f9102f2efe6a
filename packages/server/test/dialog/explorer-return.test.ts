// These tests are about the Graph API Explorer as a client of every app: its own address of return, for people who work
// on the app alone.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { blockedReasons } from '@hallpass/pages';
import { change } from '../../src/liveness/change.ts';
import * as apps from '../../src/store/apps/apps.ts';
import { settings } from '../acts.ts';
import { answerOf, Browser, HOST, navigation } from '../browser.ts';
import { allowAll, rows, shopDialog } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, ben, shop, rival } = cast;
const address = `http://${HOST}/tools/explorer/callback`;
const verifier = 'v'.repeat(43);
const challenge = createHash('sha256').update(verifier).digest('base64url');

let t: TestWorld;
beforeEach(async () => {
  t = await testWorld();
});
afterEach(() => t.close());

type Params = Parameters<typeof shopDialog>[0];

const explorerDialog = (params: Params = {}): string =>
  shopDialog({
    redirect_uri: address,
    response_type: 'code',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...params,
  });

const codeOf = async (person: { email: string; password: string }, params: Params = {}): Promise<string> => {
  const page = await allowAll(new Browser(t), person, explorerDialog(params));
  return answerOf(page.location).query.get('code') ?? '';
};

const redeem = (code: string, params: Record<string, string> = {}) =>
  t.post('/oauth/access_token', {
    client_id: shop.id,
    redirect_uri: address,
    code,
    code_verifier: verifier,
    ...params,
  });

describe('the Explorer’s address of return', () => {
  test('gives an administrator of the app a short-lived token, without the app secret and without being listed', async () => {
    const { status, body } = await redeem(await codeOf(ben, { scope: 'email' }));
    assert.equal(status, 200, JSON.stringify(body));
    assert.ok(body.expires_in <= 2 * 3600);
    assert.equal((await t.get(`/me?fields=email&access_token=${body.access_token}`)).body.email, ben.email);
  });

  test('gives a short-lived token also where the app’s exchanged tokens do not expire', async () => {
    await settings(t, shop.id, { marketingTier: 'standard' });
    const { body } = await redeem(await codeOf(ben));
    assert.ok(body.expires_in <= 2 * 3600);
  });

  test('PR-12: is refused to a person without a role on the app, after the log-in and with nothing granted', async () => {
    const browser = new Browser(t);
    const page = await allowAll(browser, ana, explorerDialog());
    assert.equal(page.status, 403);
    assert.equal(page.location, undefined);
    assert.equal(browser.heading(), blockedReasons.explorer_role.title);
    assert.equal(await rows(t, 'grants'), 0);
    assert.equal(await rows(t, 'single_use'), 0);
  });

  test('PR-06: a role that is lost between dialog and redemption gives no token', async () => {
    const code = await codeOf(ben);
    await change(t.server.installation, ({ tx }) => apps.removeRole(tx, shop.id, ben.id, 'administrators'));
    const { status, body } = await redeem(code);
    assert.deepEqual([status, body.access_token], [400, undefined]);
  });

  for (const [what, params] of [
    ['the token itself is asked for', { response_type: 'token' }],
    ['code and token are asked for', { response_type: 'code token' }],
    ['there is no challenge', { code_challenge: undefined, code_challenge_method: undefined }],
    ['the challenge is the verifier itself', { code_challenge: verifier, code_challenge_method: 'plain' }],
    ['the address has a query', { redirect_uri: `${address}?next=https://evil.example` }],
    ['the address has a fragment', { redirect_uri: `${address}#x` }],
    ['the address has a slash more', { redirect_uri: `${address}/` }],
    ['the address climbs', { redirect_uri: `http://${HOST}/tools/explorer/callback/../../x` }],
    ['the scheme differs', { redirect_uri: address.replace('http:', 'https:') }],
    ['the host differs', { redirect_uri: 'http://evil.example/tools/explorer/callback' }],
    ['the port differs', { redirect_uri: 'http://localhost:4001/tools/explorer/callback' }],
    ['the letters differ', { redirect_uri: address.replace('explorer', 'Explorer') }],
    ['it is another page of ours', { redirect_uri: `http://${HOST}/tools/explorer` }],
  ] as const)
    test(`DL-01: is no address of an app where ${what}`, async () => {
      const browser = new Browser(t);
      await browser.ask(explorerDialog(params));
      assert.equal(browser.page.status, 400);
      assert.equal(browser.heading(), blockedReasons.redirect_uri.title);
    });

  test('DL-11: the code is worth nothing without the verifier, to another app, or at another address', async () => {
    const tries: readonly Record<string, string>[] = [
      { code_verifier: 'w'.repeat(43) },
      { code_verifier: '' },
      { redirect_uri: 'https://app.example/cb' },
      { client_id: rival.id },
    ];
    for (const params of tries) {
      const { status, body } = await redeem(await codeOf(ben), params);
      assert.equal(status >= 400 && body.access_token === undefined, true, JSON.stringify({ params, body }));
    }
  });

  test('WP-09: the page where the dialog answers may see its opener; no page of the console may be framed', async () => {
    Object.assign(t.server.installation.world, { console: { html: (nonce: string) => nonce, assets: new Map() } });
    for (const [path, policy] of [
      ['/tools/explorer', 'same-origin-allow-popups'],
      ['/tools/explorer/callback', 'unsafe-none'],
    ] as const) {
      const { headers } = await t.send({ method: 'GET', host: HOST, path, headers: navigation });
      assert.equal(headers['cross-origin-opener-policy'], policy);
      assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/);
    }
  });
});
