import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cursorsOf, paginate, pageRequest } from './cursors.ts';

const key = Buffer.alloc(32, 7);
const accounts = cursorsOf(key, 'user/accounts');

test('a cursor has the recorded spelling: base64 of a text that begins with the id, in letters and digits alone', () => {
  for (const position of ['1353269864728879', 'd0 d', 'fC+/?>', 'ü', '']) {
    const cursor = accounts.write(position);
    assert.match(cursor, /^[A-Za-z0-9]+$/);
    assert.equal(accounts.read(cursor, 'after'), position);
  }
  assert.match(accounts.write('1353269864728879'), /^MTM1MzI2OTg2NDcyODg3O/);
});

test('IV-17: a cursor is good for the list that it was written for, unchanged, and in one spelling', () => {
  const cursor = accounts.write('3001');
  const others = [
    cursorsOf(key, 'user/friends'),
    cursorsOf(key, 'page/accounts'),
    cursorsOf(Buffer.alloc(32, 8), 'user/accounts'),
  ];
  for (const other of others) assert.throws(() => other.read(cursor, 'after'), /\(#100\) Invalid parameter: after/);
  const forged = ['\0', 'NaN', '1e400 1', '3001', '3001|', '3001|AAAAAAAA', '9'.repeat(400), '\ud800'].map((text) =>
    Buffer.from(text).toString('base64'),
  );
  const bad = [
    ...forged,
    'x',
    '====',
    'AAZDZD',
    '',
    'a'.repeat(2000),
    `${cursor}=`,
    `${cursor}ZD`,
    `${cursor} `,
    cursor.slice(1),
    cursor.toLowerCase(),
  ];
  for (const text of bad)
    assert.throws(() => accounts.read(text, 'before'), /\(#100\) Invalid parameter: before/, text);
});

test('lists of figures refuse a cursor in their own words', () => {
  assert.throws(
    () => cursorsOf(key, 'campaign/insights', 'param.cursor').read('garbage', 'after'),
    /^Refusal: \(#2642\) Invalid cursors values$/,
  );
});

test('pages forward and backward cover every row once', () => {
  const rows = Array.from({ length: 7 }, (_, i) => String(i + 1));
  const position = (row: string) => row;
  const seen: string[] = [];
  let after: string | undefined;
  for (;;) {
    const part = paginate(rows, position, { limit: 3, after, before: undefined });
    seen.push(...part.rows);
    if (!part.hasNext) break;
    after = part.rows.at(-1);
  }
  assert.deepEqual(seen, rows);
  assert.deepEqual(paginate(rows, position, { limit: 3, after: undefined, before: '7' }).rows, ['4', '5', '6']);
  assert.equal(paginate(rows, position, { limit: 3, after: undefined, before: '3' }).hasPrevious, false);
});

test('a limit above 100 counts as 100, 0 asks for no row, one that is no number is refused', () => {
  assert.equal(pageRequest({ limit: '5000' }, accounts).limit, 100);
  assert.equal(pageRequest({ limit: '0' }, accounts).limit, 0);
  assert.throws(() => pageRequest({ limit: '-1' }, accounts), /limit/);
  assert.throws(() => pageRequest({ limit: ['1'] }, accounts), /limit/);
});
