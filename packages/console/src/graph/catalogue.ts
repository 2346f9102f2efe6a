// This is the catalogue of errors in the browser. It's big, so it's a file of its own that is loaded when an error is
// shown or looked for.
import { errors, holderAdvice } from '@hallpass/protocol';
import type { GraphErrorBody } from './door.ts';

export interface CatalogueEntry {
  /** The name in the catalogue, e.g. `token.expired`. */
  key: string;
  /** Absent in answers of the standards, which have words in place of numbers. */
  code: number | undefined;
  subcode: number | undefined;
  message: string;
  /** When it is given. */
  doc: string;
  /** The advice of what to do about it. */
  advice: string;
}

export const entries: readonly CatalogueEntry[] = Object.entries(errors).map(([key, error]) => ({
  key,
  code: error.code,
  subcode: error.subcode,
  message: error.message,
  doc: error.doc,
  advice: holderAdvice[error.holder],
}));

/** A message of the catalogue where text alone can be shown: `(app id)` stands for what differs from answer to answer. */
export const inWords = (message: string): string =>
  message.replace(/\{(\w+)\}/g, (_, name: string) => `(${name.replaceAll('_', ' ')})`);

/** The words of a message that stand before its first placeholder. */
const beginning = (message: string): string => message.replace(/^\(#\d+\) /, '').split('{', 1)[0] ?? '';

/** The entry of an answer: by code, subcode and wording, since several entries share their numbers. */
export function entryFor({ code, error_subcode: subcode, message }: GraphErrorBody): CatalogueEntry | undefined {
  const same = entries.filter((one) => one.code === code && one.subcode === subcode);
  const said = message.replace(/^\(#\d+\) /, '');
  const worded = same.filter((one) => beginning(one.message) !== '' && said.startsWith(beginning(one.message)));
  return (
    worded.toSorted((a, b) => beginning(b.message).length - beginning(a.message).length)[0] ??
    (same.length === 1 ? same[0] : undefined)
  );
}
