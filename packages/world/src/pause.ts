// A try that failed is made again after a pause that doubles each time, with chance in it, so that many that failed
// together do not come again together.
import type { Random } from '@hallpass/protocol';

/** Between 0.75 and 1.25. */
export function jitter(random: Random): number {
  const [high = 0, low = 0] = random.bytes(2);
  return 0.75 + (high * 256 + low) / 0x2_0000;
}

/** Seconds to wait after so many tries. @param first the pause after one try @param longest the most between two */
export function pauseAfter(
  tries: number,
  { first, longest }: { first: number; longest: number },
  random: Random,
): number {
  return Math.round(Math.min(longest, first * 2 ** Math.min(tries - 1, 20)) * jitter(random));
}
