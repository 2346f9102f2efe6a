// These fields are real, and nothing of them is ever said here. Programs ask for them in one list with others; refusing
// them would fail the whole call, so they are known and left out, as the real service does where it has no value.
import { type Field, type Node, withFields } from '../../graph/language/schema.ts';

/** One field for each name, left out of every answer. `doc` says why there is no value. */
export const withoutValue = <Row>(names: readonly string[], doc: string): Record<string, Field<Row>> =>
  Object.fromEntries(names.map((name) => [name, { doc, type: 'absent', show: 'asked', from: () => undefined }]));

/** The node with these further names; those that it has as fields or as retired ones stay as they are. */
export const withFurther = <Row>(of: Node<Row>, names: readonly string[], doc: string): Node<Row> =>
  withFields(
    of,
    withoutValue<Row>(
      names.filter((name) => !Object.hasOwn(of.fields, name) && !of.retired.has(name)),
      doc,
    ),
  );
