// These tests are about redirect addresses everywhere else than at the opened dialog (dialog-redirects.test.ts): at its
// end, when it is cancelled or wrong, at the exchange, at oauth/client_code and at log-out. And what is left behind of
// a code on its way (DL-09).
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { digest } from '../acts.ts';
import { answerOf, Browser, dialogUrl, HOST } from '../browser.ts';
import { allowAll, shopDialog } from '../dialog-journey.ts';
import { redirectTable, type TableApp, tableAppIds, tableApps } from '../redirect-table.ts';
import { cast, seed, type TestWorld, testWorld } from '../world.ts';

const base = `http://${HOST}`;
const secret = 'a'.repeat(32);
const { ana } = cast;
let t: TestWorld;
let browser: Browser;

before(async () => {
  const apps = tableApps(secret, [{ person: ana.id, role: 'testers' }]);
  t = await testWorld({ seed: { ...seed, apps: [...seed.apps, ...apps] } });
  browser = new Browser(t);
  await browser.logIn(ana);
  // Everything is granted already: only the address can stop a dialog now.
  for (const id of Object.values(tableAppIds)) await t.login(id, ana.id);
});
after(() => t.close());

const requestedOf = (pair: (typeof redirectTable.pairs)[number]): string =>
  pair.requested
    .replaceAll('{APP_ID}', tableAppIds[pair.app] as string)
    .replaceAll('{OTHER_APP_ID}', '5999')
    .replaceAll('{WWW_URL}', base)
    .replaceAll('{STATIC_URL}', base);

const hostOf = (address: string): string | undefined => (URL.canParse(address) ? new URL(address).hostname : undefined);
/** On a host of the app: one that it registered an address on, and while it is in development this machine. */
const onHostOf = (address: string, { registered, mode }: TableApp): boolean =>
  registered.some((one) => hostOf(one) === hostOf(address)) ||
  (mode === 'development' && /^https?:\/\/localhost[:/]/.test(address));

for (const pair of redirectTable.pairs) {
  const requested = requestedOf(pair);
  const app = tableAppIds[pair.app] as string;
  const isNative = pair.app === 'NATIVE';
  const isRelay = requested.includes('/x/connect/xd_arbiter/');

  test(`${pair.id}: whatever a dialog comes to, it ${pair.verdict === 'allow' ? 'leads to that address and its code is exchanged with it alone' : 'leads nowhere'}`, async () => {
    const state = await digest(t);
    const asks: Record<string, string | undefined>[] = [
      {},
      { response_type: 'token' },
      { response_type: 'nonsense' },
      { response_type: '' },
      { code_challenge: 'x' },
      { auth_type: 'nonsense' },
      { scope: 'nonsense' },
      { display: 'popup' },
      { response_type: 'none' },
    ];
    if (pair.verdict === 'deny') {
      for (const more of asks) {
        await browser.open(dialogUrl({ client_id: app, redirect_uri: requested, state: 's', ...more }));
        assert.deepEqual([browser.page.status, browser.page.location], [400, undefined], JSON.stringify(more));
      }
      assert.equal(await digest(t), state);
      return;
    }
    for (const more of asks.slice(2, 4)) {
      await browser.open(dialogUrl({ client_id: app, redirect_uri: requested, state: 's', ...more }));
      assert.ok(browser.page.location?.startsWith(requested.split(/[?#]/, 1)[0] as string), `${browser.page.location}`);
    }
    const page = await allowAll(browser, ana, dialogUrl({ client_id: app, redirect_uri: requested, state: 's' }));
    const { query, address: bare } = answerOf(page.location);
    assert.equal(bare, requested.split(/[?#]/, 1)[0], page.location);
    if (isRelay) {
      assert.ok(page.location?.startsWith(`${requested}&code=`));
      return;
    }
    for (const [name, value] of new URL(requested).searchParams)
      if (name !== 'state') assert.deepEqual(query.getAll(name), [value]);
    assert.deepEqual(query.getAll('state'), ['s']);
    const code = query.get('code') as string;
    if (isNative) {
      // The program has no secret that proves anything, and this code came without a challenge: nobody redeems it.
      const asked = { client_id: app, code, redirect_uri: requested };
      for (const shown of [asked, { ...asked, client_secret: secret }])
        assert.equal((await t.post('/oauth/access_token', shown)).body.error.code, 1);
      return;
    }
    const redeem = (redirect_uri: string | undefined) =>
      t.post('/oauth/access_token', {
        client_id: app,
        client_secret: secret,
        code,
        ...(redirect_uri === undefined ? {} : { redirect_uri }),
      });
    for (const other of [
      `${requested}/`,
      `${requested}x`,
      `${requested}?state=abc`,
      requested.toUpperCase(),
      encodeURIComponent(requested),
    ].filter((one) => one !== requested)) {
      const { status, body } = await redeem(other);
      // Another address on a host of the app is told apart from one that is none of the app at all. The relay page is
      // nobody's: a code that it got takes no address, whatever stands in it.
      const expected: unknown[] = isRelay
        ? [400, 100, 36008]
        : onHostOf(other, redirectTable.apps[pair.app] as TableApp)
          ? [400, 100, 36008]
          : [400, 191, undefined];
      assert.deepEqual(
        [status, body.error.code, body.error.error_subcode],
        expected,
        `${other}: ${body.error.message}`,
      );
    }
    for (const none of [undefined, '']) assert.deepEqual([(await redeem(none)).body.error.code], [191]);
    assert.equal((await redeem(requested)).status, 200);
  });

  test(`${pair.id}: oauth/client_code ${pair.verdict === 'allow' && !isRelay ? 'takes' : 'refuses'} it`, async () => {
    const token = await t.login(app, ana.id, { longLived: true });
    const state = await digest(t);
    if (isNative) {
      const refused = await t.post('/oauth/client_code', {
        client_id: app,
        client_secret: secret,
        redirect_uri: requested,
        access_token: token,
      });
      assert.equal(refused.body.error.message, 'The request is invalid because the app is configured as a desktop app');
      return;
    }
    const reply = await t.post('/oauth/client_code', {
      client_id: app,
      client_secret: secret,
      redirect_uri: requested,
      access_token: token,
    });
    if (pair.verdict === 'allow' && !isRelay) {
      assert.equal(reply.status, 200, reply.text);
      assert.equal(
        (await t.post('/oauth/access_token', { client_id: app, redirect_uri: requested, code: reply.body.code }))
          .status,
        200,
      );
      return;
    }
    assert.deepEqual([reply.status, reply.body.error.code], [400, 191], reply.text);
    assert.ok(!reply.text.includes('evil.example'));
    assert.equal(await digest(t), state);
  });
}

describe('DL-17: log-out', () => {
  test('leads to an address of the token’s own app by the same rules, and home otherwise', async () => {
    for (const pair of redirectTable.pairs) {
      const requested = requestedOf(pair);
      const visitor = new Browser(t);
      await visitor.logIn(ana);
      const token = await t.login(tableAppIds[pair.app] as string, ana.id);
      const { location, status } = await visitor.ask(
        `/logout.php?access_token=${token}&next=${encodeURIComponent(requested)}`,
      );
      const isSite = pair.verdict === 'allow' && /^https?:/.test(requested) && !requested.startsWith(base);
      assert.deepEqual([status, location], [302, isSite ? requested : '/'], pair.id);
      assert.equal(visitor.cookies.has('__Host-hp_session'), false, pair.id);
    }
  });
});

test('DL-09: a code or token that travelled is in no line of our log, in no page and in no address of ours', async () => {
  const person = new Browser(t);
  t.log.length = 0;
  const seen: string[] = [];
  const texts: string[] = [];
  for (const response_type of ['code', 'token', 'code token', 'code signed_request', 'token signed_request']) {
    const page = await allowAll(
      person,
      ana,
      shopDialog({ response_type, scope: 'email', state: `state-${'s'.repeat(30)}` }),
    );
    const { query, fragment } = answerOf(page.location);
    for (const name of ['code', 'access_token', 'signed_request', 'long_lived_token'])
      for (const value of [query.get(name), fragment.get(name)]) if (value) seen.push(value);
    texts.push(page.html, JSON.stringify({ ...page.headers, location: '' }));
    const code = query.get('code') ?? fragment.get('code');
    if (code)
      for (let i = 0; i < 2; i++)
        texts.push(
          (
            await t.post('/oauth/access_token', {
              client_id: cast.shop.id,
              client_secret: cast.shop.secret,
              redirect_uri: 'https://app.example/cb',
              code,
            })
          ).status === 200
            ? ''
            : 'again',
        );
  }
  for (const path of ['/settings/apps', '/', '/settings/sessions']) texts.push((await person.open(path)).html);
  texts.push(JSON.stringify(t.log));
  assert.ok(seen.length >= 8, String(seen.length));
  for (const value of seen)
    for (const text of texts) assert.ok(!text.includes(value) && !text.includes(value.slice(5, 40)));
  assert.ok(!JSON.stringify(t.log).includes('state-sss'));
});
