// These tests are about passwords that change while they are used, and guesses through every door and node at the same
// moment (RR-03, TB-04).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startCheckpoint } from '../../src/people/lock.ts';
import { setPassword } from '../../src/people/new-password.ts';
import { comparePassword, hashPassword } from '../../src/people/passwords.ts';
import { provePassword } from '../../src/people/sign-in/sign-in.ts';
import { change } from '../../src/liveness/change.ts';
import { Browser, type Form } from '../browser.ts';
import { databases } from '../databases.ts';
import { shopDialog } from '../dialog-journey.ts';
import { nodeAt, openNodes, type TestNode } from '../nodes.ts';
import { cast } from '../world.ts';
import { PersonId } from '../../src/store/ids.ts';

const { ana, cleo } = cast;
const operator = { kind: 'operator' } as const;
const attempt = (person: { email: string }, password: string) => ({
  who: { email: person.email },
  password,
  device: undefined,
  ipPrefix: '198.51.100.0/24',
});

const storedOf = async ({ server }: TestNode, id: string): Promise<string> =>
  (
    await server.installation.db.read
      .selectFrom('people')
      .select('password')
      .where('id', '=', PersonId.of(id))
      .executeTakeFirstOrThrow()
  ).password as string;

/** Counts the passwords that were really compared. */
const evaluated = (nodes: readonly TestNode[]): number =>
  nodes
    .flatMap(({ log }) => log)
    .filter(({ message, facts }) => message === 'auth.login.fail' && facts?.reason === 'password').length;

for (const [name, open] of databases())
  describe(`on ${name}`, () => {
    test('RR-03: a hash that is made anew at a log-in never brings back a password that was changed meanwhile', async (t) => {
      const nodes = await openNodes(t, open, 2, { settings: { guessingLimits: false } });
      const { installation } = nodes[0].server;
      const before = await hashPassword('the old password', { passes: 1, memory: 8192 });
      for (let round = 0; round < 6; round++) {
        await installation.db.act(({ tx }) =>
          tx.updateTable('people').set({ password: before }).where('id', '=', ana.id).execute(),
        );
        const after = await hashPassword('the new password', { passes: 1, memory: 8192 });
        // The log-in compares, and makes another hash, for some tens of milliseconds.
        const logIn = provePassword(nodeAt(nodes, 1).server.installation, attempt(ana, 'the old password'));
        for (let i = 0; i < round * 3; i++) await new Promise((turn) => setTimeout(turn, 1));
        await change(installation, (making) => setPassword(installation, making, ana.id, after, operator));
        await logIn;
        const stored = await storedOf(nodes[0], ana.id);
        assert.equal((await comparePassword(installation, stored, 'the new password')).right, true, `round ${round}`);
        assert.equal(await provePassword(installation, attempt(ana, 'the old password')), undefined);
      }
    });

    test('RR-03: of two sessions that change the password at the same moment one does, and the other is ended', async (t) => {
      const nodes = await openNodes(t, open, 2);
      const browsers = await Promise.all(
        [0, 1].map(async (n) => {
          const browser = new Browser(nodeAt(nodes, n));
          await browser.logIn(ana);
          await browser.open('/settings/password');
          return browser;
        }),
      );
      const wanted = ['the first new password', 'the second new password'];
      await Promise.all(
        browsers.map((browser, n) =>
          browser.send(
            browser.form('/settings/password', { password: ana.password, new_password: wanted[n] as string }),
          ),
        ),
      );
      const won = browsers.map(({ page }) => page.html.includes('Your password has been changed.'));
      assert.deepEqual([...won].sort(), [false, true]);
      const stored = await storedOf(nodes[0], ana.id);
      for (const [n, password] of wanted.entries())
        assert.equal((await comparePassword(nodes[0].server.installation, stored, password)).right, won[n]);
      const loser = browsers[won.indexOf(false)] as Browser;
      await loser.open('/');
      assert.equal(loser.heading(), 'Log in');
    });

    test('TB-04: a hundred guesses at the same moment, through every door and node: ten are looked at', async (t) => {
      const nodes = await openNodes(t, open, 2);
      const [first] = nodes;
      const strangers = await Promise.all(
        [0, 1, 2, 3, 4].map(async (n) => {
          const browser = new Browser(nodeAt(nodes, n), { address: `203.0.113.${n}` });
          await browser.logIn(ana);
          // A thief took over a session, without the mark of a browser that the owner has logged in with.
          browser.cookies.delete('__Host-hp_device');
          return browser;
        }),
      );
      const guess = { password: 'a wrong password', decision: 'continue' };
      const forms: [Browser, Form][] = [];
      const add = (browser: Browser, action: string, fill: Record<string, string>) =>
        forms.push([browser, browser.form(action, fill)]);
      const nobody = new Browser(first);
      await nobody.open('/login');
      add(nobody, '/login', { email: ana.email, ...guess });
      const another = new Browser(nodeAt(nodes, 1));
      await another.open(shopDialog());
      add(another, '/dialog/oauth/log-in', { email: ana.email, ...guess });
      const [asked, settings, locked] = strangers as [Browser, Browser, Browser];
      await asked.open(shopDialog({ auth_type: 'reauthenticate' }));
      add(asked, '/dialog/oauth/reauthenticate', guess);
      await settings.open('/settings/password');
      add(settings, '/settings/password', { ...guess, new_password: 'a brand new one' });
      for (const node of nodes) node.log.length = 0;
      const pages = await Promise.all(
        Array.from({ length: 100 }, (_, i) => {
          const [browser, form] = forms[i % forms.length] as [Browser, Form];
          return browser.post(form);
        }),
      );
      assert.ok(
        pages.every(({ status }) => status === 200 || status === 303),
        'each looks like a wrong password',
      );
      assert.equal(evaluated(nodes), 10);
      for (const node of nodes)
        assert.equal(
          await provePassword(node.server.installation, attempt(ana, ana.password)),
          undefined,
          'the right one is not looked at either',
        );
      assert.ok(await provePassword(first.server.installation, attempt(cleo, cleo.password)), 'others go on');
      // The lock is a door too.
      await startCheckpoint(first.server.installation, ana.id, operator, 'operator');
      await locked.logIn(ana);
      assert.doesNotMatch(locked.page.html, /Hello/);
    });

    test('TB-04: guesses that are spread out never find more than ten evaluated in a quarter of an hour', async (t) => {
      const nodes = await openNodes(t, open, 1);
      const [node] = nodes;
      const at: number[] = [];
      for (let i = 0; i < 40; i++) {
        const before = evaluated(nodes);
        await provePassword(node.server.installation, attempt(ana, 'a wrong password'));
        if (evaluated(nodes) > before) at.push(node.clock.now());
        await node.clock.advance(i % 4 === 0 ? 170 : 1);
      }
      for (const from of at) assert.ok(at.filter((one) => one >= from && one < from + 900).length <= 10);
      assert.ok(at.length >= 10);
    });
  });
