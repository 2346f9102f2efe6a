// A meter counts what was used within its span, whoever stores it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Meter } from './meter.ts';

const HOUR = 3600;
/** At the beginning of a slot. */
const noon = 1_795_262_400;

describe('a meter of an hour', () => {
  test('counts what was added, and lets it go after an hour at the latest and 55 minutes at the soonest', () => {
    const meter = new Meter(HOUR);
    meter.add(noon + 299, 5, 0, 0);
    meter.roll(noon + HOUR - 1);
    assert.equal(meter.calls, 5);
    meter.roll(noon + HOUR);
    assert.equal(meter.calls, 0);
  });

  test('lets go slot by slot, and says when so little is left as one asks for', () => {
    const meter = new Meter(HOUR);
    for (let minute = 0; minute < 60; minute++) meter.add(noon + minute * 60, 1, 10, 2);
    assert.deepEqual([meter.calls, meter.cpu, meter.time], [60, 600, 120]);
    const now = noon + HOUR - 1;
    assert.equal(
      meter.secondsUntil(now, (left) => left.calls < 60),
      1,
    );
    assert.equal(
      meter.secondsUntil(now, (left) => left.calls <= 50),
      301,
    );
    assert.equal(
      meter.secondsUntil(now, (left) => left.calls < 100),
      0,
    );
    meter.roll(noon + HOUR + 600);
    assert.equal(meter.calls, 45);
  });

  test('begins anew where the clock was set back, and after a long silence', () => {
    const meter = new Meter(HOUR);
    meter.add(noon, 7, 0, 0);
    meter.roll(noon - HOUR);
    assert.equal(meter.calls, 0);
    meter.add(noon - HOUR, 3, 0, 0);
    meter.roll(noon + 30 * 86_400);
    assert.equal(meter.calls, 0);
  });

  test('hands out what is not stored once, takes it back, and takes in what others stored', () => {
    const meter = new Meter(HOUR);
    meter.add(noon, 2, 0, 0);
    meter.add(noon + 400, 3, 100.4, 5);
    const taken = meter.take();
    assert.deepEqual(taken, [
      { slot: noon, calls: 2, cpu: 0, time: 0 },
      { slot: noon + 300, calls: 3, cpu: 100, time: 5 },
    ]);
    assert.deepEqual(meter.take(), []);
    meter.add(noon + 400, 1, 0, 0);
    meter.rebase(noon + 400, [
      ...taken.slice(1),
      { slot: noon, calls: 12, cpu: 0, time: 0 },
      { slot: noon - HOUR, calls: 99, cpu: 0, time: 0 },
    ]);
    assert.equal(meter.calls, 16);
    meter.giveBack(taken);
    assert.deepEqual(
      meter.take().map(({ calls }) => calls),
      [2, 4],
    );
  });

  test('can be set to a number of calls, also for those who read what it stores', () => {
    const meter = new Meter(HOUR);
    meter.add(noon, 50, 10, 10);
    const before = meter.take();
    meter.set(noon + 600, 5);
    assert.deepEqual([meter.calls, meter.cpu, meter.time], [5, 0, 0]);
    const stored = [...before, ...meter.take()];
    assert.equal(
      stored.reduce((sum, { calls }) => sum + calls, 0),
      5,
    );
  });
});
