// Guard: every statement of the five documents has exactly one of a case, a step in a browser, or a reason why nothing
// can be seen; and a statement that prints an answer has a case that compares the whole answer.
import { type Coverage, type Case, cases, coverageBy, placeOf, printsAnswer } from '@hallpass/conformance';
import { type Finding, report } from '../guards/guard.ts';

export const reasons = {
  none: 'A statement without a case is a promise that nobody keeps: write its case, tell what a browser shows, or say why nothing can be seen.',
  two: 'A statement is shown by calls, or by pages, or cannot be seen: one of them, so that the counts of docs/fidelity.md are true.',
  less: 'Where a document prints an answer, a case compares all of it: make the case with `answered`.',
};

const table = 'conformance/src/statements';

function finding({ key, says }: Coverage, because: string): Finding {
  return { path: table, line: 0, what: `${key}  ${says}`, because };
}

/** Finds what is wrong with the row of one statement. */
export function findingsOf(one: Coverage, prints: boolean): Finding[] {
  const answers = [one.cases.length > 0, one.inBrowser !== undefined, one.nothingToTest !== undefined].filter(
    Boolean,
  ).length;
  if (answers === 0) return [finding(one, reasons.none)];
  if (answers > 1) return [finding(one, reasons.two)];
  const compared = one.cases.every(({ comparesAnswer }: Case) => comparesAnswer === true);
  return prints && !compared ? [finding(one, reasons.less)] : [];
}

/** Keys that are out of order, line by line: rows stand where a reader of the document looks for them. */
export function outOfOrder(keys: readonly Coverage[]): Finding[] {
  return keys
    .filter((one, at) => {
      const before = keys[at - 1];
      if (!before) return false;
      const [here, there] = [placeOf(one.key), placeOf(before.key)];
      return here.document === there.document && here.line < there.line;
    })
    .map((one) => finding(one, 'Statements stand in the order of their document.'));
}

if (import.meta.main) {
  const rows = coverageBy(cases);
  report('statements', [...rows.flatMap((one) => findingsOf(one, printsAnswer(one.key))), ...outOfOrder(rows)]);
}
