// This module says moments in words. Epoch seconds in, UTC out: the server does not know where the reader is.
import { type Html, html } from '../../html.ts';

/** Made when it is first used: it takes some milliseconds, which a start need not wait for. */
let dayFormat: Intl.DateTimeFormat | undefined;

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

/** A length of time in words, rounded up: "45 seconds", "2 minutes", "3 hours". */
export function span(seconds: number): string {
  if (seconds < 2 * MINUTE) return count(Math.max(1, Math.ceil(seconds)), 'second');
  if (seconds < 2 * HOUR) return count(Math.ceil(seconds / MINUTE), 'minute');
  return count(Math.ceil(seconds / HOUR), 'hour');
}

/** The date of a moment: "21 November 2026". */
export function date(at: number): Html {
  dayFormat ??= new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const moment = new Date(at * 1000);
  return html`<time datetime="${moment.toISOString()}">${dayFormat.format(moment)}</time>`;
}

/**
 * Says how long ago it was, up to a week; then the date. A moment in the future is "just now" (another node's clock).
 */
export function ago(at: number, now: number): Html {
  const past = now - at;
  if (past >= 7 * DAY) return html`on ${date(at)}`;
  const words =
    past < 2 * MINUTE
      ? 'just now'
      : past < HOUR
        ? `${count(Math.floor(past / MINUTE), 'minute')} ago`
        : past < DAY
          ? `${count(Math.floor(past / HOUR), 'hour')} ago`
          : `${count(Math.floor(past / DAY), 'day')} ago`;
  return html`<time datetime="${new Date(at * 1000).toISOString()}">${words}</time>`;
}
