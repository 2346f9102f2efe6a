// This module writes docs/fidelity.md: every documented statement, what Hallpass does, and where it differs.
import {
  type Case,
  cases,
  type Coverage,
  coverageBy,
  isDocument,
  placeOf,
  type Source,
  type SourceKey,
  sources,
} from '@hallpass/conformance';
import { grouped, table } from './markdown.ts';

const intro = [
  '# Fidelity',
  'This page lists the statements of the real service’s documents and how Hallpass behaves for each. Long statements are given in short, in our words.',
  'Where the last column says `test`, the sentence in the column “Hallpass” is the name of a case in `conformance/`; it runs at every `npm test`, once by calling the server and once through a real socket. One case may show several statements. Where it says `browser`, a journey in Chromium goes through the pages that the document names, `e2e/documents.test.ts`, with a step for each sentence. Where a document prints an answer, the case compares the whole answer, with its order. Where no test can be, the row says why.',
];

const differenceOf = (one: Case): string => one.difference ?? (one.check ? 'none' : '');

/** Writes what we do, in the words of the case; a test is named after them. */
function row(one: Case): string[] {
  return [one.sentence, one.behaviour, differenceOf(one), one.check ? 'test' : 'nothing to call'];
}

function statementRows({ key, says, cases: shownBy, inBrowser, nothingToTest }: Coverage): (string | number)[][] {
  const { line } = placeOf(key);
  if (inBrowser !== undefined) return [[line, says, inBrowser, 'none', 'browser']];
  if (nothingToTest !== undefined) return [[line, says, nothingToTest, '', 'nothing to test']];
  return shownBy.map((one) => [line, says, one.behaviour, differenceOf(one), 'test']);
}

function chapter(key: SourceKey, rows: string): string {
  const { title, address, covered }: Source = sources[key];
  const about = [address === undefined ? undefined : `<${address}>`, covered]
    .filter((part) => part !== undefined)
    .join(' · ');
  return [`## ${key}: ${title}`, about, rows].join('\n\n');
}

const differs = ({ cases: shownBy }: Coverage): boolean => shownBy.some(({ difference }) => difference !== undefined);

/** Counts the statements of each document that are shown, and how. */
function counts(rows: readonly Coverage[]): string {
  const kinds: [string, (one: Coverage) => boolean][] = [
    ['statements', () => true],
    ['shown by a test, no difference', (one) => one.cases.length > 0 && !differs(one)],
    ['shown by a test, with a difference that is declared', differs],
    ['shown in a browser', ({ inBrowser }) => inBrowser !== undefined],
    ['nothing to test', ({ nothingToTest }) => nothingToTest !== undefined],
  ];
  const documents = grouped(rows, ({ key }) => placeOf(key).document);
  return table(
    ['of the five documents', ...documents.map(([document]) => document), 'all'],
    kinds.map(([kind, fits]) => [kind, ...documents.map(([, of]) => of.filter(fits).length), rows.filter(fits).length]),
  );
}

function caseCounts(): string {
  const count = (fits: (one: Case) => boolean): number => cases.filter(fits).length;
  return table(
    ['cases', 'of them'],
    [
      [count(({ check }) => check !== undefined), 'in all'],
      [count(({ source }) => isDocument(source)), 'about the five documents'],
      [
        count(({ comparesAnswer }) => comparesAnswer === true),
        'about an answer that is printed, which they compare whole',
      ],
      [
        count(({ check, difference }) => check !== undefined && difference !== undefined),
        'with a difference on purpose',
      ],
    ],
  );
}

export function fidelityPage(): string {
  const rows = coverageBy(cases);
  const ofStatements = grouped(rows, ({ key }) => placeOf(key).document).map(([document, of]) =>
    chapter(
      document,
      table(['line', 'the document says', 'Hallpass', 'difference', 'shown by'], of.flatMap(statementRows)),
    ),
  );
  const others = cases.filter(({ source }) => !isDocument(source));
  const ofSentences = grouped(others, ({ source }) => source).map(([source, of]) =>
    chapter(source, table(['the document says', 'Hallpass', 'difference', 'shown by'], of.map(row))),
  );
  return [...intro, counts(rows), caseCounts(), ...ofStatements, ...ofSentences].join('\n\n');
}
