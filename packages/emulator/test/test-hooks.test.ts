// An emulator for a suite of tests: one start, and a fresh world for each test. The tests here run one after another, and
// each would fail by what the one before it left.
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { emulatorForTests } from '../src/index.ts';
import { ask } from './outside.ts';

describe('with the hooks of node:test', () => {
  const emulator = emulatorForTests({ before, beforeEach, after });
  for (const round of ['the first', 'the second'])
    test(`${round} test finds the world as its seed has it`, async () => {
      const { url, people, clock, faults } = emulator();
      assert.deepEqual(faults.list(), []);
      const ana = people.get('Ana');
      const token = await ana.accessToken({ scope: 'email' });
      assert.equal((await ask(url, `/me?access_token=${token}`)).body.name, ana.name);
      await ana.changePassword('a-password-of-one-test');
      faults.add({ step: 'graph.authorised', error: 'server.away' });
      await clock.advance(61 * 86_400);
    });
});

describe('with the names of vitest and jest, and a world that is prepared', () => {
  let token = '';
  const emulator = emulatorForTests(
    { beforeAll: before, beforeEach, afterAll: after },
    {
      async prepare({ people }) {
        token = await people.get('Ana').accessToken({ scope: 'email' });
      },
    },
  );
  for (const round of ['the first', 'the second'])
    test(`${round} test begins with the token that was prepared`, async () => {
      const { url, people } = emulator();
      assert.equal((await ask(url, `/me?access_token=${token}`)).status, 200);
      await people.get('Ana').removeApp();
      assert.equal((await ask(url, `/me?access_token=${token}`)).body.error.error_subcode, 458);
    });
});

test('an emulator that is asked for outside of tests says so', () => {
  const nothing = (): void => {};
  const emulator = emulatorForTests({ before: nothing, beforeEach: nothing, after: nothing });
  assert.throws(emulator, /inside a test/);
});
