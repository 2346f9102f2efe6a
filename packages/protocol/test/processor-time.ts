// Tests measure with these two functions, and with nothing else, where only time shows what a text or a request costs.
// A busy machine cannot fail them: they count the processor time of this process alone, take the quickest of many
// tries, and try what they compare in turns, so that both meet the same machine. A cost that is really too high shows
// in every try.
import assert from 'node:assert/strict';

/** Below this much processor time, in milliseconds, nothing is compared: it is over before anybody notices. */
const NOTICED = 4;
/** The larger input is so many times as long as the smaller one. */
const LARGER = 8;
/** Linear time grows eightfold and a little, as memory is further away; squares grow sixty-fourfold. */
const LINEAR = 3 * LARGER;
const MOST_TRIES = 16;
/** After so many milliseconds of processor time three tries are enough: what is too slow is slow for certain. */
const ENOUGH = 4000;

/** Processor time of one run in milliseconds. */
async function timeOf(run: () => unknown): Promise<number> {
  const began = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

/** Tries again and again until `good` says so; answers whether it did. `attempt` answers the milliseconds it took. */
async function ever(good: () => boolean, attempt: () => Promise<number>): Promise<boolean> {
  for (let tries = 0, spent = 0; tries < MOST_TRIES && (tries < 3 || spent < ENOUGH); tries++) {
    spent += await attempt();
    if (good()) return true;
  }
  return false;
}

/**
 * Fails when `run` takes time that grows faster than its input: it is tried with an input of `size`, and with one of
 * eight times that size, as `make` makes them. @param what names the input in the failure
 */
export async function mustGrowLinearly<T>(
  what: string,
  make: (size: number) => T,
  run: (input: T) => unknown,
  size: number,
): Promise<void> {
  const inputs = [make(size), make(size * LARGER)] as const;
  let [small, large] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const isLinear = await ever(
    () => large < NOTICED || large < LINEAR * Math.max(small, NOTICED / LARGER),
    async () => {
      const first = await timeOf(() => run(inputs[1]));
      large = Math.min(large, first);
      if (large < NOTICED) return first;
      const second = await timeOf(() => run(inputs[0]));
      small = Math.min(small, second);
      return first + second;
    },
  );
  assert.ok(isLinear, `${what}: ${small} ms, and ${large} ms for ${LARGER} times as much`);
}

/**
 * Fails when `run` takes `limit` milliseconds of processor time or more, however often it is tried. @returns what the
 * last run answered, and how long the quickest took
 */
export async function mustTakeLessThan<T>(
  limit: number,
  run: () => T | Promise<T>,
  what = 'It',
): Promise<{ answer: T; ms: number }> {
  let ms = Number.POSITIVE_INFINITY;
  const answers: T[] = [];
  const isQuick = await ever(
    () => ms < limit,
    async () => {
      const took = await timeOf(async () => void (answers[0] = await run()));
      ms = Math.min(ms, took);
      return took;
    },
  );
  assert.ok(isQuick, `${what} took ${ms} ms of processor time, and may take ${limit}`);
  const [answer] = answers as [T];
  return { answer, ms };
}
