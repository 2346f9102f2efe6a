// One token of the watch is put into words here, and into data for programs. Neither holds a token.
import type { WatchLine, WatchResult } from '@hallpass/vault';
import { holderStates } from '@hallpass/vault/client';
import { durationInWords, momentInWords } from '../printing/print.ts';

/** `shop page: expiring (was healthy). It ends in 6 days, 2026-12-05T…`, on one line. */
export function lineInWords(line: WatchLine, now: number): string {
  const parts = sentencesOf(line, now);
  return `${line.name}: ${stateInWords(line)}${parts.length === 0 ? '' : `. ${parts.join(' ')}`}`;
}

/** `expiring (was healthy)` */
export const stateInWords = ({ state, before }: WatchLine): string =>
  before === undefined || before === state ? state : `${state} (was ${before})`;

/** The sentences about a token besides its state. */
export function sentencesOf({ state, look, extend }: WatchLine, now: number): string[] {
  const { until, problems, reason } = look;
  return [
    ...(state === 'healthy' || state === 'expiring' ? [] : [reason]),
    ...(until !== undefined && until > now
      ? [`It ends in ${durationInWords(until - now)}, ${momentInWords(until)}.`]
      : []),
    ...(extend ? ['Extend it now: hallpass token exchange.'] : []),
    ...problems,
  ];
}

/** Gives a line as one object of JSON, with the names of debug_token where it has one. */
export function lineAsData({ name, state, before, look, extend, changed }: WatchLine): Record<string, unknown> {
  return {
    name,
    state,
    before,
    changed,
    kind: look.kind,
    until: look.until,
    expires_at: look.dates.expiresAt,
    data_access_expires_at: look.dates.dataAccessUntil,
    extend,
    reason: look.reason,
    problems: look.problems,
  };
}

/** `12 tokens: 10 healthy, 2 expiring.` */
export function summaryInWords({ lines, outage }: WatchResult): string {
  if (outage) return `No token could be checked: ${lines[0]?.look.reason ?? ''} Earlier results are kept.`;
  const counts = Object.keys(holderStates).flatMap((state) => {
    const many = lines.filter((line) => line.state === state).length;
    return many === 0 ? [] : [`${many} ${state}`];
  });
  const problems = lines.filter(({ look }) => look.problems.length > 0).length;
  const many = lines.length === 1 ? '1 token' : `${lines.length} tokens`;
  return `${many}: ${counts.join(', ')}${problems === 0 ? '' : `; ${problems} differ from how they are registered`}.`;
}
