// Two windows that edit the same thing do not overwrite each other in silence: a form sends the values that it was filled
// in over, and they are compared with the present ones inside the change that writes, while nobody else can change them.
import { graphError } from '@hallpass/protocol';
import { parseJson } from '@hallpass/protocol/request';
import { param } from '../../graph/language/params.ts';

const LONGEST = 200_000;

export const unchangedParam = param.text(
  'A JSON object of values by name, as they were read: nothing is written where one of them is another by now.',
  { max: LONGEST },
);

/** Throws where one of the present values, by their names on the wire, is not the one that was read. */
type DemandUnchanged = (present: Readonly<Record<string, unknown>>) => void;

/** Nothing, empty text and an empty list are read alike: what is not set is left out of answers. */
function normal(value: unknown): string {
  if (value === undefined || value === null || value === '') return '';
  if (!Array.isArray(value)) return JSON.stringify(value);
  // A list says the same in another order.
  return value.length === 0 ? '' : JSON.stringify(value.map(String).toSorted());
}

/**
 * Reads the parameter once, before the change.
 * @throws GraphError param.invalid for what is no object
 */
export function unchangedSince(text: string | undefined): DemandUnchanged {
  if (text === undefined) return () => {};
  const read = parseJson(text);
  if (typeof read !== 'object' || read === null || Array.isArray(read))
    throw graphError('param.invalid', { name: 'unchanged' });
  const expected = Object.entries(read);
  return (present) => {
    for (const [name, value] of expected)
      if (!Object.hasOwn(present, name) || normal(present[name]) !== normal(value))
        throw graphError('object.changed_meanwhile', { name });
  };
}
