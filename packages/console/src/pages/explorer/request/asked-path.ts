// This module takes the path in the bar apart and puts it together: which node it is about, which edge, and which
// fields are ticked.
import type { Schema, SchemaEdge, SchemaNode } from '../../../graph/schema.ts';

export interface AskedPath {
  /** First segment: `me`, an id, or a word. */
  node: string;
  /** The rest of the path, e.g. `accounts`. */
  edge: string;
  fields: readonly string[];
  /** The other parameters as they were written. */
  others: readonly string[];
}

/** Splits at commas that stand outside of braces and parentheses. */
export function topLevel(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = '';
  for (const letter of list) {
    if (letter === '{' || letter === '(') depth++;
    if (letter === '}' || letter === ')') depth--;
    if (letter === ',' && depth === 0) {
      parts.push(current);
      current = '';
    } else current += letter;
  }
  return [...parts, current].map((part) => part.trim()).filter((part) => part !== '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function askedPath(path: string): AskedPath {
  const [before = '', query = ''] = path.split(/\?(.*)/s, 2);
  const [node = '', ...rest] = before.replace(/^\/+/, '').split('/');
  const pairs = query.split('&').filter((pair) => pair !== '');
  const asked = pairs.find((pair) => pair.startsWith('fields='));
  return {
    node,
    edge: rest.join('/'),
    fields: topLevel(decoded(asked?.slice('fields='.length) ?? '')),
    others: pairs.filter((pair) => pair !== asked),
  };
}

export function written({ node, edge, fields, others }: AskedPath): string {
  const query = [...(fields.length === 0 ? [] : [`fields=${fields.join(',')}`]), ...others].join('&');
  return `${node}${edge === '' ? '' : `/${edge}`}${query === '' ? '' : `?${query}`}`;
}

/** The name of a field without its modifiers and subfields: `picture` of `picture.width(80){url}`. */
export const fieldName = (field: string): string => /^[\w]+/.exec(field)?.[0] ?? field;

/** Ticks or unticks one field of the path. */
export function withField(path: string, name: string, on: boolean): string {
  const asked = askedPath(path);
  const others = asked.fields.filter((field) => fieldName(field) !== name);
  return written({ ...asked, fields: on ? [...others, name] : others });
}

export const nodeNamed = (schema: Schema | undefined, name: string | undefined): SchemaNode | undefined =>
  schema?.nodes.find((node) => node.name === name);

export const edgeNamed = (node: SchemaNode | undefined, name: string, method = 'GET'): SchemaEdge | undefined =>
  node?.edges.find((edge) => edge.name === name && edge.method === method);
