// This module reads `fields=` as the Graph writes it: names, modifiers, nesting, aliases. Source: the field expansion
// guide. The older `edge.fields(a,b)` means `edge{a,b}` and may stand among the modifiers; behind braces only an alias
// may follow, as callers of the real service found out. Text that cannot be parsed is refused with what was expected,
// and where (field-syntax.ts).
import { GraphError, graphError } from '../../errors/refusal.ts';
import type { ParamValue } from '../values.ts';
import {
  endOfText,
  expected,
  expectEnd,
  match,
  opens,
  type Reader,
  readerOf,
  skipSpace,
  takes,
} from './field-syntax.ts';
import { isPrototypeName } from '../gather.ts';
import { parseJson } from '../json.ts';
import { limits } from '../limits.ts';
import { ownCopy } from '../own-copy.ts';

export interface FieldRequest {
  name: string;
  /** `.limit(5).order(chronological)`, values as written. A null-prototype object. */
  modifiers: Record<string, string>;
  fields: FieldRequest[] | undefined;
  /** `.as(other)`: the key in the answer; the name itself otherwise. */
  alias: string;
}

const REMEMBERED = 500;
const LONGEST_REMEMBERED = 1000;
const remembered = new Map<string, FieldRequest[]>();

/**
 * Reads the value of `fields`: a list in text, a JSON list in text, or a list. Results are frozen and may be shared.
 */
export function parseFields(value: ParamValue): FieldRequest[] {
  if (typeof value === 'string') {
    const found = remembered.get(value);
    if (found) return found;
    if (value.length > LONGEST_REMEMBERED) return readText(value);
    const own = ownCopy(value);
    const fields = readText(own);
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(own, fields);
    return fields;
  }
  if (!Array.isArray(value)) throw bad();
  return readTexts(value);
}

function bad(): GraphError {
  return graphError('param.invalid', { name: 'fields' });
}

function readText(text: string): FieldRequest[] {
  return readTexts(listOf(text) ?? [text]);
}

/**
 * The items of a JSON list in text; undefined where the text is no JSON list, which the grammar then says in its own
 * words.
 */
function listOf(text: string): ParamValue[] | undefined {
  if (!/^\s*\[/.test(text)) return undefined;
  try {
    const value = parseJson(text, 'fields');
    return Array.isArray(value) ? value : undefined;
  } catch (error) {
    if (error instanceof GraphError && error.key === 'param.invalid') return undefined;
    throw error;
  }
}

function readTexts(texts: readonly ParamValue[]): FieldRequest[] {
  const seen: Seen = { count: 0 };
  const all = texts.map((text) => {
    if (typeof text !== 'string') throw bad();
    return text.trim() === '' ? [] : readWhole(text, seen);
  });
  return Object.freeze(all.flat()) as FieldRequest[];
}

/** Fields read so far, of all levels together. */
interface Seen {
  count: number;
}

function readWhole(text: string, seen: Seen): readonly FieldRequest[] {
  const reader = readerOf(text);
  const fields = readList(reader, seen, 1);
  expectEnd(reader);
  return fields;
}

const name = /[A-Za-z0-9_]+/y;
const aliasName = /[A-Za-z0-9_-]{1,100}/y;

/** Reads up to the end of the text or a closing mark, which it leaves. */
function readList(reader: Reader, seen: Seen, depth: number): FieldRequest[] {
  if (depth > limits.depth) throw graphError('param.depth');
  const fields: FieldRequest[] = [];
  do fields.push(readField(reader, seen, depth));
  while (takes(reader, ','));
  return Object.freeze(fields) as FieldRequest[];
}

/** Reads what stands in braces, or in `.fields(…)`: the mark that opens it has been read. */
function readNested(reader: Reader, seen: Seen, depth: number, end: '}' | ')'): FieldRequest[] {
  if (takes(reader, end)) return [];
  const fields = readList(reader, seen, depth + 1);
  if (!takes(reader, end)) throw expected(reader, `"${end}"`);
  return fields;
}

function readField(reader: Reader, seen: Seen, depth: number): FieldRequest {
  seen.count += 1;
  if (seen.count > limits.fields) throw graphError('param.too_many');
  skipSpace(reader);
  const own = match(reader, name);
  if (own === undefined) throw expected(reader, 'name');
  if (isPrototypeName(own)) throw bad();
  const modifiers = Object.create(null) as Record<string, string>;
  let fields: FieldRequest[] | undefined;
  let braces = false;
  let alias: string | undefined;
  for (;;) {
    if (!braces && fields === undefined && takes(reader, '{')) {
      braces = true;
      fields = readNested(reader, seen, depth, '}');
      continue;
    }
    const dot = reader.at;
    if (!takes(reader, '.')) break;
    const modifier = match(reader, name);
    // Behind braces the text of the item is over.
    if (braces && modifier !== 'as') {
      reader.at = dot;
      break;
    }
    if (modifier === undefined) throw expected(reader, 'name');
    if (!opens(reader)) throw expected(reader, '"("');
    if (modifier === 'fields') {
      if (fields !== undefined) throw bad();
      fields = readNested(reader, seen, depth, ')');
    } else if (modifier === 'as') {
      skipSpace(reader);
      const written = match(reader, aliasName);
      if (written === undefined) throw expected(reader, 'name');
      if (!takes(reader, ')')) throw expected(reader, '")"');
      if (isPrototypeName(written) || (alias ?? written) !== written) throw bad();
      alias = written;
    } else {
      const argument = readArgument(reader);
      if (isPrototypeName(modifier) || (modifiers[modifier] ?? argument) !== argument) throw bad();
      modifiers[modifier] = argument;
    }
  }
  // Empty braces ask for the defaults, as no braces do.
  const nested = fields !== undefined && fields.length > 0 ? fields : undefined;
  return Object.freeze({ name: own, modifiers: Object.freeze(modifiers), fields: nested, alias: alias ?? own });
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * Everything up to the `)` that ends the modifier: brackets inside must pair, and text in double quotes is passed over.
 */
function readArgument(reader: Reader): string {
  const { text } = reader;
  const start = reader.at;
  const open: string[] = [')'];
  for (let at = start; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '"') at = endOfQuotes(text, at);
    else if (closing[character] !== undefined) {
      if (open.push(closing[character]) > limits.depth) throw graphError('param.depth');
    } else if (character === ')' || character === ']' || character === '}') {
      const wanted = open.pop();
      if (wanted !== character) throw expected({ text, at }, `"${wanted}"`);
      if (open.length === 0) {
        reader.at = at + 1;
        return text.slice(start, at);
      }
    }
  }
  throw expected(endOfText(text), `"${open.at(-1)}"`);
}

/** The place of the closing quotation mark; of the end of the text where there is none. */
function endOfQuotes(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

const printed = new WeakMap<readonly FieldRequest[], string>();

/** Writes fields so that `parseFields` reads them back; once for each list, however many rows it is asked of. */
export function printFields(fields: readonly FieldRequest[]): string {
  const known = printed.get(fields);
  if (known !== undefined) return known;
  const text = fields
    .map((field) => {
      const modifiers = Object.entries(field.modifiers).map(([key, argument]) => `.${key}(${argument})`);
      const alias = field.alias === field.name ? '' : `.as(${field.alias})`;
      return `${field.name}${modifiers.join('')}${alias}${field.fields ? `{${printFields(field.fields)}}` : ''}`;
    })
    .join(',');
  printed.set(fields, text);
  return text;
}
