import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appsecretProof, timedProof } from '@hallpass/protocol';
import { judgeProof } from './proof.ts';

const secret = '11111111111111111111111111111111';
const token = 'EAAtoken';
const now = 1_795_264_496;

test('the right proof is right, in its plain and in its timed form', async () => {
  assert.equal(judgeProof(await appsecretProof(token, secret), undefined, token, secret, now), 'right');
  assert.equal(judgeProof(await timedProof(token, secret, now), String(now), token, secret, now), 'right');
});

test('TM-06: of another token, of another app, in upper case, cut, timed without time and untimed with time are wrong', async () => {
  const right = await appsecretProof(token, secret);
  const timed = await timedProof(token, secret, now);
  for (const [proof, time] of [
    [await appsecretProof('EAAother', secret), undefined],
    [await appsecretProof(token, '2'.repeat(32)), undefined],
    [right.toUpperCase(), undefined],
    [right.slice(1), undefined],
    [timed, undefined],
    [right, String(now)],
    ['', undefined],
  ] as const)
    assert.equal(judgeProof(proof, time, token, secret, now), 'wrong');
});

test('TM-06: a timed proof holds for 300 seconds back and 60 seconds ahead', async () => {
  for (const [age, verdict] of [
    [300, 'right'],
    [301, 'too_old'],
    [-60, 'right'],
    [-61, 'in_the_future'],
  ] as const) {
    const time = now - age;
    assert.equal(judgeProof(await timedProof(token, secret, time), String(time), token, secret, now), verdict);
  }
  assert.equal(judgeProof(undefined, String(now), token, secret, now), 'time_without_proof');
  assert.equal(judgeProof('a'.repeat(64), '1e9', token, secret, now), 'bad_time');
});
