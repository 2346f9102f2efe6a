// The end of a connection in a few words.
import { about } from '../../parts/about.ts';

/** @param until epoch seconds; absent for no end, and where it isn't known @param now epoch seconds */
export function endInWords(until: number | undefined, now: number): string {
  if (until === undefined) return 'no end known';
  return until > now ? about(until, now) : `ended ${about(until, now)}`;
}
