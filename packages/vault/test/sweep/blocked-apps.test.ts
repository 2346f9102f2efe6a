// These tests are about apps that the platform has blocked, disabled or deleted: the people behind the tokens can do nothing
// and are not asked to; the team is told of the app.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { places } from '../../../db/test/databases.ts';
import { reconnectUrl } from '../../src/connections/reconnect-link.ts';
import { recordEvent } from '../../src/events/record-event.ts';
import { createService } from '../../src/service/service.ts';
import { refusalKey } from '../../src/store/apps/app-refusals.ts';
import { addSetting } from '../../src/store/settings.ts';
import { DAY } from '../documented-graph.ts';
import { peopleScene } from '../people-scene.ts';
import { person, sweptVault } from './swept-vault.ts';

const newPlace = places['SQLite in memory'] ?? assert.fail('There is no such place.');

const answers = {
  'it was deleted': { code: 190, message: 'Error validating application. Application has been deleted.' },
  'its access is blocked': { code: 200, message: 'API access blocked.' },
  'its developer has to be confirmed': {
    code: 200,
    message: 'API access deactivated. To reactivate, go to the app dashboard.',
  },
};

for (const [name, error] of Object.entries(answers))
  for (const secret of ['known', 'unknown'] as const)
    test(`an app of which the server says that ${name} blocks its tokens, where its secret is ${secret}`, async () => {
      const vault = await sweptVault();
      for (const id of ['1', '2']) await vault.hold(vault.graph.issue(person(id)));
      if (secret === 'unknown')
        await vault.parts.db.act(({ tx }) => tx.updateTable('apps').set({ secret: null }).execute());
      const sweeper = vault.sweeper();
      for (let hour = 0; hour < 60; hour++) {
        if (hour === 3)
          vault.graph.instead = () => ({ status: 400, body: { error: { ...error, type: 'OAuthException' } } });
        await sweeper.sweep();
        await vault.moveTo(vault.now() + DAY / 24);
      }
      const events = (await vault.events()).map(({ kind, facts }) => `${kind} ${String(facts['advice'])}`);
      assert.deepEqual(events.sort(), ['app_refused app_blocked', 'blocked app_blocked', 'blocked app_blocked']);
      for (const { id } of await vault.parts.db.read.selectFrom('connections').select('id').execute())
        assert.equal((await vault.row(id)).state, 'blocked_at_meta');
      await vault.close();
    });

async function blockedApp(t: Parameters<typeof peopleScene>[0], team: string[]) {
  const scene = await peopleScene(t, newPlace());
  await scene.prefer({ team });
  for (const id of ['shop', 'cafe']) await scene.connection(id);
  const { db } = scene.vault.parts;
  const happens = async (advice: string, refused: boolean) => {
    await db.act(async ({ tx }) => {
      const at = scene.now();
      if (refused) {
        await addSetting(tx, 'main', refusalKey('17'), { since: at, advice });
        await recordEvent(
          { tx },
          { tenant: 'main', connectionId: null, kind: 'app_refused', at, facts: { app_id: '17', advice } },
        );
      }
    });
    for (const id of ['shop', 'cafe']) {
      await scene.change(id, { state: 'blocked_at_meta', advice });
      await scene.happens(id, 'blocked', { state: 'blocked_at_meta', advice });
    }
    await scene.pass(60);
  };
  return { ...scene, happens };
}

test('the team gets one mail of a blocked app, and no owner is mailed; an account at a checkpoint is told to its owner', async (t) => {
  const { happens, post } = await blockedApp(t, ['team@example.com']);
  await happens('app_blocked', true);
  const { to, email } = await post.next();
  assert.deepEqual([to, email.subject], [['team@example.com'], 'Facebook refuses the app 17']);
  assert.match(email.text ?? '', /blocked the app, disabled it or deleted it, so none of its tokens works/);
  assert.doesNotMatch(email.text ?? '', /Log in|Renew|reconnect/);
  assert.equal(post.waiting(), 0);
  await happens('visit_site', false);
  assert.deepEqual((await post.next()).to, ['ann@example.com']);
});

test('where the block of an app was learnt of its tokens alone, the team is told of these, and why', async (t) => {
  const { happens, post } = await blockedApp(t, ['team@example.com']);
  await happens('app_blocked', false);
  const { to, email } = await post.next();
  assert.deepEqual(to, ['team@example.com']);
  assert.match(
    email.text ?? '',
    /The app itself is blocked: the people who run Acme have to settle that with Facebook/,
  );
  assert.match(email.text ?? '', /registered for the team of Acme/);
  assert.equal(post.waiting(), 0);
});

test('where no team can be reached the owner is told, without being asked to log in', async (t) => {
  const { happens, post } = await blockedApp(t, []);
  await happens('app_blocked', true);
  const { to, email } = await post.next();
  assert.deepEqual(to, ['ann@example.com']);
  assert.doesNotMatch(email.text ?? '', /Log in|Renew:|\/reconnect\//);
});

test('the link of an older mail leads to no dialog where logging in does not help, and its page says what does', async (t) => {
  const { vault, change, connection } = await peopleScene(t, newPlace());
  await connection('shop');
  const service = createService({ vault });
  const link = reconnectUrl(vault.parts, { tenant: 'main', id: 'shop', token_version: 0 }) ?? '';
  for (const [state, advice, words] of [
    ['blocked_at_meta', 'app_blocked', /blocked the app that it belongs to/],
    ['blocked_at_meta', 'visit_site', /Log in to Facebook directly/],
    ['needs_role', 'ask_role', /Someone who manages the Page/],
    ['dead', 'give_up', /no longer exists at Facebook/],
  ] as const) {
    await change('shop', { state, advice });
    for (const method of ['GET', 'POST']) {
      const answer = await service.fetch(new Request(link, { method }));
      assert.equal(answer.headers.get('location'), null, state);
      const page = await answer.text();
      assert.match(page, words);
      assert.doesNotMatch(page, /<form/);
    }
    assert.equal((await vault.get('shop')).reconnectUrl, undefined, `${state} has no link`);
    vault.parts.forget({ tenant: 'main', id: 'shop' });
  }
});
