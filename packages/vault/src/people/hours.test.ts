// These tests are about quiet hours and days where people are.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterQuietHours, dayAt, isTimeZone, nextDay } from './hours.ts';

const at = (text: string): number => Date.parse(text) / 1000;
const zone = 'Europe/Berlin';
const night = { from: 22, to: 7 };

test('a mail of the night waits until its end, one of the day does not', () => {
  for (const [moment, then] of [
    ['2026-12-01T21:59:59+01:00', '2026-12-01T21:59:59+01:00'],
    ['2026-12-01T22:00:00+01:00', '2026-12-02T07:00:00+01:00'],
    ['2026-12-02T03:20:10+01:00', '2026-12-02T07:00:00+01:00'],
    ['2026-12-02T07:00:00+01:00', '2026-12-02T07:00:00+01:00'],
    // The night in which the clocks go forward, and the one in which they go back.
    ['2026-03-29T01:30:00+01:00', '2026-03-29T07:00:00+02:00'],
    ['2026-10-25T01:30:00+02:00', '2026-10-25T07:00:00+01:00'],
  ] as const)
    assert.equal(afterQuietHours(at(moment), night, zone), at(then), moment);
  assert.equal(afterQuietHours(at('2026-12-01T12:30:00Z'), { from: 12, to: 14 }, 'UTC'), at('2026-12-01T14:00:00Z'));
  assert.equal(afterQuietHours(at('2026-12-01T12:30:00Z'), { from: 5, to: 5 }, 'UTC'), at('2026-12-01T12:30:00Z'));
  assert.equal(afterQuietHours(at('2026-12-01T23:30:00Z'), undefined, 'UTC'), at('2026-12-01T23:30:00Z'));
  // A zone with half an hour.
  assert.equal(
    afterQuietHours(at('2026-12-01T20:00:00+05:30'), { from: 20, to: 8 }, 'Asia/Kolkata'),
    at('2026-12-02T08:00:00+05:30'),
  );
});

test('a day is the day of the place', () => {
  assert.equal(dayAt(at('2026-12-31T23:30:00Z'), zone), '2027-01-01');
  assert.equal(dayAt(at('2026-12-31T23:30:00Z'), 'America/New_York'), '2026-12-31');
  assert.equal(nextDay(at('2026-12-31T12:10:00+01:00'), zone), at('2027-01-01T00:00:00+01:00'));
  assert.deepEqual([isTimeZone(zone), isTimeZone('Mars/Olympus'), isTimeZone('')], [true, false, false]);
});
