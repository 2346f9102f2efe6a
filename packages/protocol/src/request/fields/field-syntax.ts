// Some text of the field grammar cannot be parsed: error 2500 says what was expected, at which character, and repeats
// the text. Also the plain lists of names that are written in the same grammar (`metric`, `summary`, `breakdowns`).
// Sources: reports of callers, node-facebook/facebook-node-sdk#123 and tobilg/facebook-events-by-location-core#30 among
// them.
import { type GraphError, graphError } from '../../errors/refusal.ts';
import type { ParamValue } from '../values.ts';
import { parseJson } from '../json.ts';

/** A text, and how far it has been read. */
export interface Reader {
  readonly text: string;
  at: number;
}

export const readerOf = (text: string): Reader => ({ text, at: 0 });

export const endOfText = (text: string): Reader => ({ text, at: text.length });

/** Reads what a sticky pattern finds next; undefined where it finds nothing. */
export function match(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  const [found] = pattern.exec(reader.text) ?? [];
  if (found !== undefined) reader.at += found.length;
  return found;
}

const space = /\s*/y;

export function skipSpace(reader: Reader): void {
  match(reader, space);
}

/** Steps over a mark and the spaces around it, where it stands next. */
export function takes(reader: Reader, mark: string): boolean {
  skipSpace(reader);
  if (reader.text[reader.at] !== mark) return false;
  reader.at += 1;
  skipSpace(reader);
  return true;
}

/** Steps over the mark that opens an argument: spaces behind it belong to the argument. */
export function opens(reader: Reader): boolean {
  skipSpace(reader);
  if (reader.text[reader.at] !== '(') return false;
  reader.at += 1;
  return true;
}

/** @param thing what should stand there: `name`, `end of string`, or a mark in double quotes */
export function expected(reader: Reader, thing: string): GraphError {
  skipSpace(reader);
  const { text, at } = reader;
  const found = text.codePointAt(at);
  const instead = found === undefined ? ', got end of string' : ` instead of "${String.fromCodePoint(found)}".`;
  return graphError('param.syntax', {
    expected: thing === 'name' ? 'name.' : `${thing}${instead}`,
    at: String(at),
    text,
  });
}

/** @throws GraphError param.syntax where anything follows */
export function expectEnd(reader: Reader): void {
  skipSpace(reader);
  if (reader.at !== reader.text.length) throw expected(reader, 'end of string');
}

const usualName = /[A-Za-z0-9_]+/y;

/**
 * A list of names: with commas, as a JSON list in text, or as a list. @param form sticky; what a name may be @throws
 * GraphError param.syntax
 */
export function readNames(value: ParamValue, parameter: string, form: RegExp = usualName): string[] {
  const list = typeof value === 'string' && /^\s*\[/.test(value) ? parseJson(value, parameter) : value;
  if (Array.isArray(list)) return list.flatMap((item) => readText(textOf(item, parameter), form));
  return readText(textOf(list, parameter), form);
}

function textOf(value: ParamValue, parameter: string): string {
  if (value === null || typeof value === 'object') throw graphError('param.invalid', { name: parameter });
  return String(value);
}

function readText(text: string, form: RegExp): string[] {
  const reader = readerOf(text);
  skipSpace(reader);
  if (reader.at === text.length) return [];
  const names: string[] = [];
  do {
    const name = match(reader, form);
    if (name === undefined) throw expected(reader, 'name');
    names.push(name);
  } while (takes(reader, ','));
  expectEnd(reader);
  return names;
}
