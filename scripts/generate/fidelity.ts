// docs/fidelity.md: every documented sentence that a case covers, what Hallpass does, and where it differs.
import { type Case, cases, type Source, type SourceKey, sources } from '@hallpass/conformance';
import { grouped, table } from './markdown.ts';

/** What we do, in the words of the case; a test is named after them. */
function row(one: Case): string[] {
  const ours = one.waitsFor === undefined ? one.behaviour : `Not yet: waits for ${one.waitsFor}.`;
  const shownBy = one.check ? 'test' : one.waitsFor === undefined ? 'nothing to call' : 'not yet';
  return [one.sentence, ours, one.difference ?? (one.check ? 'none' : ''), shownBy];
}

function chapter([key, rows]: [string, Case[]]): string {
  const { title, address, covered }: Source = sources[key as SourceKey];
  const about = [address === undefined ? undefined : `<${address}>`, covered].filter((part) => part !== undefined).join(' · ');
  return [`## ${key}: ${title}`, about, table(['the document says', 'Hallpass', 'difference', 'shown by'], rows.map(row))].join('\n\n');
}

export function fidelityPage(): string {
  const count = (fits: (one: Case) => boolean): number => cases.filter(fits).length;
  return [
    '# Fidelity',
    'What the documents of the real service say, sentence by sentence, and what Hallpass does about it. Sentences are given in short, in our words where they are long.',
    'Where the last column says `test`, the sentence in the second column is the name of a case in `conformance/`; it runs at every `npm test`, once by calling the server and once through a real socket. Where no test can be, it says why.',
    table(
      ['rows', 'of them'],
      [
        [cases.length, 'in all'],
        [count(({ check }) => check !== undefined), 'shown by a test'],
        [count(({ check, difference }) => check !== undefined && difference !== undefined), 'shown by a test, with a difference on purpose'],
        [count(({ waitsFor }) => waitsFor !== undefined), 'not yet'],
        [count(({ check, waitsFor }) => check === undefined && waitsFor === undefined), 'about other programs, or advice: nothing to call'],
      ],
    ),
    ...grouped(cases, ({ source }) => source).map(chapter),
  ].join('\n\n');
}
