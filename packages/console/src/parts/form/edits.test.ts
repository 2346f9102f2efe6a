// These tests are about two windows that edit the same thing: what is sent, what is a conflict, and how it is decided.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedNames, conflictsOf, edited, keepMine, shownValues, takeTheirs, valueInWords } from './edits.ts';

const server = { name: 'Fern', native: false, domains: ['a.example'] as readonly string[] };

test('only fields that differ from what the server has are sent', () => {
  const edits = edited(edited({}, server, 'name', 'Moss'), server, 'native', true);
  assert.deepEqual(changedNames(edits, server), ['name', 'native']);
  assert.deepEqual(shownValues(server, edits), { name: 'Moss', native: true, domains: ['a.example'] });
  assert.deepEqual(changedNames(edited(edits, server, 'name', 'Fern'), server), ['native'], 'typed back');
  assert.deepEqual(edited({}, server, 'domains', ['a.example']), {}, 'lists are compared by what is in them');
});

test('a field that another window changed to something else is a conflict, and other fields are none', () => {
  const edits = edited(edited({}, server, 'name', 'Moss'), server, 'native', true);
  const now = { ...server, name: 'Ivy', domains: [] };
  assert.deepEqual(conflictsOf(edits, now), [{ name: 'name', mine: 'Moss', theirs: 'Ivy' }]);
  assert.deepEqual(conflictsOf(edits, { ...server, name: 'Moss' }), [], 'both chose the same');
  assert.deepEqual(conflictsOf(edits, server), []);
});

test('a conflict is over when one side is chosen, and comes back when the other window changes it again', () => {
  const edits = edited({}, server, 'name', 'Moss');
  const now = { ...server, name: 'Ivy' };
  const mine = keepMine(edits, now, 'name');
  assert.deepEqual(conflictsOf(mine, now), []);
  assert.deepEqual(changedNames(mine, now), ['name']);
  assert.equal(conflictsOf(mine, { ...server, name: 'Oak' }).length, 1);
  assert.deepEqual(takeTheirs(edits, 'name'), {});
});

test('a field that is typed on after the other window changed it is still compared with what it was at first', () => {
  const edits = edited({}, server, 'name', 'Mos');
  const now = { ...server, name: 'Ivy' };
  assert.equal(conflictsOf(edited(edits, now, 'name', 'Moss'), now).length, 1);
});

test('values are told in words', () => {
  assert.deepEqual(['', null, true, false, ['a', 'b'], [], 0].map(valueInWords), [
    'nothing',
    'nothing',
    'on',
    'off',
    'a, b',
    'nothing',
    '0',
  ]);
});
