// Two connections become one. This stands alone, because a command below `hallpass exec` waits for what is loaded with
// it.
import type { Duplex } from 'node:stream';

/** Joins two connections: what comes from either goes to the other, and both end together. */
export function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
    from.pipe(to);
  }
}
