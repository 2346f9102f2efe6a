// These tests are about businesses that connect an app, on both databases; on PostgreSQL with two nodes, of which the
// other one must hear of it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Browser, type Form, answerOf } from '../browser.ts';
import { databases } from '../databases.ts';
import {
  atBusiness,
  BUSINESS,
  client,
  codeOf,
  connected,
  connectAll,
  lantern,
  PAGES,
  redeem,
  said,
  seed,
} from './login-business-scene.ts';
import { cast, testWorld, type TestWorld } from '../world.ts';

for (const [name, open] of databases())
  describe(`Login for Business on ${name}`, () => {
    const withNodes = async (work: (one: TestWorld, other: TestWorld) => Promise<void>) => {
      const database = await open();
      const rootKey = new Uint8Array(32).fill(9);
      const one = await testWorld({ database, rootKey, seed });
      const other = database.kind === 'postgres' ? await testWorld({ database, rootKey, seed }) : one;
      try {
        await work(one, other);
      } finally {
        await one.close();
        if (other !== one) await other.close();
      }
    };

    test('RR: two dialogs of one business that end at once lead to one system user', () =>
      withNodes(async (one, other) => {
        const ready: [Browser, Form][] = [];
        for (const world of [one, other]) {
          const browser = await atBusiness(world, cast.ana);
          await browser.send(browser.form(BUSINESS, { decision: 'continue' }));
          ready.push([browser, browser.form(PAGES, { decision: 'continue' })]);
        }
        const ends = await Promise.all(ready.map(([browser, form]) => browser.send(form)));
        assert.ok(ends.every((page) => answerOf(page.location).query.get('code')));
        const rows = await one.server.installation.db.read.selectFrom('integrations').selectAll().execute();
        assert.equal(rows.length, 1);
        const tokens = await Promise.all(
          ends.map(async (page, at) => (await redeem(at === 0 ? other : one, codeOf(page))).body.access_token),
        );
        for (const token of tokens) assert.equal((await one.get(`/me?access_token=${token}`)).status, 200);
      }));

    test('RR-01: a code is redeemed once, whichever nodes are asked', () =>
      withNodes(async (one, other) => {
        const code = codeOf(await connectAll(one, cast.ana));
        const answers = await Promise.all(
          [one, other, one, other, one, other].map((world) => redeem(world, code, client)),
        );
        assert.equal(answers.filter(({ status }) => status === 200).length, 1);
        assert.equal(
          (await one.server.installation.db.read.selectFrom('system_user_tokens').selectAll().execute()).length,
          1,
        );
      }));

    test('P-1: what a business takes back is refused by the other node too', () =>
      withNodes(async (one, other) => {
        const token = await connected(one);
        assert.equal((await other.get(`/me?access_token=${token}`)).status, 200);
        const mine = await one.login(cast.shop.id, cast.ana.id, { permissions: ['business_management'] });
        const removed = await one.delete(`/${lantern.id}/connected_apps?app_id=${cast.shop.id}&access_token=${mine}`);
        assert.deepEqual(removed.body, { success: true });
        await other.server.installation.freshness.catchUp();
        for (const world of [one, other])
          assert.deepEqual(said(await world.get(`/me?access_token=${token}`)), [190, 458]);
      }));
  });
