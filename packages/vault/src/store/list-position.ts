// A list that goes on over pages names the place after its last row by a text, which the next question gives back.
import { VaultRefusal } from '../refusals.ts';

/** @param by the value that the list is ordered by, before the id */
export const positionOf = (by: string, id: string): string => Buffer.from(`${id} ${by}`).toString('base64url');

/** @throws VaultRefusal `bad_value` for a text that is no position */
export function positionFrom(text: string): { id: string; by: string } {
  const [, id, by] = /^(\S{1,64}) ([\s\S]*)$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (id === undefined || by === undefined)
    throw new VaultRefusal('bad_value', { what: '`after` must be the `next` of a page of this list.' });
  return { id, by };
}
