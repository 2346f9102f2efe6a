// Finds out whether a regular expression takes longer than its text is long: it is tried on texts that repeat what it
// is made of and fail at their end. A pattern that backtracks in squares takes hundreds of times as long as one that
// does not.

/**
 * Lengths in characters, shortest first and close to each other, so that a slow pattern is found soon after it begins
 * to be slow: one that doubles its time with each character at once, one of cubes before it takes seconds.
 */
const LENGTHS = [22, 24, 200, 600, 2000, 6000, 20_000];
/** Processor time in milliseconds that no pattern of linear time comes near, at any of these lengths. */
const TOO_LONG = 12;
/** Processor time in milliseconds that nothing but the pattern can take: one try is enough. */
const CERTAIN = 200;
const TRIES = 12;

/** Characters that somebody would try whatever the pattern is. */
const usual = [
  'a',
  'A',
  '1',
  '0',
  ' ',
  '\t',
  '\n',
  '.',
  '-',
  '_',
  '"',
  "'",
  '\\',
  '%',
  '=',
  ',',
  ':',
  '/',
  '@',
  '[',
  ']',
  '{',
  '}',
  '(',
  '&',
  '|',
];

/** Takes a pattern apart into what it is made of: its own words and signs. */
function partsOf({ source }: RegExp): string[] {
  const plain = source.replaceAll(/\\[dDwWsSbBnrtvf0]|\\u[0-9A-Fa-f]{4}|\\p\{\w+\}|\{\d+(?:,\d*)?\}/g, ' ');
  const words = plain.match(/[A-Za-z_]{2,}/g) ?? [];
  const signs = plain.match(/[^A-Za-z0-9_\s]/g) ?? [];
  return [...new Set([...words, ...signs])].slice(0, 24);
}

/** The text that is repeated: single parts, and pairs of the pattern's own. */
function pumps(pattern: RegExp): string[] {
  const own = partsOf(pattern);
  const pairs = own.flatMap((first) => [...own, 'a', ' '].map((second) => first + second));
  return [...new Set([...usual, ...own, ...pairs])];
}

function apply(pattern: RegExp, text: string): void {
  pattern.lastIndex = 0;
  if (pattern.global) text.replace(pattern, '');
  else pattern.test(text);
}

/** Milliseconds of the quickest of a few tries; the first that is quick enough, or certainly too slow, ends it. */
function timeOf(pattern: RegExp, text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES && best > TOO_LONG; tries++) {
    const began = process.cpuUsage();
    apply(pattern, text);
    const { user, system } = process.cpuUsage(began);
    const ms = (user + system) / 1000;
    best = Math.min(best, ms);
    if (ms > CERTAIN) break;
  }
  return best;
}

/**
 * The text whose repetition makes a pattern slow, with its length and time; undefined for a pattern that is always
 * quick.
 */
export function slowText(pattern: RegExp): { pump: string; length: number; ms: number } | undefined {
  const all = pumps(pattern);
  for (const length of LENGTHS)
    for (const pump of all)
      for (const start of ['', ...partsOf(pattern).slice(0, 4)]) {
        const text = `${start}${pump.repeat(Math.ceil(length / pump.length)).slice(0, length)}\0`;
        const ms = timeOf(pattern, text);
        if (ms > TOO_LONG) return { pump, length, ms };
      }
  return undefined;
}
