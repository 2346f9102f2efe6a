// Fields can stand in braces behind something that is no node (a picture, an entry of a list): only the named parts of
// it are shown. An id is always there, and what is wrapped in `data` is looked into, as a picture is: `picture{url}`.
import type { FieldRequest } from '@hallpass/protocol/request';

/** @returns the value with only the asked parts; what has no parts stays as it is */
export function chosen(value: unknown, fields: readonly FieldRequest[]): unknown {
  if (Array.isArray(value)) return value.map((item) => chosen(item, fields));
  if (typeof value !== 'object' || value === null) return value;
  const parts = new Map(Object.entries(value));
  if (parts.has('data') && !fields.some(({ name }) => name === 'data'))
    return { ...value, data: chosen(parts.get('data'), fields) };
  const out: Record<string, unknown> = {};
  for (const { name, alias, fields: inner } of fields) {
    if (!parts.has(name)) continue;
    out[alias] = inner ? chosen(parts.get(name), inner) : parts.get(name);
  }
  if (parts.has('id') && !fields.some(({ name }) => name === 'id')) out['id'] = parts.get('id');
  return out;
}
