import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ago, date, span } from './moment.ts';

const NOW = 1795219200;
const words = (seconds: number): string => String(ago(NOW - seconds, NOW)).replace(/<[^>]+>/g, '');

test('a moment of this week is said as a distance, an older one as a date', () => {
  assert.equal(words(20), 'just now');
  assert.equal(words(300), '5 minutes ago');
  assert.equal(words(3700), '1 hour ago');
  assert.equal(words(3 * 86400), '3 days ago');
  assert.equal(words(30 * 86400), 'on 22 October 2026');
});

test('a moment from a clock that is ahead is just now', () => {
  assert.equal(words(-90), 'just now');
});

test('machines read the same moment', () => {
  assert.equal(String(date(NOW)), '<time datetime="2026-11-21T00:00:00.000Z">21 November 2026</time>');
});

test('a wait is rounded up, so that trying after it works', () => {
  assert.deepEqual([0, 1, 90, 121, 7200, 7201].map(span), [
    '1 second',
    '1 second',
    '90 seconds',
    '3 minutes',
    '2 hours',
    '3 hours',
  ]);
});
