// This helper tells whether something takes longer than its input is long: it is tried at a size and at eight times
// that size.

/** Below this much processor time, in milliseconds, nothing is compared: it is over before anybody notices. */
const NOTICED = 4;
const TRIES = 4;

async function cpuOf(run: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES; tries++) {
    const began = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(began);
    best = Math.min(best, (user + system) / 1000);
    if (best < NOTICED) break;
  }
  return best;
}

/**
 * Processor time in milliseconds for an input of `size`, and for eight times as much, the quickest of a few tries each.
 * Linear time grows eightfold and a little, as memory is further away; squares grow sixty-fourfold.
 */
export async function growthOf<T>(
  make: (size: number) => T,
  run: (input: T) => unknown,
  size: number,
): Promise<{ small: number; large: number; linear: boolean }> {
  const inputs = [make(size), make(size * 8)] as const;
  const large = await cpuOf(() => run(inputs[1]));
  if (large < NOTICED) return { small: 0, large, linear: true };
  const small = await cpuOf(() => run(inputs[0]));
  return { small, large, linear: large < 24 * Math.max(small, NOTICED / 8) };
}
