import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationInWords, momentInWords, table } from './print.ts';

test('columns stand below each other, whatever letters are in them', () => {
  assert.equal(
    table(
      [
        ['Elif Yıldız', '1'],
        ['Café', '22'],
      ],
      ['name', 'id'],
    ),
    'NAME         ID\nElif Yıldız  1\nCafé         22',
  );
});

test('moments and lengths of time read as people write them', () => {
  assert.deepEqual([0, 1_795_264_496, undefined].map(momentInWords), ['never', '2026-11-21T12:34:56Z', '']);
  assert.deepEqual([5_183_944, 86_400, 7200, 60, 59].map(durationInWords), [
    '59 days',
    '1 day',
    '2 hours',
    '1 minute',
    '59 seconds',
  ]);
});
