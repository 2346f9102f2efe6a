// Moments in words, rounded as people do, e.g. `in about 2 months`.
const units: readonly (readonly [seconds: number, name: string, from: number])[] = [
  [365 * 86_400, 'year', 547 * 86_400],
  [30 * 86_400, 'month', 45 * 86_400],
  [86_400, 'day', 36 * 3600],
  [3600, 'hour', 50 * 60],
  [60, 'minute', 90],
  [1, 'second', 0],
];

/** @param at epoch seconds @param now epoch seconds @returns e.g. `in about 2 months`, `about 3 weeks ago` */
export function about(at: number, now: number): string {
  const apart = Math.abs(at - now);
  const [seconds, name] = units.find(([, , from]) => apart >= from) ?? [1, 'second'];
  const count = Math.max(1, Math.round(apart / seconds));
  const words = `about ${count} ${name}${count === 1 ? '' : 's'}`;
  return at >= now ? `in ${words}` : `${words} ago`;
}
