// This module writes Markdown from values: cells are escaped here, so that a table of data can say anything.

/** Text as code; empty text stays empty. */
export function code(text: string | number | undefined): string {
  return text === undefined || text === '' ? '' : `\`${text}\``;
}

/** A table. Bars, line ends and angle brackets inside cells cannot break it. */
export function table(head: readonly string[], rows: readonly (readonly (string | number | undefined)[])[]): string {
  const cell = (value: string | number | undefined): string =>
    String(value ?? '')
      .replace(/\|/g, '\\|')
      .replace(/\n/g, ' ')
      .replace(/</g, '&lt;');
  const line = (cells: readonly (string | number | undefined)[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

/** Entries with the same answer to `by`, in the order in which the answers first come. */
export function grouped<T, Key extends string>(entries: readonly T[], by: (entry: T) => Key): [Key, T[]][] {
  return [...Map.groupBy(entries, by)];
}
