import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sessionTime } from './session-time.ts';

test('the recorded samples come out letter for letter', () => {
  assert.equal(sessionTime(1_428_616_800), 'Thursday, 09-Apr-15 15:00:00 PDT');
  assert.equal(sessionTime(1_518_660_000), 'Wednesday, 14-Feb-18 18:00:00 PST');
});

test('midnight is hour 00 and the hour that comes twice in autumn is told apart', () => {
  assert.equal(sessionTime(Date.UTC(2026, 10, 21, 8) / 1000), 'Saturday, 21-Nov-26 00:00:00 PST');
  assert.equal(sessionTime(Date.UTC(2026, 10, 1, 8, 30) / 1000), 'Sunday, 01-Nov-26 01:30:00 PDT');
  assert.equal(sessionTime(Date.UTC(2026, 10, 1, 9, 30) / 1000), 'Sunday, 01-Nov-26 01:30:00 PST');
  assert.equal(sessionTime(Date.UTC(2026, 2, 8, 10) / 1000), 'Sunday, 08-Mar-26 03:00:00 PDT');
});
