// These tests are about passwords: how they are kept, what they cost, and how often they can be guessed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  comparePassword,
  hashPassword,
  newHash,
  outdated,
  passwordFault,
  presentCost,
} from '../../src/people/passwords.ts';
import { ConcurrencyLimit } from '../../src/people/concurrency-limit.ts';
import { provePassword } from '../../src/people/sign-in/sign-in.ts';
import { Browser } from '../browser.ts';
import { shopDialog } from '../dialog-journey.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';
import { hashWorkOf } from './hash-work.ts';
import { PersonId } from '../../src/store/ids.ts';

/** A server that is not made up for tests does this. */
const fullCost = { world: { passwordCost: presentCost } };

const people = async (world: TestWorld, id: string) =>
  world.server.installation.db.read
    .selectFrom('people')
    .selectAll()
    .where('id', '=', PersonId.of(id))
    .executeTakeFirstOrThrow();

test('CR-07: argon2id with at least 19 MiB and two passes, one lane, a salt of its own', async () => {
  const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.ok(presentCost.memory >= 19 * 1024 * 1024 && presentCost.passes >= 2);
  assert.notEqual(one, two);
});

test('CR-07: the whole password counts, in one Unicode form, and is not cut at 72 bytes or at a NUL', async () => {
  const world = await testWorld(fullCost);
  const { installation } = world.server;
  const long = 'x'.repeat(1024);
  const stored = await newHash(installation, long);
  assert.equal((await comparePassword(installation, stored, long)).right, true);
  assert.equal((await comparePassword(installation, stored, `${'x'.repeat(1023)}y`)).right, false);
  assert.equal((await comparePassword(installation, stored, 'x'.repeat(72))).right, false);
  const nul = await newHash(installation, 'before\0after');
  assert.equal((await comparePassword(installation, nul, 'before\0other')).right, false);
  const composed = await newHash(installation, 'pa\u00dfw\u00f6rter ﬁ');
  assert.equal((await comparePassword(installation, composed, 'pa\u00dfwo\u0308rter fi')).right, true);
  await world.close();
});

test('a password has 8 to 1,024 bytes after NFKC', () => {
  assert.equal(passwordFault(''), 'missing');
  assert.equal(passwordFault('1234567'), 'too_short');
  assert.equal(passwordFault('12345678'), undefined);
  assert.equal(passwordFault('üüüü'), undefined);
  assert.equal(passwordFault('x'.repeat(1024)), undefined);
  assert.equal(passwordFault('x'.repeat(1025)), 'too_long');
  assert.equal(passwordFault('x'.repeat(5_000_000)), 'too_long');
  assert.throws(() => hashPassword('short'), RangeError);
});

test('CR-07: a hash of older parameters is made anew at the next log-in', async () => {
  const world = await testWorld(fullCost);
  assert.equal(outdated((await people(world, cast.ana.id)).password ?? ''), true);
  await new Browser(world).logIn(cast.ana);
  assert.equal(outdated((await people(world, cast.ana.id)).password ?? ''), false);
  assert.match((await new Browser(world).logIn(cast.ana)).html, /Hello/);
  await world.close();
});

test('CR-07: log-ins at the same moment all go well while the hash is made anew', async () => {
  const world = await testWorld(fullCost);
  const visitors = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const visitor = new Browser(world);
      await visitor.open('/login');
      return visitor;
    }),
  );
  const pages = await Promise.all(
    visitors.map((visitor) =>
      visitor.post(
        visitor.form('/login', { email: cast.ana.email, password: cast.ana.password, decision: 'continue' }),
      ),
    ),
  );
  assert.deepEqual(
    pages.map((page) => page.status),
    [303, 303, 303, 303],
  );
  await world.close();
});

test('TB-08: an over-long password is refused before hashing', async () => {
  const world = await testWorld(fullCost);
  const work = await hashWorkOf(() => comparePassword(world.server.installation, null, 'x'.repeat(1_000_000)));
  assert.deepEqual(work, []);
  await world.close();
});

test('TB-08: so many run at a time, so many wait, and the next is refused at once', async () => {
  const lanes = new ConcurrencyLimit(2, 3);
  let running = 0;
  let most = 0;
  const open: (() => void)[] = [];
  const task = () =>
    lanes.run(async () => {
      most = Math.max(most, ++running);
      await new Promise<void>((done) => open.push(done));
      running--;
    });
  const taken = Array.from({ length: 5 }, task);
  await assert.rejects(task(), { key: 'server.away' });
  for (let i = 0; i < 5; i++) {
    while (open.length === 0) await new Promise((turn) => setImmediate(turn));
    open.shift()?.();
  }
  await Promise.all(taken);
  assert.equal(most, 2);
  const after = task();
  open.shift()?.();
  await after;
});

test('TB-08: 500 parallel log-ins are answered: some wait, the rest get 503 with Retry-After', async () => {
  const world = await testWorld({ ...fullCost, settings: { guessingLimits: false } });
  const browser = new Browser(world);
  await browser.open('/login');
  const form = browser.form('/login', { email: 'nobody@example.com', password: 'some-password', decision: 'continue' });
  const pages = await Promise.all(Array.from({ length: 500 }, () => browser.post(form)));
  const refused = pages.filter((page) => page.status === 503);
  assert.equal(pages.filter((page) => page.status === 200).length + refused.length, 500);
  assert.ok(refused.length >= 300);
  assert.ok(refused.every((page) => Number(page.headers['retry-after']) > 0));
  await world.close();
});

type Somebody = { email: string; password: string };
const wrong = (world: TestWorld, person: Somebody = cast.ana, device?: string) =>
  provePassword(world.server.installation, {
    who: { email: person.email },
    password: 'a wrong password',
    device,
    ipPrefix: '198.51.100.0/24',
  });
const right = (world: TestWorld, person: Somebody = cast.ana, device?: string) =>
  provePassword(world.server.installation, {
    who: { email: person.email },
    password: person.password,
    device,
    ipPrefix: '198.51.100.0/24',
  });

test('TB-04: of a hundred parallel guesses ten are looked at, and the right one after them is not', async () => {
  const world = await testWorld(fullCost);
  await Promise.all(Array.from({ length: 100 }, () => wrong(world)));
  const failures = world.log.filter((line) => line.message === 'auth.login.fail').map((line) => line.facts?.reason);
  assert.equal(failures.filter((reason) => reason === 'password').length, 10);
  assert.equal(failures.filter((reason) => reason === 'throttled').length, 90);
  assert.equal(await right(world), undefined);
  assert.ok(await right(world, cast.ben), 'other accounts are not touched');
  await world.clock.advance(901);
  assert.ok(await right(world));
  await world.close();
});

test('TB-04, TB-02: all doors share the budget, and the page says so, also for an address that nobody has', async () => {
  const world = await testWorld(fullCost);
  const shown = async (email: string): Promise<string> => {
    const browser = new Browser(world);
    const typed = { email, password: 'wrong-password', decision: 'continue' };
    for (let i = 0; i < 5; i++) {
      await browser.open('/login');
      await browser.send(browser.form('/login', typed));
    }
    for (let i = 0; i < 5; i++) {
      await browser.open(shopDialog());
      await browser.send(browser.form('/dialog/oauth/log-in', typed));
    }
    await browser.open('/login');
    await browser.send(browser.form('/login', { ...typed, password: cast.ana.password }));
    assert.equal(browser.page.status, 200);
    return browser.page.html.replace(/value="[^"]*"/g, '');
  };
  const ofAna = await shown(cast.ana.email);
  assert.match(ofAna, /Too many wrong tries/);
  assert.equal(await shown('nobody@example.com'), ofAna);
  const throttled = await world.server.installation.db.read
    .selectFrom('events')
    .selectAll()
    .where('name', '=', 'auth.login.throttled')
    .execute();
  assert.equal(throttled.length, 1);
  await world.close();
});

test('TB-04: a browser that has logged in before has a budget of its own, so its owner is not locked out', async () => {
  const world = await testWorld(fullCost);
  const home = new Browser(world);
  await home.logIn(cast.ana);
  await Promise.all(Array.from({ length: 30 }, () => wrong(world)));
  assert.equal(await right(world), undefined);
  home.cookies.delete('__Host-hp_session');
  assert.match((await home.logIn(cast.ana)).html, /Hello/);
  const device = home.cookies.get('__Host-hp_device');
  await Promise.all(Array.from({ length: 12 }, () => wrong(world, cast.ana, device)));
  assert.equal(await right(world, cast.ana, device), undefined, 'and a limit of its own');
  await Promise.all(Array.from({ length: 11 }, () => wrong(world, cast.ben)));
  assert.equal(await right(world, cast.ben, device), undefined, 'the mark is for one person');
  await world.close();
});

test('TB-04: log-ins that are right use nothing up', async () => {
  const world = await testWorld(fullCost);
  for (let i = 0; i < 15; i++) assert.ok(await right(world));
  await Promise.all(Array.from({ length: 9 }, () => wrong(world)));
  assert.ok(await right(world));
  await wrong(world);
  assert.equal(await right(world), undefined, 'and give nothing back to whoever guesses');
  await world.close();
});

test('TB-02: unknown and wrong get the same page, for the same work', async () => {
  const world = await testWorld({ ...fullCost, settings: { guessingLimits: false } });
  await new Browser(world).logIn(cast.ana);
  const ask = async (email: string) => {
    const browser = new Browser(world);
    await browser.open('/login');
    const form = browser.form('/login', { email, password: 'wrong-password', decision: 'continue' });
    const work = await hashWorkOf(() => browser.post(form));
    return {
      work,
      page: browser.page,
      bare: browser.page.html.replaceAll(email, '').replace(/(value="|\?v=)[^"]*"/g, ''),
    };
  };
  const [known, unknown] = [await ask(cast.ana.email), await ask('nobody@example.com')];
  assert.equal(known.bare, unknown.bare);
  assert.equal(known.page.status, unknown.page.status);
  assert.deepEqual(Object.keys(known.page.headers), Object.keys(unknown.page.headers));
  assert.deepEqual(known.work, ['m=19456,t=2,p=1']);
  assert.deepEqual(unknown.work, known.work);
  await world.close();
});

test('TB-02: an account whose hash is of older parameters costs at least as much as one that does not exist', async () => {
  const world = await testWorld(fullCost);
  const { installation } = world.server;
  const stored = (await people(world, cast.cleo.id)).password as string;
  const nobody = await hashWorkOf(() => comparePassword(installation, null, 'a wrong password'));
  const older = await hashWorkOf(() => comparePassword(installation, stored, 'a wrong password'));
  assert.deepEqual(nobody, ['m=19456,t=2,p=1']);
  assert.deepEqual(older, ['m=8,t=1,p=1', ...nobody]);
  await world.close();
});
