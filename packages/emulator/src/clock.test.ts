import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EmulatorClock } from './clock.ts';

const HOUR = 3600;
const DAY = 86_400;

/** A clock over real time that the test moves. */
function clockAt(at?: number) {
  const real = { now: 1_000_000 };
  return { real, clock: new EmulatorClock(() => real.now, at) };
}

test('a clock begins now, or where it is told, and goes on with real time', () => {
  const { real, clock } = clockAt(5000);
  assert.equal(clockAt().clock.now(), 1_000_000);
  assert.equal(clock.now(), 5000);
  real.now += 10;
  assert.equal(clock.now(), 5010);
});

test('moving it runs every tick that it passes, each at its own moment, before it answers', async () => {
  const { clock } = clockAt(0);
  const ran: [string, number][] = [];
  clock.every(HOUR, () => void ran.push(['hourly', clock.now()]));
  clock.at(90 * 60, () => void ran.push(['once', clock.now()]));
  await clock.advance(3 * HOUR);
  assert.deepEqual(ran, [
    ['hourly', HOUR],
    ['once', 90 * 60],
    ['hourly', 2 * HOUR],
    ['hourly', 3 * HOUR],
  ]);
  assert.equal(clock.now(), 3 * HOUR);
});

test('a task that takes its time is waited for', async () => {
  const { clock } = clockAt(0);
  let done = 0;
  clock.every(HOUR, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    done++;
  });
  await clock.advance(DAY);
  assert.equal(done, 24);
});

test('work that has begun ends before the clock is moved, at the moment at which it began', async () => {
  const begun = Promise.withResolvers<void>();
  const clock: EmulatorClock = new EmulatorClock(
    () => 0,
    0,
    true,
    () => begun.promise,
  );
  let ended = -1;
  const moves = [clock.advance(HOUR), clock.set(DAY)];
  const work = begun.promise.then(() => (ended = clock.now()));
  begun.resolve();
  await Promise.all([work, ...moves]);
  assert.deepEqual([ended, clock.now()], [0, DAY]);
});

test('a cancelled timer does not run, also when an earlier task cancels it', async () => {
  const { clock } = clockAt(0);
  let ran = 0;
  const later = clock.at(200, () => void ran++);
  clock.at(100, () => later.cancel());
  await clock.advance(300);
  assert.equal(ran, 0);
});

test('a frozen clock stands still until it is moved', async () => {
  const { real, clock } = clockAt(0);
  clock.freeze(true);
  real.now += 50;
  assert.equal(clock.now(), 0);
  await clock.advance(60);
  assert.equal(clock.now(), 60);
  clock.freeze(false);
  real.now += 5;
  assert.equal(clock.now(), 65);
});

test('real time makes timers due at the next tick of the host', async () => {
  const { real, clock } = clockAt();
  let ran = 0;
  clock.every(HOUR, () => void ran++);
  await clock.tick();
  assert.equal(ran, 0);
  real.now += HOUR;
  await clock.tick();
  await clock.tick();
  assert.equal(ran, 1);
});

test('going back runs nothing, and hourly work goes on an hour after', async () => {
  const { clock } = clockAt(100 * DAY);
  let ran = 0;
  clock.every(HOUR, () => void ran++);
  await clock.set(10 * DAY);
  assert.deepEqual([clock.now(), ran], [10 * DAY, 0]);
  await clock.advance(HOUR);
  assert.equal(ran, 1);
});

test('moves that are asked for at the same time happen one after another', async () => {
  const { clock } = clockAt(0);
  const seen: number[] = [];
  clock.every(HOUR, async () => {
    seen.push(clock.now());
    await new Promise((resolve) => setImmediate(resolve));
  });
  await Promise.all([clock.advance(2 * HOUR), clock.advance(HOUR)]);
  assert.deepEqual(seen, [HOUR, 2 * HOUR, 3 * HOUR]);
});

test('a clock is not advanced backwards', async () => {
  const { clock } = clockAt(0);
  await assert.rejects(clock.advance(-1), /set\(\) to go back/);
  await assert.rejects(clock.advance(Number.NaN), RangeError);
});

test('a clock can be put where another one stood', () => {
  const { real, clock } = clockAt(0);
  real.now += 7;
  const other = clockAt().clock;
  other.place(clock.position);
  assert.equal(other.now(), clock.now() - 7);
});
