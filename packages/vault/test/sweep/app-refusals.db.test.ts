// These tests are about an app that the platform refuses: its team is told once, and once when it is accepted again.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachDatabase } from '../vaults.ts';
import { peopleScene } from '../people-scene.ts';
import { recordEvent } from '../../src/events/record-event.ts';
import { addSetting, deleteSetting } from '../../src/store/settings.ts';
import { refusalKey } from '../../src/store/apps/app-refusals.ts';
import { DAY } from '../documented-graph.ts';
import { kinds, person, sweptVault } from './swept-vault.ts';

const refusal = () => ({
  status: 400,
  body: { error: { message: 'Error validating application.', type: 'OAuthException', code: 101 } },
});

onEachDatabase('An app that the platform refuses', (newPlace) => {
  it('is one event however many tokens and workers find it, and one when it is accepted again', async (t) => {
    const vault = await sweptVault({ place: newPlace() });
    t.after(() => vault.close());
    for (const id of ['1', '2', '3']) await vault.hold(vault.graph.issue(person(id)));
    const [one, two] = [vault.sweeper(), vault.sweeper()];
    vault.graph.instead = refusal;
    for (let day = 0; day < 3; day++) {
      await Promise.all([one.sweep(), two.sweep()]);
      await vault.moveTo(vault.now() + DAY);
    }
    const ofApp = async () => (await kinds(vault)).filter((kind) => kind.startsWith('app_'));
    assert.deepEqual(await ofApp(), ['app_refused']);
    vault.graph.instead = () => ({ status: 502, body: '<html>Bad gateway</html>' });
    await one.sweep();
    assert.deepEqual(await ofApp(), ['app_refused'], 'an answer that is none says nothing of the app');
    vault.graph.instead = undefined;
    await vault.moveTo(vault.now() + 2 * DAY);
    await Promise.all([one.sweep(), two.sweep()]);
    assert.deepEqual(await ofApp(), ['app_refused', 'app_accepted']);
  });

  it('is told to the team by mail, not to the owners, and so is its end', async (t) => {
    const scene = await peopleScene(t, newPlace());
    await scene.prefer({ team: ['team@example.com'] });
    await scene.connection('shop');
    const happens = (kind: 'app_refused' | 'app_accepted') =>
      scene.vault.parts.db.act(async ({ tx }) => {
        if (kind === 'app_refused') await addSetting(tx, 'main', refusalKey('17'), { since: scene.now() });
        else await deleteSetting(tx, 'main', refusalKey('17'));
        await recordEvent(
          { tx },
          { tenant: 'main', connectionId: null, kind, at: scene.now(), facts: { app_id: '17' } },
        );
      });
    await happens('app_refused');
    await scene.pass(30);
    const { email, to } = await scene.post.next();
    assert.deepEqual([to, email.subject], [['team@example.com'], 'Facebook refuses the app 17']);
    assert.match(email.text ?? '', /none of its tokens can be checked or extended/);
    assert.match(email.text ?? '', /registered for the team of/);
    await happens('app_accepted');
    await scene.pass(3600);
    assert.equal((await scene.post.next()).email.subject, 'Facebook accepts the app 17 again');
    assert.equal(scene.post.waiting(), 0);
  });
});
