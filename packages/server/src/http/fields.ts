// `fields=` as the Graph writes it: names, modifiers, nesting, aliases. Source: the field expansion guide; the grammar is in
// the protocol reference. Order of modifiers and braces is free, and the older `edge.fields(a,b)` means `edge{a,b}`.
import { type Refusal, refuse } from '@hallpass/protocol';
import type { ParamValue } from './call.ts';
import { isPrototypeName } from './gather.ts';
import { parseJson } from './json.ts';
import { limits } from './limits.ts';
import { ownCopy } from './own-copy.ts';

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

/** Reads the value of `fields`: a list in text, a JSON list in text, or a list. Results are frozen and may be shared. */
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

function bad(): Refusal {
  return refuse('param.invalid', { name: 'fields' });
}

function readText(text: string): FieldRequest[] {
  return /^\s*\[/.test(text) ? readTexts(parseJson(text, 'fields') as ParamValue[]) : readTexts([text]);
}

function readTexts(texts: readonly ParamValue[]): FieldRequest[] {
  const seen = { count: 0 };
  const all = texts.map((text) => {
    if (typeof text !== 'string') throw bad();
    return text.trim() === '' ? [] : readWhole(text, seen);
  });
  return Object.freeze(all.flat()) as FieldRequest[];
}

interface Reader {
  readonly text: string;
  at: number;
  readonly seen: { count: number };
}

function readWhole(text: string, seen: { count: number }): readonly FieldRequest[] {
  const reader: Reader = { text, at: 0, seen };
  const fields = readList(reader, 1);
  if (reader.at !== text.length) throw bad();
  return fields;
}

const name = /[A-Za-z0-9_]+/y;
const space = /\s*/y;
const modifierName = /\.([A-Za-z0-9_]+)\s*\(/y;
const aliasForm = /^\s*([A-Za-z0-9_-]{1,100})\s*$/;

function match(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text);
  if (found) reader.at += found[0].length;
  return found;
}

function takes(reader: Reader, character: string): boolean {
  match(reader, space);
  if (reader.text[reader.at] !== character) return false;
  reader.at += 1;
  match(reader, space);
  return true;
}

/** Reads up to the end of the text or a closing mark, which it leaves. */
function readList(reader: Reader, depth: number): FieldRequest[] {
  if (depth > limits.depth) throw refuse('param.depth');
  const fields: FieldRequest[] = [];
  do fields.push(readField(reader, depth));
  while (takes(reader, ','));
  return Object.freeze(fields) as FieldRequest[];
}

function readField(reader: Reader, depth: number): FieldRequest {
  reader.seen.count += 1;
  if (reader.seen.count > limits.fields) throw refuse('param.too_many');
  match(reader, space);
  const [own] = match(reader, name) ?? [];
  if (own === undefined || isPrototypeName(own)) throw bad();
  const modifiers = Object.create(null) as Record<string, string>;
  let fields: FieldRequest[] | undefined;
  let alias: string | undefined;
  const nest = (end: string) => {
    if (fields !== undefined) throw bad();
    fields = takes(reader, end) ? [] : readList(reader, depth + 1);
    if (fields.length > 0 && !takes(reader, end)) throw bad();
  };
  for (;;) {
    if (takes(reader, '{')) {
      nest('}');
      continue;
    }
    const modifier = match(reader, modifierName)?.[1];
    if (modifier === undefined) break;
    if (modifier === 'fields') {
      nest(')');
      continue;
    }
    const argument = readArgument(reader);
    if (modifier === 'as') {
      const written = aliasForm.exec(argument)?.[1];
      if (written === undefined || isPrototypeName(written) || (alias ?? written) !== written) throw bad();
      alias = written;
    } else {
      if (isPrototypeName(modifier) || (modifiers[modifier] ?? argument) !== argument) throw bad();
      modifiers[modifier] = argument;
    }
  }
  // Empty braces ask for the defaults, as no braces do.
  const nested = fields !== undefined && fields.length > 0 ? fields : undefined;
  return Object.freeze({ name: own, modifiers: Object.freeze(modifiers), fields: nested, alias: alias ?? own });
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Everything up to the `)` that ends the modifier: brackets inside must pair, and text in double quotes is passed over. */
function readArgument(reader: Reader): string {
  const { text } = reader;
  const start = reader.at;
  const open: string[] = [')'];
  for (let at = start; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '"') at = endOfQuotes(text, at);
    else if (closing[character] !== undefined) {
      if (open.push(closing[character]) > limits.depth) throw refuse('param.depth');
    } else if (character === ')' || character === ']' || character === '}') {
      if (open.pop() !== character) throw bad();
      if (open.length === 0) {
        reader.at = at + 1;
        return text.slice(start, at);
      }
    }
  }
  throw bad();
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
