// This module reads the catalogue of threats and promises, docs/threats.md, as data: its ids, where code cites them, and which tests
// guard them.
import { isTest, type TextFile } from './files.ts';

export const cataloguePath = 'docs/threats.md';

/** A row of the catalogue. */
interface Threat {
  id: string;
  attempt: string;
  line: number;
  /** The row is about a part of the product that is to come. */
  notYet: boolean;
}

/** An id at a place. */
interface Citation {
  id: string;
  path: string;
  line: number;
}

const groups = 'IV|DL|TM|PR|RR|TB|WP|CR|ST|RL|EM|SC|VT|RU';
const id = `(?:${groups})-\\d{2}`;
const promise = 'P-\\d{1,2}';
const listOfIds = `(?:${id}|${promise})(?:(?:, (?:and )?| to )(?:${id}|${promise}))*`;
const cited = new RegExp(`\\b(?:${groups})-\\d{1,3}\\b|\\b[IP]-\\d{1,2}\\b`, 'g');
/** A title that begins with ids, or a row of a test's table that is named by one. */
const guarded = new RegExp(`['"\`](${listOfIds})(?=[:'"\`])`, 'g');
const row = new RegExp(`^\\| (${id}|${promise}) \\| (.*?) \\|`);
const range = new RegExp(`^(${id} to ${id}) are (.*)`);

/** The rows of the catalogue: promises and threats. Ranges such as "RU-01 to RU-71" count as a row for each id. */
export function threatsOf(catalogue: string): Threat[] {
  return catalogue.split('\n').flatMap((text, index) => {
    const line = index + 1;
    const [, named, attempt = ''] = row.exec(text) ?? range.exec(text) ?? [];
    if (named === undefined) return [];
    return expanded(named).map((one) => ({ id: one, attempt, line, notYet: attempt.startsWith('Not yet') }));
  });
}

/** The ids of the invariants that the catalogue explains. */
export const invariantsOf = (catalogue: string): string[] =>
  [...catalogue.matchAll(/(?<=^\| )I-\d+(?= \|)/gm)].map(([one]) => one);

/** The ids of a title: "DL-12 to DL-14" stands for three. */
function expanded(list: string): string[] {
  const ids = list.split(/, (?:and )?/);
  return ids.flatMap((one) => {
    const [from = one, to = from] = one.split(' to ');
    if (from === to) return [one];
    const group = from.slice(0, 3);
    const first = Number(from.slice(3));
    const last = Number(to.slice(3));
    return Array.from({ length: last - first + 1 }, (_, step) => group + String(first + step).padStart(2, '0'));
  });
}

const places = ({ path, text }: TextFile, pattern: RegExp): { found: RegExpExecArray; path: string; line: number }[] =>
  text
    .split('\n')
    .flatMap((content, index) => [...content.matchAll(pattern)].map((found) => ({ found, path, line: index + 1 })));

/** Every place outside of the catalogue that names an id. */
export function citationsIn(files: readonly TextFile[]): Citation[] {
  return files
    .filter(({ path }) => /\.(?:tsx?|md)$/.test(path) && path !== cataloguePath)
    .flatMap((file) => places(file, cited).map(({ found, path, line }) => ({ id: found[0], path, line })));
}

/** Every title of a test, and every row of a test's table, that begins with ids. */
export function guardingTests(files: readonly TextFile[]): Citation[] {
  return files
    .filter(({ path }) => path.endsWith('.test.ts') || (isTest(path) && /\.(?:ts|json)$/.test(path)))
    .flatMap((file) =>
      places(file, guarded).flatMap(({ found, path, line }) =>
        expanded(found[1] ?? '').map((one) => ({ id: one, path, line })),
      ),
    );
}
