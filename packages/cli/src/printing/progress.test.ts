import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barInWords } from './progress.ts';

test('a bar shows how far long work is, and the count alone where nobody knows the total', () => {
  assert.equal(barInWords(1500, 3000), `[${'█'.repeat(15)}${'·'.repeat(15)}] 1,500 of 3,000`);
  assert.equal(barInWords(12_000, undefined), '12,000');
  assert.equal(barInWords(9, 3), `[${'█'.repeat(30)}] 9 of 3`);
});
