// These tests are about how fast a server is asked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pacer } from './pacer.ts';

const random = { bytes: (length: number) => new Uint8Array(length).fill(128) };

function scene(callsPerMinute?: number) {
  const time = { ms: 0 };
  return { time, pacer: new Pacer({ wall: { ms: () => time.ms }, random, callsPerMinute }) };
}

test('VT-05: a budget is never exceeded in any minute after the first burst', () => {
  const { time, pacer } = scene(200);
  const made: number[] = [];
  for (let second = 0; second < 600; second++) {
    time.ms = second * 1000;
    const calls = Math.min(50, pacer.allowance());
    pacer.spend(calls);
    made.push(calls);
  }
  for (let from = 60; from < 540; from++)
    assert.ok(made.slice(from, from + 60).reduce((sum, calls) => sum + calls, 0) <= 201);
  const all = made.reduce((sum, calls) => sum + calls, 0);
  assert.ok(all >= 2100 && all <= 2200, `${all} calls in ten minutes`);
});

test('VT-05: the fuller the allowance of the server, the fewer calls, and none from 95 percent on', () => {
  const { time, pacer } = scene(600);
  pacer.spend(600);
  const after = (percent: number): number => {
    pacer.heard({ percent, wait: 0 }, false);
    time.ms += 10_000;
    const allowed = pacer.allowance();
    pacer.spend(allowed);
    return allowed;
  };
  assert.deepEqual([after(10), after(70), after(82.5)], [100, 100, 50]);
  assert.equal(after(96), 0);
  assert.ok(pacer.pause > 0);
});

test('VT-05: a server that asks for fewer calls is left alone for the time it names, or for longer and longer', () => {
  const { time, pacer } = scene();
  assert.equal(pacer.allowance(), Infinity);
  pacer.heard({ percent: 100, wait: 19 * 60 }, true);
  assert.equal(pacer.pause, 19 * 60);
  assert.equal(pacer.allowance(), 0);
  time.ms = 19 * 60_000;
  assert.equal(pacer.allowance(), Infinity);
  const pauses: number[] = [];
  for (let n = 0; n < 4; n++) {
    pacer.heard({ percent: 0, wait: 0 }, true);
    pauses.push(pacer.pause);
    time.ms += pacer.pause * 1000;
  }
  assert.ok(
    pauses.every((pause, at) => at === 0 || pause > (pauses[at - 1] ?? 0)),
    String(pauses),
  );
  pacer.heard({ percent: 0, wait: 0 }, false);
  assert.equal(pacer.pause, 0);
});
