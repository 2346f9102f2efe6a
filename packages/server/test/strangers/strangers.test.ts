// Nobody writes before anybody is known: what strangers leave in the database is bounded by numbers that do not grow
// with them (DL-20, DL-21, TB-09, TB-10).
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { NETWORKS } from '../../src/store/codes/attempts.ts';
import { Browser, HOST } from '../browser.ts';
import { allowAll, reasons, rows, shopDialog } from '../dialog-journey.ts';
import { hashWorkOf } from '../people/hash-work.ts';
import { addressOf } from './strangers.ts';
import { knockEverywhere, MOST_BYTES, mostRows, rowsOf, worldOfStrangers } from './strangers-run.ts';
import { cast, type TestWorld } from '../world.ts';

const { ana, ben, shop } = cast;
/** `npm run bench -- --strangers` sends a hundred thousand. */
const REQUESTS = 15_000;

async function world(t: TestContext): Promise<TestWorld> {
  const made = await worldOfStrangers();
  t.after(() => made.close());
  return made;
}

test('DL-20, TB-09: strangers at every door leave no more than a bounded number of rows', async (t) => {
  const { doors, statuses, rows: more, bytes } = await knockEverywhere(await world(t), REQUESTS);
  assert.ok(doors > 200, `${doors} doors`);
  const failed = [...statuses.keys()].filter((status) => status >= 500 && status !== 503);
  assert.deepEqual(failed, [], JSON.stringify([...statuses]));
  for (const [table, count] of more) assert.ok(count <= (mostRows[table] ?? 0), `${table}: ${count} rows more`);
  assert.ok(bytes < MOST_BYTES, `${bytes} bytes more`);
});

test('DL-20: the dialog of a stranger is no row: not when it is opened, reloaded, answered wrongly or cancelled', async (t) => {
  const w = await world(t);
  const before = await rowsOf(w);
  const browser = new Browser(w);
  const interactions = new Set<string>();
  for (let opened = 0; opened < 20; opened++) {
    await browser.open(shopDialog({ state: 'x'.repeat(4000) }));
    interactions.add(new Map(browser.form('/dialog/oauth/log-in').fields).get('interaction') ?? '');
  }
  assert.equal(interactions.size, 20);
  await browser.send(
    browser.form('/dialog/oauth/log-in', {
      email: 'nobody@example.com',
      password: 'wrong-password',
      decision: 'continue',
    }),
  );
  assert.match(browser.page.html, /state|password/i);
  await browser.send(browser.form('/dialog/oauth/log-in', { decision: 'cancel' }));
  assert.match(browser.page.location ?? '', /error=access_denied.*state=x{4000}/);
  assert.deepEqual(await rowsOf(w), before);
  assert.deepEqual(reasons(w, 'dialog.denied'), ['user_denied']);
});

test('DL-20: a sealed dialog opens in its own browser, unchanged, for an hour, and once', async (t) => {
  const w = await world(t);
  const browser = new Browser(w);
  await browser.open(shopDialog());
  const form = browser.form('/dialog/oauth/log-in', { email: ana.email, password: ana.password, decision: 'continue' });
  const id = new Map(form.fields).get('interaction') ?? '';
  assert.match(id, /^d\.[\w-]+$/);
  assert.ok(
    !Buffer.from(id.slice(2), 'base64url').toString('latin1').includes('app.example'),
    'it says nothing to whoever reads it',
  );
  const goOn = (one: string) => `/dialog/oauth/continue?interaction=${one}`;
  const thief = new Browser(w);
  await thief.open(shopDialog());
  await thief.open(goOn(id));
  assert.deepEqual([thief.page.status, reasons(w, 'dialog.interaction_mismatch').length], [400, 1]);
  for (let at = 2; at < id.length; at += 7) {
    const letter = id[at] === 'A' ? 'B' : 'A';
    await browser.open(goOn(id.slice(0, at) + letter + id.slice(at + 1)));
    assert.equal(browser.page.status, 400, `letter ${at}`);
  }
  for (const other of [
    id.slice(0, -1),
    `${id}A`,
    `${id}=`,
    `${id}.`,
    'd.',
    `D${id.slice(1)}`,
    id.slice(2),
    `d.${'A'.repeat(60_000)}`,
  ]) {
    await browser.open(goOn(other.length > 10_000 ? other.slice(0, 12_000) : other));
    assert.equal(browser.page.status, 400);
  }
  await browser.open(goOn(id));
  assert.equal(browser.page.status, 200, 'its own browser goes on');
  await w.clock.advance(3601);
  await browser.open(goOn(id));
  assert.equal(browser.page.status, 400, 'after an hour it is over');
});

test('DL-20: however often and in whatever tabs the log-in of one dialog is sent, it comes to one grant', async (t) => {
  const w = await world(t);
  const browser = new Browser(w);
  await browser.open(shopDialog());
  const logIn = browser.form('/dialog/oauth/log-in', {
    email: ana.email,
    password: ana.password,
    decision: 'continue',
  });
  await browser.send(logIn);
  const first = browser.form('/dialog/oauth/confirm', { decision: 'continue' });
  assert.equal(await rows(w, 'interactions'), 1);
  await browser.send(logIn);
  const second = browser.form('/dialog/oauth/confirm', { decision: 'continue' });
  assert.equal(await rows(w, 'interactions'), 1, 'the back button and a second click find the same dialog');
  await browser.send(second);
  assert.match(browser.page.location ?? '', /code=/);
  await browser.post(first);
  assert.equal(browser.page.location, undefined, 'it has been answered');
  await browser.send(logIn);
  assert.equal(browser.page.status, 400);
  assert.equal(await rows(w, 'single_use'), 1);
});

test('DL-20: a dialog that was cancelled before the log-in is over, and others of the same browser are not', async (t) => {
  const w = await world(t);
  const browser = new Browser(w);
  await browser.open(shopDialog({ state: 'other' }));
  const other = browser.form('/dialog/oauth/log-in', {
    email: ana.email,
    password: ana.password,
    decision: 'continue',
  });
  await browser.open(shopDialog());
  const form = browser.form('/dialog/oauth/log-in', { email: ana.email, password: ana.password });
  await browser.post({ ...form, fields: [...form.fields, ['decision', 'cancel']] });
  assert.match(browser.page.location ?? '', /access_denied/);
  for (const decision of ['cancel', 'continue']) {
    await browser.post({ ...form, fields: [...form.fields, ['decision', decision]] });
    assert.deepEqual([browser.page.status, browser.page.location], [400, undefined]);
  }
  await browser.send(other);
  assert.equal(browser.heading(), 'Continue to Shop?');
});

test('DL-20: signing up on the way through a dialog leads back to it', async (t) => {
  const w = await world(t);
  const browser = new Browser(w);
  await browser.open(shopDialog());
  const link = /href="(\/signup[^"]*interaction=[^"]+)"/.exec(browser.page.html)?.[1] ?? '';
  await browser.open(link.replaceAll('&amp;', '&'));
  assert.match(browser.page.html, /Shop/);
  const [action = ''] = browser.forms().map((one) => one.action);
  await browser.send(browser.form(action, { name: 'Nina New', email: 'nina@example.com', password: 'a-new-password' }));
  assert.equal(browser.heading(), 'Continue to Shop?');
});

test('TB-09: guesses at apps and people that do not exist are counted nowhere, and networks are remembered up to a number', async (t) => {
  const w = await world(t);
  const before = await rowsOf(w);
  for (let n = 0; n < 2000; n++) {
    const { body } = await w.get(`/me?access_token=${4_000_000 + n}%7Cx`);
    assert.equal(body.error.code, 190);
  }
  const browser = new Browser(w);
  for (let n = 0; n < 12; n++) {
    await browser.open('/login');
    await browser.send(browser.form('/login', { email: 'nobody@example.com', password: 'wrong-password' }));
  }
  assert.deepEqual(await rowsOf(w), before);
  // Many at once share one commit, which is what takes the time.
  for (let n = 0; n < NETWORKS + 500; n += 100)
    await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        w.send({
          path: '/me',
          query: `access_token=${shop.id}%7C${'0'.repeat(32)}`,
          host: HOST,
          address: addressOf(n + at),
        }),
      ),
    );
  const { db } = w.server.installation;
  const keys = await db.read.selectFrom('attempts').select('key').where('of_network', '=', 1).execute();
  assert.equal(keys.length, NETWORKS);
});

test('TB-09: a try that is not looked at costs what one costs that is, so nobody learns by it who has an account', async (t) => {
  const w = await world(t);
  const work = async (email: string): Promise<string[]> => {
    const browser = new Browser(w);
    await browser.open('/login');
    return hashWorkOf(() => browser.send(browser.form('/login', { email, password: 'wrong-password' })));
  };
  const looked = await work(ben.email);
  for (let n = 0; n < 10; n++) await work(ben.email);
  const throttled = await work(ben.email);
  assert.equal(reasons(w, 'auth.login.fail').at(-1), 'throttled');
  const unknown = await work('nobody@example.com');
  assert.equal(looked.length, 1);
  assert.deepEqual([throttled, unknown], [looked, looked]);
});

test('DL-21: codes of devices wait up to a number for each network and for each app, and room comes back with time', async (t) => {
  const w = await world(t);
  const ask = async (address: string) => {
    const query = `access_token=${shop.id}%7C${shop.clientToken}&scope=email`;
    const answer = await w.send({ path: '/device/login', method: 'POST', query, host: HOST, address });
    return answer.status;
  };
  for (let n = 0; n < 50; n++) assert.equal(await ask('198.51.100.7'), 200);
  assert.equal(await ask('198.51.100.200'), 400, 'the fifty-first of one network');
  for (let n = 0; n < 4950; n++) await ask(addressOf(n));
  assert.equal(await ask('203.0.113.1'), 400, 'the five thousand and first of the app');
  await w.clock.advance(421);
  assert.equal(await ask('203.0.113.1'), 200);
  assert.equal(await ask('198.51.100.7'), 200);
  const { n } = await w.server.installation.db.read
    .selectFrom('device_codes')
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  assert.ok(Number(n) <= 5000, `${n} rows`);
});

test('TB-10: where sign-up is open, one network makes so many accounts in an hour', async (t) => {
  const w = await world(t);
  const made = async (n: number, address: string): Promise<number> => {
    const browser = new Browser(w, { address });
    await browser.open('/signup');
    await browser.send(
      browser.form('/signup', { name: 'New Person', email: `new-${n}@example.com`, password: 'a-new-password' }),
    );
    return browser.page.status;
  };
  const all = await Promise.all(Array.from({ length: 50 }, (_, n) => made(n, `198.51.100.${n}`)));
  assert.deepEqual([...new Set(all)], [200]);
  assert.equal(await made(50, '198.51.100.99'), 429);
  assert.equal(await made(51, '203.0.113.1'), 200);
  await w.clock.advance(3601);
  assert.equal(await made(52, '198.51.100.99'), 200);
});

test('TB-09: a used code that is presented over and over writes ten lines of the trail', async (t) => {
  const w = await world(t);
  const page = await allowAll(new Browser(w), ana, shopDialog());
  const code = new URL(page.location ?? '').searchParams.get('code') ?? '';
  const redeem = (secret: string) =>
    w.post('/oauth/access_token', {
      client_id: shop.id,
      client_secret: secret,
      redirect_uri: 'https://app.example/cb',
      code,
    });
  assert.equal((await redeem(shop.secret)).status, 200);
  for (let n = 0; n < 40; n++) assert.equal((await redeem(shop.secret)).status, 400);
  const kept = await w.server.installation.db.read
    .selectFrom('events')
    .select('name')
    .where('name', '=', 'code.replayed')
    .execute();
  assert.equal(kept.length, 10);
  assert.equal(reasons(w, 'code.replayed').length, 40);
});
