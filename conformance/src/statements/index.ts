// This list holds every statement of the five documents, and which of them a case may cite. The documents themselves
// are not in this repository.
import { type DocumentKey, documents } from '../sources.ts';
import { accessTokens } from './access-tokens.ts';
import { accessTokensV4 } from './access-tokens-v4.ts';
import { marketing } from './marketing.ts';
import { marketingEarlier } from './marketing-earlier.ts';
import { pagesGuide } from './pages-guide.ts';
import type { Statement } from './statement.ts';

export const statements = { ...accessTokens, ...accessTokensV4, ...pagesGuide, ...marketing, ...marketingEarlier };

export type StatementKey = keyof typeof statements;
type Row<Key extends StatementKey> = (typeof statements)[Key];

/** Statements that can be seen from outside: a case for any other does not compile. */
export type TestedKey = {
  [Key in StatementKey]: Row<Key> extends { inBrowser: string } | { nothingToTest: string } ? never : Key;
}[StatementKey];
/** Statements about pages: the journey in a browser has a step for each. */
export type BrowserKey = {
  [Key in StatementKey]: Row<Key> extends { inBrowser: string } ? Key : never;
}[StatementKey];
/** Statements that print an answer: a case for one has to give the whole answer for comparison. */
export type AnswerKey = { [Key in TestedKey]: Row<Key> extends { shows: unknown } ? Key : never }[TestedKey];
export type SentenceKey = Exclude<TestedKey, AnswerKey>;
/** Statements that print a call. */
export type CallKey = { [Key in TestedKey]: Row<Key> extends { call: string } ? Key : never }[TestedKey];

/** The statement as a row without its literal types. */
export const statementOf = (key: StatementKey): Statement => statements[key];

/** The document of a statement, and its line. */
export function placeOf(key: StatementKey): { document: DocumentKey; line: number } {
  const document = documents.find((one) => key.startsWith(`${one}:`)) ?? documents[0];
  return { document, line: Math.floor(Number(key.slice(document.length + 1))) };
}

/** True when the document prints an answer there, which the statement's cases then compare whole. */
export const printsAnswer = (key: StatementKey): boolean => statementOf(key).shows !== undefined;
