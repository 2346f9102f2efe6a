// Tokens die in every way that is declared: every event and every refusing state × every kind of token, on both
// databases. Each is brought about by the act that brings it about in life; what must die answers the documented error,
// everything else goes on, and debug_token tells which error it is and when it happened.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  errors,
  type InvalidationName,
  invalidations,
  type RefusingStateName,
  refusingStates,
} from '@hallpass/protocol';
import { databases } from '../databases.ts';
import { START } from '../world.ts';
import { call, scene, tokenNames, type Scene } from './death-scene.ts';
import { events, states, type Case } from './death-cases.ts';

async function expectDeath(
  stage: Scene,
  name: string,
  one: Case,
  key: keyof typeof errors,
  at: number | undefined,
): Promise<void> {
  const expected = errors[key] as { code: number; subcode?: number };
  for (const token of tokenNames) {
    const answer = await call(stage.world, token, stage.tokens[token]);
    if (!one.kills.includes(token)) {
      assert.equal(answer.status, 200, `${token} should live through ${name}: ${answer.text}`);
      continue;
    }
    assert.equal(answer.status, 400, `${token} should die of ${name}: ${answer.text}`);
    // A generated app token says nothing of its past: it only fits or does not.
    const subcode = token === 'generated' ? undefined : expected.subcode;
    assert.deepEqual(
      [answer.body.error.code, answer.body.error.error_subcode],
      [expected.code, subcode],
      `${token} after ${name}: ${answer.text}`,
    );
  }
  const inspected = one.kills.find((token) => !['otherApp', 'draft', 'generated', 'secret', 'client'].includes(token));
  if (inspected === undefined || stage.tokens.secret === undefined || one.kills.includes('secret')) return;
  const { data } = (
    await stage.world.get(
      `/debug_token?input_token=${stage.tokens[inspected]}&access_token=${encodeURIComponent(stage.tokens.secret)}`,
    )
  ).body;
  assert.equal(data.is_valid, false);
  assert.deepEqual([data.error.code, data.error.subcode], [expected.code, expected.subcode]);
  if (at !== undefined) assert.equal(data.invalidated_at, at);
}

for (const [database, open] of databases()) {
  describe(`on ${database}`, () => {
    for (const [name, one] of Object.entries(events))
      test(`${name} kills ${one.kills.join(', ')} and nothing else, for good`, async (t) => {
        const stage = await scene({ database: await open() }, t);
        for (const token of tokenNames)
          assert.equal((await call(stage.world, token, stage.tokens[token])).status, 200, token);
        await stage.world.clock.advance(5);
        await one.act(stage);
        await expectDeath(stage, name, one, invalidations[name as InvalidationName].error, START + 5);
        await stage.world.clock.advance(60);
        await expectDeath(stage, `${name} a minute ago`, one, invalidations[name as InvalidationName].error, START + 5);
      });

    for (const [name, one] of Object.entries(states))
      test(`${name} refuses ${one.kills.join(', ')} and nothing else${one.end ? ', as long as it lasts' : ''}`, async (t) => {
        const stage = await scene({ database: await open() }, t);
        await one.act(stage);
        await expectDeath(stage, name, one, refusingStates[name as RefusingStateName].error, undefined);
        if (one.end) {
          await one.end(stage);
          for (const token of tokenNames)
            assert.equal(
              (await call(stage.world, token, stage.tokens[token])).status,
              200,
              `${token} after the end of ${name}`,
            );
        }
      });

    test('time kills each token at its own end, and a Page token of a long-lived one has none', async (t) => {
      const stage = await scene({ database: await open() }, t);
      await stage.world.clock.advance(2 * 3600);
      const expired = errors['token.session_expired'];
      for (const token of tokenNames) {
        const { status, body } = await call(stage.world, token, stage.tokens[token]);
        const dies = ['short', 'info', 'otherSession', 'otherApp', 'otherPerson', 'draft'].includes(token);
        assert.equal(status, dies ? 400 : 200, token);
        if (dies) assert.equal(body.error.error_subcode, expired.subcode);
      }
      await stage.world.clock.advance(60 * 86_400);
      assert.equal((await call(stage.world, 'long', stage.tokens.long)).body.error.error_subcode, 463);
      for (const token of [
        'bakery',
        'garden',
        'generated',
        'secret',
        'client',
        'system',
        'systemPage',
        'connected',
        'connectedPage',
      ] as const)
        assert.equal((await call(stage.world, token, stage.tokens[token])).status, 200, token);
    });

    test('RR-08: of two events on one token the first is the reason, whichever level it hit', async (t) => {
      const stage = await scene({ database: await open() }, t);
      await stage.world.clock.advance(10);
      await events.revoked.act(stage);
      await stage.world.clock.advance(10);
      await events.password_changed.act(stage);
      const { data } = (
        await stage.world.get(
          `/debug_token?input_token=${stage.tokens.long}&access_token=${encodeURIComponent(stage.tokens.secret)}`,
        )
      ).body;
      assert.deepEqual([data.error.subcode, data.invalidated_at], [466, START + 10]);
      assert.equal((await call(stage.world, 'otherSession', stage.tokens.otherSession)).body.error.error_subcode, 460);
    });
  });
}
