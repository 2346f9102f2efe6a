// A dump of PostgreSQL as `pg_dump` writes it: `COPY schema.table (columns) FROM stdin;`, a line for each row with tabs
// between its values, and `\.` at the end. https://www.postgresql.org/docs/current/sql-copy.html, "Text Format"
import type { OldRow } from '../product.ts';
import { type Line, linesOf } from './lines.ts';

const HEAD = /^COPY (?:(?:"(?:[^"]|"")+"|[\w$]+)\.)?("(?:[^"]|"")+"|[\w$]+) \((.+)\) FROM stdin;$/;

/** True for a text that begins like a dump. */
export const isDump = (beginning: string): boolean =>
  /^COPY .+ FROM stdin;\r?$/m.test(beginning) || /^--\r?\n-- PostgreSQL/.test(beginning.trimStart());

const named = (written: string): string =>
  written.trim().replace(/^"([^]*)"$/, (_, name: string) => name.replaceAll('""', '"'));

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** A value between tabs; null for `\N`. */
function valueOf(written: string): string | null {
  if (written === String.raw`\N`) return null;
  return written.replace(/\\([^])/g, (_, letter: string) => escapes[letter] ?? letter);
}

/** The rows of these tables; other tables are passed over. */
export async function* rowsOfDump(pieces: AsyncIterable<string>, tables: ReadonlySet<string>): AsyncGenerator<OldRow> {
  let table: string | undefined;
  let columns: string[] = [];
  let inTable = false;
  for await (const line of linesOf(pieces)) {
    if (!inTable) {
      const [, name, list] = HEAD.exec(line.text) ?? [];
      if (name === undefined || list === undefined) continue;
      inTable = true;
      table = tables.has(named(name)) ? named(name) : undefined;
      columns = list.split(', ').map(named);
    } else if (line.text === String.raw`\.`) inTable = false;
    else if (table !== undefined) yield rowOf(table, columns, line);
  }
  if (inTable && table !== undefined)
    yield { table, where: 'the end', values: {}, problem: 'The dump ends in the middle of this table: make it again.' };
}

function rowOf(table: string, columns: readonly string[], { text, number, tooLong, unfinished }: Line): OldRow {
  const where = `line ${number}`;
  if (tooLong) return { table, where, values: {}, problem: 'The row is longer than 1 MiB.' };
  const values = text.split('\t');
  if (values.length !== columns.length || unfinished)
    return {
      table,
      where,
      values: {},
      problem: `It has ${values.length} of ${columns.length} columns: it was cut off.`,
    };
  return { table, where, values: Object.fromEntries(columns.map((name, at) => [name, valueOf(values[at] ?? '')])) };
}
