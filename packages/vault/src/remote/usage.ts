// The answers of a Graph say how much of the allowance is used. Source: "Rate limits": headers with percentages of calls
// and of time, and of one use case also the minutes until calls are taken again.
import { parseJson, shape } from '@hallpass/protocol';

export interface RemoteUsage {
  /** The fullest of all counters, in percent; beyond 100 calls are refused. */
  percent: number;
  /** Seconds until calls are taken again; 0 where the server names none. */
  wait: number;
}

export const noUsage: RemoteUsage = { percent: 0, wait: 0 };

const MINUTE = 60;
/** An answer that asks for a longer wait than this is believed to mean this. */
const LONGEST_WAIT = 24 * 60 * MINUTE;

const figures = ['call_count', 'total_cputime', 'total_time', 'acc_id_util_pct'] as const;

const figure = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;

function read(counter: Readonly<Record<string, unknown>>): RemoteUsage {
  const percent = Math.max(...figures.map((name) => figure(counter[name])));
  const regain = figure(counter['estimated_time_to_regain_access']) * MINUTE;
  const reset = percent >= 100 ? figure(counter['reset_time_duration']) : 0;
  return { percent, wait: Math.max(regain, reset) };
}

/** One of the usage headers; one that cannot be read says nothing. */
function readHeader(header: string | null): RemoteUsage[] {
  const value = header === null ? undefined : parseJson(shape.anyObject, header);
  if (value === undefined) return [];
  const lists = Object.values(value).filter(Array.isArray).flat();
  return [value, ...lists.filter(shape.anyObject)].map(read);
}

const headers = ['x-app-usage', 'x-page-usage', 'x-ad-account-usage', 'x-business-use-case-usage'] as const;

/** Reads what an answer says of the allowance. `Retry-After` counts in its form of seconds. */
export function usageIn(answered: Pick<Headers, 'get'>): RemoteUsage {
  const counters = headers.flatMap((name) => readHeader(answered.get(name)));
  const after = figure(Number(answered.get('retry-after') ?? 0));
  return {
    percent: Math.max(0, ...counters.map(({ percent }) => percent)),
    wait: Math.min(LONGEST_WAIT, Math.max(after, ...counters.map(({ wait }) => wait))),
  };
}
