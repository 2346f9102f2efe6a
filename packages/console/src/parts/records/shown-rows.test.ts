import assert from 'node:assert/strict';
import test from 'node:test';
import { nextSorting, shownRows } from './shown-rows.ts';

const rows = [
  { name: 'Birch', calls: 10 },
  { name: 'Alder', calls: 9 },
  { name: 'Cedar', calls: 100 },
];
const name = { id: 'name', value: (row: (typeof rows)[number]) => row.name };
const calls = { id: 'calls', value: (row: (typeof rows)[number]) => row.calls };
const columns = [name, calls];
const names = (...given: Parameters<typeof shownRows<(typeof rows)[number]>>[2][]) =>
  given.map((how) =>
    shownRows(rows, columns, how)
      .map((row) => row.name)
      .join(' '),
  );

test('rows keep their order until a column is chosen, and numbers are sorted as numbers', () => {
  assert.deepEqual(
    names(
      { wanted: '', sorting: undefined },
      { wanted: '', sorting: { column: 'name', direction: 'asc' } },
      { wanted: '', sorting: { column: 'calls', direction: 'desc' } },
    ),
    ['Birch Alder Cedar', 'Alder Birch Cedar', 'Cedar Birch Alder'],
  );
});

test('a text is found in any column, in whatever case', () => {
  assert.deepEqual(names({ wanted: 'ALD', sorting: undefined }, { wanted: '10', sorting: undefined }), [
    'Alder',
    'Birch Cedar',
  ]);
});

test('clicks on a head go from one direction to the other and back to no order; another head begins anew', () => {
  const [first] = rows;
  const once = nextSorting(undefined, name, first);
  const twice = nextSorting(once, name, first);
  assert.deepEqual(
    [once, twice, nextSorting(twice, name, first), nextSorting(twice, calls, first)],
    [
      { column: 'name', direction: 'asc' },
      { column: 'name', direction: 'desc' },
      undefined,
      { column: 'calls', direction: 'desc' },
    ],
  );
});
