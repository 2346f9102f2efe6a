// The beliefs of another product about a token are compared with the answer of its server: a wrong end is why tokens die there
// unnoticed, or are thrown away while they work.
import type { ImportedToken } from '../client/answers/tokens.ts';
import { kindOf } from '../kinds.ts';
import type { OldToken, Product } from './product.ts';

const DAY = 86_400;

const dayOf = (moment: number): string => new Date(moment * 1000).toISOString().slice(0, 10);

/** Sentences about what the other product doesn't know of a token that is taken over. */
export function beliefNotes(
  { label, renewal }: Product,
  { believedEnd, notes = [] }: OldToken,
  { until, kind }: ImportedToken,
): string[] {
  const said = [...notes];
  if (until === undefined && typeof believedEnd === 'number')
    said.push(`${label} says that it ends on ${dayOf(believedEnd)}, but it doesn't end.`);
  else if (until !== undefined && believedEnd === null)
    said.push(`${label} says that it doesn't end, but it works only until ${dayOf(until)}.`);
  else if (until !== undefined && typeof believedEnd === 'number' && Math.abs(until - believedEnd) > 2 * DAY)
    said.push(`${label} says that it ends on ${dayOf(believedEnd)}, but it works until ${dayOf(until)}.`);
  if (kind !== undefined && kindOf(kind).mayEnd && kindOf(kind).extension !== undefined) said.push(renewal);
  return said;
}
