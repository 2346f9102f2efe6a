// Rows of another product from a text: a dump of PostgreSQL, CSV with the names of the columns in its first line, or JSON.
// How it is written is seen by how it begins. CSV and dumps may be of any length.
import type { OldRow, Product } from '../product.ts';
import { tableWith } from '../products.ts';
import { UnreadableSource } from '../unreadable-source.ts';
import { isRecord } from '../values.ts';
import { isDump, rowsOfDump } from './copy.ts';
import { recordsOf, separatorIn } from './csv.ts';

/** Letters that are looked at to see how a text is written. */
const BEGINNING = 64 * 1024;
/** Letters of a JSON text, which is read as a whole. */
const LONGEST_JSON = 64 * 1024 * 1024;

const refuse = (what: string): never => {
  throw new UnreadableSource(what);
};

/** @throws UnreadableSource for a text that is no table of this product */
export async function* rowsOfText(pieces: AsyncIterable<string>, product: Product): AsyncGenerator<OldRow> {
  const { beginning, all } = await peeked(pieces);
  const plain = beginning.replace(/^\uFEFF/, '').trimStart();
  if (plain === '') refuse('The file is empty.');
  if (plain.startsWith('[') || plain.startsWith('{')) yield* rowsOfJson(await whole(all), product);
  else if (isDump(plain)) yield* rowsOfDump(all, new Set(Object.keys(product.tables)));
  else yield* rowsOfCsv(all, product, separatorIn(plain.split('\n', 1)[0] ?? ''));
}

/** Reads the beginning of a text, and gives the whole of it all the same. */
async function peeked(pieces: AsyncIterable<string>): Promise<{ beginning: string; all: AsyncGenerator<string> }> {
  const rest = pieces[Symbol.asyncIterator]();
  let beginning = '';
  let done = false;
  while (!done && beginning.length < BEGINNING) {
    const next = await rest.next();
    if (next.done === true) done = true;
    else beginning += next.value;
  }
  async function* all(): AsyncGenerator<string> {
    yield beginning;
    while (!done) {
      const next = await rest.next();
      if (next.done === true) return;
      yield next.value;
    }
  }
  return { beginning, all: all() };
}

async function whole(pieces: AsyncIterable<string>): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    parts.push(piece);
    length += piece.length;
    if (length > LONGEST_JSON) refuse('JSON may be up to 64 MiB long: export the table as CSV.');
  }
  return parts.join('').replace(/^\uFEFF/, '');
}

/** JSON is a list of rows, an object with such a list, one row, or a row on each line. */
function* rowsOfJson(text: string, product: Product): Generator<OldRow> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    yield* rowsOfJsonLines(text, product);
    return;
  }
  const within = isRecord(value)
    ? Object.values(value).find((one) => Array.isArray(one) && one.every(isRecord))
    : value;
  const list: readonly unknown[] =
    Array.isArray(within) && !(isRecord(value) && tableWith(product, Object.keys(value))) ? within : [value];
  for (const [at, item] of list.entries()) yield rowOf(item, `entry ${at + 1}`, product);
}

function* rowsOfJsonLines(text: string, product: Product): Generator<OldRow> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const rows = lines.map((line): unknown => {
    try {
      return JSON.parse(line);
    } catch {
      return undefined;
    }
  });
  if (!rows.some(isRecord)) refuse("The file looks like JSON but isn't valid: it may be cut off.");
  for (const [at, row] of rows.entries()) yield rowOf(row, `line ${at + 1}`, product);
}

function rowOf(item: unknown, where: string, product: Product): OldRow {
  if (!isRecord(item)) return { table: '', where, values: {}, problem: "It isn't a row: it may be cut off." };
  const table = tableWith(product, Object.keys(item));
  const [first] = Object.values(product.tables);
  const problem = `It isn't a row of ${product.label}: it has no columns ${first?.columns.join(', ') ?? ''}.`;
  return table === undefined ? { table: '', where, values: {}, problem } : { table, where, values: item };
}

async function* rowsOfCsv(pieces: AsyncIterable<string>, product: Product, separator: string): AsyncGenerator<OldRow> {
  let columns: string[] | undefined;
  let table = '';
  for await (const { fields, line, problem } of recordsOf(pieces, separator)) {
    if (columns === undefined) {
      columns = fields.map((name) => name.replace(/^\uFEFF/, '').trim());
      table = tableWith(product, columns) ?? refuse(columnsMissing(product));
      continue;
    }
    const where = `line ${line}`;
    if (problem === 'too long') yield { table, where, values: {}, problem: 'The row is longer than 1 MiB.' };
    else if (problem !== undefined || fields.length !== columns.length)
      yield {
        table,
        where,
        values: {},
        problem: `It has ${fields.length} of ${columns.length} columns: it was cut off.`,
      };
    else yield { table, where, values: Object.fromEntries(columns.map((name, at) => [name, fields[at]])) };
  }
}

const columnsMissing = ({ label, tables }: Product): string =>
  `The first line names no table of ${label}: it must have the columns ${Object.values(tables)
    .map(({ columns }) => columns.join(', '))
    .join('; or ')}.`;
