import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cursorOf, cut, pageRequest, positionOf } from './cursors.ts';

test('a cursor has the recorded spelling: base64 with ZD for =', () => {
  assert.equal(cursorOf('1353269864728879'), 'MTM1MzI2OTg2NDcyODg3OQZDZD');
  assert.equal(positionOf('MTM1MzI2OTg2NDcyODg3OQZDZD', 'after'), '1353269864728879');
});

test('anything that is not a cursor is refused', () => {
  for (const bad of ['x', '====', 'MTM1MzI2OTg2NDcyODg3OQ==', '', 'a'.repeat(600)]) assert.throws(() => positionOf(bad, 'after'), /\(#100\)/);
});

test('pages forward and backward cover every row once', () => {
  const rows = Array.from({ length: 7 }, (_, i) => String(i + 1));
  const position = (row: string) => row;
  const seen: string[] = [];
  let after: string | undefined;
  for (;;) {
    const part = cut(rows, position, { limit: 3, after, before: undefined });
    seen.push(...part.rows);
    if (!part.hasNext) break;
    after = part.rows.at(-1);
  }
  assert.deepEqual(seen, rows);
  assert.deepEqual(cut(rows, position, { limit: 3, after: undefined, before: '7' }).rows, ['4', '5', '6']);
  assert.equal(cut(rows, position, { limit: 3, after: undefined, before: '3' }).hasPrevious, false);
});

test('a limit above 100 counts as 100, 0 asks for no row, one that is no number is refused', () => {
  assert.equal(pageRequest({ limit: '5000' }).limit, 100);
  assert.equal(pageRequest({ limit: '0' }).limit, 0);
  assert.throws(() => pageRequest({ limit: '-1' }), /limit/);
  assert.throws(() => pageRequest({ limit: ['1'] }), /limit/);
});
