// A moment of the protocol is shown in two ways: date with time zone, and in words how far it is from now.
import { Text } from '@mantine/core';

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const absolute = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const zone = new Intl.DateTimeFormat('en', { timeZoneName: 'short' });

/** Says how far `at` is from `now`, e.g. "in 2 months". @param at epoch seconds @param now epoch seconds */
export function inWords(at: number, now: number): string {
  const apart = at - now;
  const [unit, seconds] = units.find(([, length]) => Math.abs(apart) >= length) ?? ['second', 1];
  return relative.format(Math.trunc(apart / seconds), unit);
}

/** A date with its time zone. @param at epoch seconds */
export function dated(at: number): string {
  const date = new Date(at * 1000);
  const name = zone.formatToParts(date).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return `${absolute.format(date)} ${name}`.trim();
}

/** @param at epoch seconds @param now the present moment of the server, which an emulator may have moved */
export function Moment({ at, now }: { at: number; now: number }) {
  return (
    <Text span inherit>
      <time dateTime={new Date(at * 1000).toISOString()}>{dated(at)}</time>{' '}
      <Text span inherit c="dimmed">
        ({inWords(at, now)})
      </Text>
    </Text>
  );
}
