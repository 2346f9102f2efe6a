// These tests check the list of cases: nothing is forgotten, and every row of the fidelity page names one test.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cases, subjects } from './cases/index.ts';
import { sources } from './src/sources.ts';

const folder = new URL('./cases/', import.meta.url);

test('every file of cases is in the list', () => {
  const index = readFileSync(new URL('index.ts', folder), 'utf8');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const missing = files.filter((file) => file !== 'index.ts' && !index.includes(`'./${file}'`));
  assert.deepEqual(missing, []);
});

test('every subject has a test file, and every test file a subject', () => {
  const files = readdirSync(new URL('./suites/', import.meta.url));
  assert.deepEqual(
    files.toSorted(),
    Object.keys(subjects)
      .map((subject) => `${subject}.test.ts`)
      .toSorted(),
  );
});

test('no two cases of a document have one name', () => {
  const names = cases.filter(({ check }) => check).map(({ source, behaviour }) => `${source}: ${behaviour}`);
  assert.deepEqual(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  );
});

test('every document is cited, and every case says what it is about', () => {
  assert.deepEqual(
    Object.keys(sources).filter((key) => !cases.some(({ source }) => source === key)),
    [],
  );
  for (const { sentence, behaviour } of cases) assert.ok(sentence.length > 3 && behaviour.length > 3, sentence);
});
