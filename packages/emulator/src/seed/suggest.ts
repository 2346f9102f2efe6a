// This module finds the word that somebody probably meant: for keys, permissions and references that were mistyped.

/** Longer words are no slips of the finger, and comparing two takes as long as one times the other. */
const LONGEST = 60;

/** The nearest of `known` by letters added, left out, changed or swapped; undefined where none is near. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > LONGEST) return undefined;
  const least = Math.max(1, Math.floor(word.length / 3));
  let found: string | undefined;
  let best = least + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= best) continue;
    const steps = distance(word.toLowerCase(), candidate.toLowerCase());
    if (steps < best) {
      best = steps;
      found = candidate;
    }
  }
  return found;
}

/** `; did you mean X?` or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const guess = nearest(word, known);
  return guess === undefined ? '' : `; did you mean ${guess}?`;
}

// Optimal string alignment: three rows of the usual table are enough to see a swap.
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let steps = Math.min((row[j - 1] ?? 0) + 1, (last[j] ?? 0) + 1, (last[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        steps = Math.min(steps, (before[j - 2] ?? 0) + 1);
      row.push(steps);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
