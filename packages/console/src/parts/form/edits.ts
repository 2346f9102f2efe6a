// Edits are what somebody has changed in a form, beside what the server has: which fields differ, and which were
// changed by somebody else in the meantime. Pure functions, so that no form decides it by itself.

/** A field of a form may hold these. */
export type FieldValue = string | number | boolean | null | readonly string[];

export type FieldValues = Readonly<Record<string, FieldValue>>;

/** One field that was changed here. */
export interface FieldEdit {
  /** The value that the server had when it was first changed here. */
  base: FieldValue;
  mine: FieldValue;
}

/** The changed fields by name. */
export type Edits = Readonly<Record<string, FieldEdit>>;

/** A field that was changed here and elsewhere, to different values. */
export interface Conflict {
  name: string;
  mine: FieldValue;
  theirs: FieldValue;
}

export const sameValue = (a: FieldValue | undefined, b: FieldValue | undefined): boolean =>
  Array.isArray(a) && Array.isArray(b) ? a.length === b.length && a.every((item, index) => item === b[index]) : a === b;

/** Takes a new value of one field; one that is what the server has is no change. */
export function edited(edits: Edits, server: FieldValues, name: string, mine: FieldValue): Edits {
  const { [name]: before, ...others } = edits;
  const base = before?.base ?? server[name] ?? null;
  return sameValue(mine, server[name]) ? others : { ...others, [name]: { base, mine } };
}

/** Returns what the form shows: what the server has, with the changes on top. */
export function shownValues<V extends FieldValues>(server: V, edits: Edits): V {
  return { ...server, ...Object.fromEntries(Object.entries(edits).map(([name, { mine }]) => [name, mine])) };
}

/** The fields to send: those that differ from what the server has now. */
export const changedNames = (edits: Edits, server: FieldValues): string[] =>
  Object.keys(edits).filter((name) => !sameValue(edits[name]?.mine, server[name]));

/** The fields that somebody else has changed since, to something else than what was typed here. */
export function conflictsOf(edits: Edits, server: FieldValues): Conflict[] {
  return Object.entries(edits).flatMap(([name, { base, mine }]) => {
    const theirs = server[name] ?? null;
    return sameValue(theirs, base) || sameValue(theirs, mine) ? [] : [{ name, mine, theirs }];
  });
}

/** Decides a conflict for what was typed here: the value of the server is known and is to be overwritten. */
export function keepMine(edits: Edits, server: FieldValues, name: string): Edits {
  const edit = edits[name];
  return edit ? { ...edits, [name]: { ...edit, base: server[name] ?? null } } : edits;
}

/** Decides a conflict for the other side: the change of one field is dropped. */
export function takeTheirs(edits: Edits, name: string): Edits {
  const { [name]: _dropped, ...others } = edits;
  return others;
}

/** A value as a sentence shows it. */
export function valueInWords(value: FieldValue): string {
  if (value === null || value === '') return 'nothing';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.join(', ');
  return String(value);
}
