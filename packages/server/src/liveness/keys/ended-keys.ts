// This module finds the people whose tokens ended with a key. Tokens are not stored, so it follows from when somebody
// last logged in: the key that was the newest one then sealed their tokens.
import { lifetimes } from '@hallpass/protocol';
import type { Span } from '../../store/grants/grants.ts';

interface Key {
  id: number;
  status: string;
  createdAt: number;
}

const isEnded = ({ status }: Key): boolean => status === 'withdrawn' || status === 'fenced';

/** When the data access ends of the people who last logged in under a key that was ended, as spans of epoch seconds. */
export function endedUnder(keys: readonly Key[]): Span[] {
  const inOrder = keys.toSorted((a, b) => a.id - b.id);
  const spans = inOrder.flatMap((key, at): Span[] => {
    if (!isEnded(key)) return [];
    const next = inOrder[at + 1]?.createdAt;
    const from = at === 0 ? 0 : key.createdAt + lifetimes.dataAccess;
    // In the second of the change either key may have sealed: better one too many is told than one too few.
    return [{ from, ...(next === undefined ? {} : { until: next + 1 + lifetimes.dataAccess }) }];
  });
  return joined(spans);
}

/** Spans that touch become one, so that many ended keys do not make a long question. */
function joined(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of spans) {
    const last = out.at(-1);
    if (last?.until !== undefined && span.from <= last.until)
      out[out.length - 1] = { from: last.from, ...(span.until === undefined ? {} : { until: span.until }) };
    else out.push(span);
  }
  return out;
}
