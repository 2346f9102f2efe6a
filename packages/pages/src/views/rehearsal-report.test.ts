// The report of a rehearsal is one document that needs nothing else, whatever connections are called.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rehearsalReport } from './rehearsal-report.ts';

const nasty = '</pre><script>alert(1)</script>';

test('it has neither scripts nor other files, and shows names and mails as text', () => {
  const page = rehearsalReport({
    platform: nasty,
    from: '2026-11-30',
    until: '2026-12-10',
    timeZone: nasty,
    lastDay: 10,
    connections: 2,
    breaks: 1,
    mails: 1,
    addresses: 1,
    extended: 1,
    days: [
      {
        day: 3,
        date: '2026-12-03',
        orders: [nasty],
        lines: [{ connection: nasty, verb: 'stops working', look: 'danger', time: '10:00', says: [nasty] }],
        extended: 1,
        mails: [{ to: nasty, subject: nasty, text: nasty, time: '10:00' }],
      },
      { day: 4, date: '2026-12-04', orders: [], lines: [], extended: 2, mails: [] },
    ],
    timeline: [{ name: nasty, stops: 3, marks: [{ day: 3, look: 'danger', title: nasty }] }],
    quiet: 1,
    left: [{ name: nasty, because: nasty }],
    approximate: [nasty],
  });
  assert.doesNotMatch(page, /<script|src=|<link rel="stylesheet"|@import/);
  assert.match(page, /<pre>&lt;\/pre&gt;&lt;script&gt;/);
  assert.match(page, /<time datetime="2026-12-03">/);
  assert.doesNotMatch(page, /2026-12-04/, 'a day on which tokens are only extended has no section of its own');
});
