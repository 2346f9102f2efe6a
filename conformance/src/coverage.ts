// This module works out what becomes of every statement: the one list that the fidelity page counts and the guard
// reads.
import type { Case } from './case.ts';
import { type StatementKey, statementOf, statements, type TestedKey } from './statements/index.ts';

/**
 * A statement with what shows it: exactly one of cases, a step in a browser, or a reason why nothing can be seen.
 */
export interface Coverage {
  key: StatementKey;
  says: string;
  cases: readonly Case[];
  /** A journey in a browser shows this. */
  inBrowser?: string;
  nothingToTest?: string;
}

const isTested = (key: StatementKey, tested: readonly TestedKey[]): key is TestedKey =>
  tested.some((one) => one === key);

/** Every statement of the five documents, in their order. */
export function coverageBy(cases: readonly Case[]): Coverage[] {
  const keys = Object.keys(statements) as StatementKey[];
  return keys.map((key) => {
    const { says, inBrowser, nothingToTest } = statementOf(key);
    return {
      key,
      says,
      cases: cases.filter(({ statements: cited }) => isTested(key, cited)),
      ...(inBrowser === undefined ? {} : { inBrowser }),
      ...(nothingToTest === undefined ? {} : { nothingToTest }),
    };
  });
}
