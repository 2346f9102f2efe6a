// Compares two values of JSON by their form: which fields are there, of which types. What a value is counts for the errors
// alone, because their words and numbers are what programs go by.

export interface Difference {
  /** `data[].name`; empty for the answer as a whole. */
  path: string;
  /** `missing`: ours lacks it. `more`: the recording lacks it. */
  what: 'status' | 'missing' | 'more' | 'type' | 'value';
  recorded?: string | undefined;
  ours?: string | undefined;
}

/** All that stood at one place: types, fields, items. */
interface Form {
  types: Set<string>;
  fields: Map<string, Form>;
  items: Form | undefined;
  /** Texts and numbers. */
  values: Set<string>;
  /** The number of values that were seen here. */
  count: number;
}

const empty = (): Form => ({ types: new Set(), fields: new Map(), items: undefined, values: new Set(), count: 0 });

function add(form: Form, value: unknown): Form {
  form.count++;
  form.types.add(typeOf(value));
  if (Array.isArray(value)) {
    form.items ??= empty();
    for (const one of value) add(form.items, one);
  } else if (value !== null && typeof value === 'object')
    for (const [key, one] of Object.entries(value)) form.fields.set(key, add(form.fields.get(key) ?? empty(), one));
  else form.values.add(String(value));
  return form;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return value === null ? 'null' : typeof value;
}

export function differences(recorded: unknown, ours: unknown): Difference[] {
  return between(add(empty(), recorded), add(empty(), ours), '');
}

function between(recorded: Form, ours: Form, path: string): Difference[] {
  const types = [recorded.types, ours.types].map((set) => [...set].toSorted().join(' or '));
  if (types[0] !== types[1]) return [{ path, what: 'type', recorded: types[0], ours: types[1] }];
  const found: Difference[] = [];
  if (isOfErrors(path)) {
    const [theirs, own] = [recorded, ours].map(({ values }) => [...values].map(withoutNumbers).join(' | '));
    if (theirs !== own) found.push({ path, what: 'value', recorded: theirs, ours: own });
  }
  // A list without items says nothing about what would be in it.
  if (recorded.items && ours.items && recorded.items.count > 0 && ours.items.count > 0)
    found.push(...between(recorded.items, ours.items, `${path}[]`));
  if (isMapOfIds(recorded) && isMapOfIds(ours))
    return [...found, ...between(together(recorded), together(ours), `${path}{}`)];
  for (const key of new Set([...recorded.fields.keys(), ...ours.fields.keys()])) {
    const [theirs, own] = [recorded.fields.get(key), ours.fields.get(key)];
    const at = path === '' ? key : `${path}.${key}`;
    if (theirs && own) found.push(...between(theirs, own, at));
    else if (theirs) found.push({ path: at, what: 'missing', recorded: [...theirs.types].join(' or ') });
    else if (own) found.push({ path: at, what: 'more', ours: [...own.types].join(' or ') });
  }
  return found;
}

/** Words and numbers of an error, but for those that name one call. */
const isOfErrors = (path: string): boolean =>
  /(?:^|\.)error\.(?:message|type|code|error_subcode|is_transient|error_user_title|error_user_msg)$/.test(path);

/** Moments, ids and names of credentials differ from call to call. */
const withoutNumbers = (text: string): string =>
  /^-?\d+$/.test(text) ? text : text.replace(/\[[\w-]+:\d+\]/g, '…').replace(/\d{5,}/g, '…');

/** Answers about several things have their ids for keys. */
const isMapOfIds = ({ fields }: Form): boolean =>
  fields.size > 0 && [...fields.keys()].every((key) => /^\d{5,}$/.test(key));

function together({ fields }: Form): Form {
  const all = empty();
  for (const form of fields.values()) merge(all, form);
  return all;
}

function merge(into: Form, from: Form): void {
  into.count += from.count;
  for (const type of from.types) into.types.add(type);
  for (const value of from.values) into.values.add(value);
  if (from.items) merge((into.items ??= empty()), from.items);
  for (const [key, form] of from.fields) {
    const known = into.fields.get(key) ?? empty();
    merge(known, form);
    into.fields.set(key, known);
  }
}
