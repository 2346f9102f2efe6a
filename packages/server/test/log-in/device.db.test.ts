// These tests are about codes of devices on both databases, and on PostgreSQL on two nodes at once (RR-05).
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { settings } from '../acts.ts';
import { Browser } from '../browser.ts';
import { databases } from '../databases.ts';
import { cast, testWorld, type TestWorld } from '../world.ts';

const { phone, ana } = cast;
const clientToken = `${phone.id}|${phone.clientToken}`;

for (const [name, open] of databases())
  describe(`log-in on devices on ${name}`, () => {
    async function nodes(t: TestContext): Promise<[TestWorld, TestWorld]> {
      const database = await open();
      const rootKey = new Uint8Array(32).fill(7);
      const first = await testWorld({ database, rootKey });
      t.after(() => first.close());
      await settings(first, phone.id, { deviceLogin: true });
      if (database.kind !== 'postgres') return [first, first];
      const second = await testWorld({ database, rootKey });
      t.after(() => second.close());
      return [first, second];
    }
    const poll = (node: TestWorld, code: string) =>
      node.post('/device/login_status', { access_token: clientToken, code });

    test('RR-05: begun on one node and allowed on the other, it gives one token to many polls at once', async (t) => {
      const [here, there] = await nodes(t);
      const { code, user_code: typed } = (
        await here.post('/device/login', { access_token: clientToken, scope: 'email' })
      ).body;
      assert.equal((await poll(there, code)).body.error.error_subcode, 1_349_174);
      const browser = new Browser(there);
      await browser.logIn(ana);
      await browser.open('/device');
      await browser.send(browser.form('/device', { user_code: typed }));
      await browser.send(browser.form('/device/confirm', { decision: 'continue', started: 'yes' }));
      assert.equal(browser.heading(), 'You are logged in on the device');
      for (const node of [here, there]) await node.clock.advance(5);
      const replies = await Promise.all(Array.from({ length: 20 }, (_, i) => poll(i % 2 === 0 ? here : there, code)));
      const given = replies.filter(({ status }) => status === 200);
      assert.equal(given.length, 1);
      for (const { status, body } of replies) if (status !== 200) assert.equal(body.error.error_subcode, 1_349_152);
      assert.equal((await here.get(`/me?fields=name&access_token=${given[0]?.body.access_token}`)).body.name, ana.name);
    });
  });
