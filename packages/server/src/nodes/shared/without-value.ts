// These fields are real, and nothing of them is ever said here. Programs ask for them in one list with others; refusing
// them would fail the whole call, so they are known and left out, as the real service does where it has no value.
import type { Field } from '../../graph/language/schema.ts';

/** One field for each name, left out of every answer. `doc` says why there is no value. */
export const withoutValue = <Row>(names: readonly string[], doc: string): Record<string, Field<Row>> =>
  Object.fromEntries(names.map((name) => [name, { doc, type: 'absent', show: 'asked', from: () => undefined }]));
