// Mails wait for the end of quiet hours, and are counted by days. Both are of the place where people are, so daylight
// saving comes out right.
import { HOUR } from '@hallpass/protocol';
import type { QuietHours } from '../client/answers/mail.ts';

/** To make one is slow, so that of each zone is kept: there are some hundred. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  return format;
}

function partsAt(at: number, timeZone: string): { day: string; hour: number; past: number } {
  const parts = Object.fromEntries(
    formatFor(timeZone)
      .formatToParts(at * 1000)
      .map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute, second } = parts;
  return { day: `${year}-${month}-${day}`, hour: Number(hour), past: Number(minute) * 60 + Number(second) };
}

/** True for the name of a zone that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

/** `2026-12-31`: the day there at this moment. */
export const dayAt = (at: number, timeZone: string): string => partsAt(at, timeZone).day;

const isQuiet = (hour: number, { from, to }: QuietHours): boolean =>
  from <= to ? hour >= from && hour < to : hour >= from || hour < to;

/** The first moment from `at` on that is not quiet, epoch seconds. Hours that are equal are no quiet hours. */
export function afterQuietHours(at: number, quiet: QuietHours | undefined, timeZone: string): number {
  if (quiet === undefined || quiet.from === quiet.to) return at;
  let moment = at;
  // Hour by hour, because the clocks may change in between.
  for (let step = 0; step < 26; step++) {
    const { hour, past } = partsAt(moment, timeZone);
    if (!isQuiet(hour, quiet)) return moment;
    moment += HOUR - past;
  }
  return moment;
}

/** The beginning of the next day there, epoch seconds. */
export function nextDay(at: number, timeZone: string): number {
  const { day } = partsAt(at, timeZone);
  let moment = at;
  for (let step = 0; step < 27; step++) {
    const { day: then, past } = partsAt(moment, timeZone);
    if (then !== day) return moment;
    moment += HOUR - past;
  }
  return moment;
}
