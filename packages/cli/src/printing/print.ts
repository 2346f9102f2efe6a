// These functions print tables and moments for people.

/** Columns side by side, two spaces apart; the first row is the head where `head` is given. */
export function table(rows: readonly (readonly string[])[], head?: readonly string[]): string {
  const all = head ? [head.map((word) => word.toUpperCase()), ...rows] : rows;
  const widths = all.reduce<number[]>(
    (most, row) => row.map((cell, at) => Math.max(most[at] ?? 0, [...cell].length)),
    [],
  );
  return all
    .map((row) =>
      row
        .map((cell, at) => (at === row.length - 1 ? cell : cell + ' '.repeat((widths[at] ?? 0) - [...cell].length)))
        .join('  '),
    )
    .join('\n');
}

/** `2026-11-21T12:00:00Z`; `never` for 0. */
export function momentInWords(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  return seconds === 0 ? 'never' : `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

/** `59 days`, `2 hours`: rounded down. */
export function durationInWords(seconds: number): string {
  for (const [name, length] of [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const) {
    const whole = Math.floor(seconds / length);
    if (whole >= 1) return `${whole} ${name}${whole === 1 ? '' : 's'}`;
  }
  return `${seconds} seconds`;
}

/** `1 value`, `12 values`. @param many the plural, where it isn't the word with an s */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

const singular: Readonly<Record<string, string>> = { people: 'person', apps: 'app', pages: 'Page', grants: 'grant' };
const plural: Readonly<Record<string, string>> = { pages: 'Pages' };

/** `1 person, 2 apps`. */
export const countsInWords = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${(count === 1 ? singular[name] : plural[name]) ?? name}`)
    .join(', ');
