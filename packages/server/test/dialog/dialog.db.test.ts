// These tests are about log-in and dialog on both databases; on PostgreSQL every request goes to another of two nodes.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { provePassword } from '../../src/people/sign-in/sign-in.ts';
import { answerOf, Browser, type Form } from '../browser.ts';
import { databases } from '../databases.ts';
import { CALLBACK, rows, shopDialog } from '../dialog-journey.ts';
import { cast, testWorld, type TestWorld } from '../world.ts';

const LOGIN = '/dialog/oauth/log-in';
const CONSENT = '/dialog/oauth/confirm';
const PAGES = '/dialog/oauth/pages';

for (const [name, open] of databases())
  describe(`the dialog on ${name}`, () => {
    const withNodes = async (
      work: (nodes: TestWorld[], send: (browser: Browser, form: Form) => Promise<Browser>) => Promise<void>,
    ) => {
      const database = await open();
      const rootKey = new Uint8Array(32).fill(9);
      const first = await testWorld({ database, rootKey });
      const nodes = [first, ...(database.kind === 'postgres' ? [await testWorld({ database, rootKey })] : [])];
      let turn = 0;
      const send = async (browser: Browser, form: Form) => {
        const next = browser.at(nodes[++turn % nodes.length] as TestWorld);
        await next.send(form);
        return next;
      };
      try {
        await work(nodes, send);
      } finally {
        for (const node of nodes) await node.close();
      }
    };
    const at = (nodes: TestWorld[], i: number) => nodes[i % nodes.length] as TestWorld;

    test('a person logs in, consents, chooses Pages, and the app gets its code, whichever node answers', () =>
      withNodes(async (nodes, send) => {
        let browser = new Browser(at(nodes, 0));
        await browser.open(shopDialog({ scope: 'email,pages_show_list' }));
        browser = await send(
          browser,
          browser.form(LOGIN, { email: cast.ana.email, password: cast.ana.password, decision: 'continue' }),
        );
        browser = await send(browser, browser.form(CONSENT, { decision: 'continue' }));
        browser = await send(browser, browser.form(PAGES, { pages: [cast.bakery.id], decision: 'continue' }));
        const code = answerOf(browser.page.location).query.get('code');
        assert.ok(code);
        const query = new URLSearchParams({
          client_id: cast.shop.id,
          client_secret: cast.shop.secret,
          redirect_uri: CALLBACK,
          code,
        });
        const token = (await at(nodes, 1).get(`/oauth/access_token?${query}`)).body.access_token as string;
        for (const node of nodes) {
          const accounts = await node.get(`/me/accounts?access_token=${token}`);
          assert.deepEqual(
            accounts.body.data.map((page: { id: string }) => page.id),
            [cast.bakery.id],
          );
        }
      }));

    test('RR-04: the last form of a dialog counts once, however many nodes it is sent to', () =>
      withNodes(async (nodes) => {
        const browser = new Browser(at(nodes, 0));
        await browser.logIn(cast.ana);
        await browser.open(shopDialog({ scope: 'email' }));
        const form = browser.form(CONSENT, { decision: 'continue' });
        const pages = await Promise.all(Array.from({ length: 20 }, (_, i) => browser.at(at(nodes, i)).post(form)));
        assert.equal(pages.filter((page) => page.location?.startsWith(CALLBACK)).length, 1);
        assert.equal(await rows(at(nodes, 0), 'single_use'), 1);
      }));

    test('DL-15: of many dialogs with one nonce one is finished', () =>
      withNodes(async (nodes) => {
        const browser = new Browser(at(nodes, 0));
        await browser.logIn(cast.ana);
        const forms: Form[] = [];
        for (let i = 0; i < 8; i++) {
          await browser.open(shopDialog({ auth_nonce: 'once' }));
          forms.push(browser.form(CONSENT, { decision: 'continue' }));
        }
        const pages = await Promise.all(forms.map((form, i) => browser.at(at(nodes, i)).post(form)));
        assert.equal(pages.filter((page) => page.location?.startsWith(CALLBACK)).length, 1);
        assert.equal(pages.filter((page) => page.status === 400).length, 7);
      }));

    test('TB-04: ten guesses are looked at over all nodes together', () =>
      withNodes(async (nodes) => {
        const guess = (i: number, password: string) =>
          provePassword(at(nodes, i).server.installation, {
            who: { email: cast.ana.email },
            password,
            device: undefined,
            ipPrefix: '198.51.100.0/24',
          });
        await Promise.all(Array.from({ length: 60 }, (_, i) => guess(i, 'a wrong password')));
        const evaluated = nodes.flatMap((node) =>
          node.log.filter((line) => line.message === 'auth.login.fail' && line.facts?.reason === 'password'),
        );
        assert.equal(evaluated.length, 10);
        assert.equal(await guess(0, cast.ana.password), undefined);
      }));

    test('one address makes one account, also when two nodes are asked at the same moment', () =>
      withNodes(async (nodes) => {
        const visitors = await Promise.all(
          Array.from({ length: 6 }, async (_, i) => {
            const visitor = new Browser(at(nodes, i));
            await visitor.open('/signup');
            return visitor;
          }),
        );
        const fields = {
          name: 'Eva',
          email: 'eva@example.com',
          password: 'eva-password-5',
          birthday: '',
          decision: 'continue',
        };
        const pages = await Promise.all(visitors.map((visitor) => visitor.post(visitor.form('/signup', fields))));
        assert.equal(pages.filter((page) => page.status === 303).length, 1);
        assert.equal(
          pages.filter((page) => page.html.includes('An account can’t be created with this address.')).length,
          5,
        );
      }));

    test('RR-03: a grant that was taken back on one node is not used by another, however soon', () =>
      withNodes(async (nodes) => {
        for (let round = 0; round < 5; round++) {
          const browser = new Browser(at(nodes, 1));
          await browser.logIn(cast.ana);
          await browser.open(shopDialog({ scope: 'email' }));
          if (browser.page.status === 200) await browser.send(browser.form(CONSENT, { decision: 'continue' }));
          await browser.open(shopDialog({ scope: 'email' }));
          assert.ok(answerOf(browser.page.location).query.get('code'), 'goes on by itself');
          const elsewhere = browser.at(at(nodes, 0));
          await elsewhere.open('/settings/apps');
          await elsewhere.send(elsewhere.form('/settings/apps/remove'));
          await browser.open(shopDialog({ scope: 'email' }));
          assert.equal(browser.heading(), 'Continue to Shop?');
          assert.equal(await rows(at(nodes, 0), 'grants'), 0);
        }
      }));

    test('RR-03: whatever a dialog gave while the password was changed is dead once that was acknowledged', () =>
      withNodes(async (nodes) => {
        let password: string = cast.ana.password;
        for (let round = 0; round < 10; round++) {
          const thief = new Browser(at(nodes, 0));
          await thief.logIn({ ...cast.ana, password });
          await thief.open(shopDialog({ response_type: 'token', auth_type: 'reauthorize' }));
          const action = thief.forms().some((form) => form.action === CONSENT) ? CONSENT : '/dialog/oauth/again';
          const form = thief.form(action, { decision: 'continue' });
          const owner = new Browser(at(nodes, 1));
          await owner.logIn({ ...cast.ana, password });
          await owner.open('/settings/password');
          const wanted = `ana-password-${round}-new`;
          const [page] = await Promise.all([
            thief.post(form),
            owner.post(owner.form('/settings/password', { password, new_password: wanted })),
          ]);
          assert.match(owner.page.location ?? '', /password_changed/);
          password = wanted;
          const token = answerOf(page.location).fragment.get('access_token');
          if (token) for (const node of nodes) await node.server.installation.freshness.catchUp();
          if (token)
            assert.equal((await at(nodes, round).get(`/me?access_token=${token}`)).body.error?.error_subcode, 460);
          else
            assert.ok(
              page.location?.startsWith('/dialog/oauth/continue') || page.status === 403,
              `${page.status} ${page.location}`,
            );
        }
      }));

    test('RR-03: a log-in with the old password does not outlive the change of the password', () =>
      withNodes(async (nodes) => {
        let password: string = cast.ana.password;
        for (let round = 0; round < 10; round++) {
          const owner = new Browser(at(nodes, 1));
          await owner.logIn({ ...cast.ana, password });
          await owner.open('/settings/password');
          const wanted = `ana-password-${round}-new`;
          const thieves = Array.from({ length: 3 }, (_, i) => new Browser(at(nodes, i)));
          await Promise.all(thieves.map((thief) => thief.open('/login')));
          const entering = thieves.map((thief) =>
            thief.post(thief.form('/login', { email: cast.ana.email, password, decision: 'continue' })),
          );
          await Promise.all([
            ...entering,
            owner.post(owner.form('/settings/password', { password, new_password: wanted })),
          ]);
          password = wanted;
          for (const thief of thieves) {
            await thief.open('/settings/apps');
            assert.equal(thief.heading(), 'Log in');
          }
          for (const node of nodes) await node.clock.advance(1000);
        }
      }));

    test('WP-04: a session that was ended on one node is dead on every node at once', () =>
      withNodes(async (nodes) => {
        const browser = new Browser(at(nodes, 0));
        await browser.logIn(cast.ana);
        const kept = browser.at(at(nodes, 1));
        await browser.open('/');
        await browser.send(browser.form('/logout'));
        await kept.open('/settings/apps');
        assert.equal(kept.heading(), 'Log in');
      }));
  });
