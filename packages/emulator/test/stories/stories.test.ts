// Stories leave more behind than the answer to one token, which the table of story-chains.test.ts has. One may fail
// half-way, and none reaches another world.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { oldestLiving } from '@hallpass/protocol';
import type { Emulator } from '../../src/index.ts';
import { ask, control, emulator } from '../outside.ts';

let world: Emulator;
before(async () => {
  world = await emulator();
});
after(() => world.close());
beforeEach(() => world.reset());

const play = async (story: string, more: Record<string, string> = {}) => {
  const { status, body } = await control(world, 'stories', { play: story, person: 'Ana', ...more });
  assert.equal(status, 200, JSON.stringify(body));
  return body as { did: string[]; undoable: boolean; expect: string };
};
const token = () => world.people.get('Ana').accessToken({ scope: 'email' });
const me = (of: string) => ask(world.url, `/me?fields=name,email&access_token=${of}`);
test('permission-taken-back and permission-declined: the token lives, and the field is absent', async () => {
  for (const story of ['permission-taken-back', 'permission-declined']) {
    await world.reset();
    await play(story);
    const held = await world.people.get('Ana').accessToken();
    const { status, body } = await me(held);
    assert.deepEqual([status, body.email], [200, undefined], story);
    const { body: given } = await ask(world.url, `/me/permissions?access_token=${held}`);
    const email = (given.data as { permission: string; status: string }[]).find(
      ({ permission }) => permission === 'email',
    );
    assert.equal(email?.status, 'declined', story);
  }
});

test('secret-leaked-and-reset-by-platform: the old secret is refused, and the new one is told', async () => {
  const [app] = world.seed.world.apps;
  const { did } = await play('secret-leaked-and-reset-by-platform');
  const [, fresh] = /the new one is ([0-9a-f]+)/.exec(did.join()) ?? [];
  const ofApp = (secret: string | undefined) => ask(world.url, `/app?access_token=${app?.id}|${secret}`);
  assert.deepEqual([(await ofApp(app?.secret)).status, (await ofApp(fresh)).status], [400, 200]);
});

test('version-sunset: the oldest version that lived has ended, and the setting says how it is answered', async (t) => {
  const strict = await emulator({ settings: { endedVersions: 'refuse' } });
  t.after(() => strict.close());
  const version = oldestLiving(strict.clock.now());
  const ofApp = async () => {
    const [app] = strict.seed.world.apps;
    return (await ask(strict.url, `/${version}/app?access_token=${app?.id}|${app?.secret}`)).status;
  };
  assert.equal(await ofApp(), 200);
  assert.equal((await control(strict, 'stories', { play: 'version-sunset' })).status, 200);
  assert.equal(await ofApp(), 400);
});

test('a code and a dialog fail once', async () => {
  await play('code-used-twice');
  await assert.rejects(token(), /36009/);
  await token();
  await play('dialog-fails');
  assert.ok((await world.people.get('Ana').logIn()).error);
  assert.ok((await world.people.get('Ana').logIn()).code);
});

test('every story is listed with what happens, what a good app does, and why where it is a fault', async () => {
  const { body } = await control(world, 'stories');
  const cards = body.stories as Record<'story' | 'doc' | 'answer' | 'expect' | 'strikes' | 'leaves', string>[];
  assert.ok(cards.length >= 40, String(cards.length));
  for (const { story, ...words } of cards)
    for (const [part, text] of Object.entries(words)) assert.ok(text.length > 0, `${story}: ${part}`);
});

test('a story that fails half-way undoes what it did, and says where it stood', async () => {
  const [app] = world.seed.world.apps;
  // Nobody can log in to an app that is disabled: taking it off works, coming back does not.
  await world.people.get('Ana').logIn();
  await control(world, 'app', { who: app?.id ?? '', act: 'disable' });
  const { status, body } = await control(world, 'stories', { play: 'app-removed-and-re-added', person: 'Ana' });
  assert.equal(status, 409);
  assert.match(body.error.message, /^The story app-removed-and-re-added failed after: Ana Maria Lopes removes /);
});

test('a story reaches no other world, and names that are none are told', async () => {
  const other = await world.worlds.create('calm');
  const held = await other.people.get('Ana').accessToken();
  await play('password-changed');
  const answer = await fetch(`${world.url}/me?access_token=${held}`, { headers: { 'x-hallpass-world': 'calm' } });
  assert.equal(answer.status, 200);
  assert.equal((await control(world, 'stories', { play: 'nothing' })).status, 400);
  assert.equal((await control(world, 'stories', { play: 'checkpoint', person: 'Zoe' })).status, 409);
  assert.equal((await control(world, 'stories', { play: 'checkpoint', app: 'Zoe' })).status, 404);
});
