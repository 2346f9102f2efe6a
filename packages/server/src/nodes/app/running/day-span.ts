// Figures of an app are told day by day: a span of days ends with today unless the call says otherwise.
import { DAY, graphError } from '@hallpass/protocol';

const MOST_DAYS = 90;
const USUAL_DAYS = 7;

export interface SpanRequest {
  /** Epoch seconds. */
  since?: number | undefined;
  until?: number | undefined;
}

/**
 * Reads a span. @param now epoch seconds; no day after it is in the span
 * @returns its first and last day, as days since 1970
 * @throws GraphError param.must_be for a span that is too long or ends before it begins
 */
export function daysOfSpan(
  now: number,
  { until = now, since = until - (USUAL_DAYS - 1) * DAY }: SpanRequest,
): { first: number; last: number } {
  const first = Math.floor(since / DAY);
  const last = Math.floor(Math.min(until, now) / DAY);
  if (last < first || last - first >= MOST_DAYS)
    throw graphError('param.must_be', { name: 'since', what: `at most ${MOST_DAYS} days before until` });
  return { first, last };
}
