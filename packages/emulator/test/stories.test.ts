// Stories happen by real acts: what the app is answered afterwards is what the card says, and undoing one puts back what
// can be put back.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { oldestLiving } from '@hallpass/protocol';
import type { Emulator } from '../src/index.ts';
import { ask, control, emulator } from './outside.ts';

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
const undo = async () => {
  const response = await fetch(`${world.url}/_/emulator/stories`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${world.controlToken}` },
  });
  return ((await response.json()) as { undone: string[] }).undone;
};
const token = () => world.people.get('Ana').accessToken({ scope: 'email' });
const me = (of: string) => ask(world.url, `/me?fields=name,email&access_token=${of}`);
/** Code and subcode of the refusal, or the status. */
async function answerTo(of: string): Promise<string> {
  const { status, body } = await me(of);
  if (status === 200) return '200';
  const { code, error_subcode: subcode } = body.error;
  return subcode === undefined ? String(code) : `${code}/${subcode}`;
}

/** By story: the answer to a token of before, and whether that token is good again when the story was undone. */
const endings: Readonly<Record<string, [answer: string, afterUndo: 'good' | 'dead' | 'stays']>> = {
  'password-changed': ['190/460', 'dead'],
  'account-locked': ['190/459', 'good'],
  checkpoint: ['190/459', 'good'],
  'account-unconfirmed': ['190/464', 'good'],
  'logged-out': ['190/467', 'stays'],
  'account-deleted': ['190/465', 'stays'],
  'app-removed': ['190/458', 'dead'],
  'app-removed-with-deletion': ['190/458', 'dead'],
  'app-removed-and-re-added': ['190/458', 'stays'],
  'ninety-days-quiet': ['190/463', 'good'],
  'token-expired': ['190/463', 'good'],
  'app-disabled': ['190', 'good'],
  'app-deleted': ['190', 'stays'],
  'tokens-ended': ['190/467', 'stays'],
  'app-rate-limited': ['4', 'good'],
  'person-rate-limited': ['17', 'good'],
  'graph-away': ['2', 'good'],
  'unknown-error': ['1', 'good'],
  'answer-lost': ['2', 'good'],
  'api-access-blocked': ['368', 'good'],
  'token-refused-once': ['190/467', 'good'],
};

for (const [story, [answer, afterUndo]] of Object.entries(endings))
  test(`${story}: the token of before is answered ${answer}; undone, it is ${afterUndo === 'good' ? 'good again' : 'as dead'}`, async () => {
    const held = await token();
    assert.equal(await answerTo(held), '200');
    const { did, undoable } = await play(story);
    assert.ok(did.length > 0);
    assert.equal(await answerTo(held), answer);
    assert.equal(undoable, afterUndo !== 'stays');
    assert.deepEqual(await undo(), afterUndo === 'stays' ? [] : [story]);
    if (afterUndo === 'good') assert.equal(await answerTo(held), '200');
    else assert.notEqual(await answerTo(held), '200');
  });

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

test('secret-reset: the old secret is refused, and the new one is told', async () => {
  const [app] = world.seed.world.apps;
  const { did } = await play('secret-reset');
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

test('every story is listed with what happens and what a good app does, and every one can be played', async () => {
  const { body } = await control(world, 'stories');
  const cards = body.stories as { story: string; doc: string; answer: string; expect: string }[];
  assert.ok(cards.length >= 30, String(cards.length));
  for (const { story, doc, answer, expect } of cards) {
    for (const words of [doc, answer, expect]) assert.ok(words.length > 0, story);
    if (story in endings || story === 'version-sunset') continue;
    await world.reset();
    await play(story);
  }
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
