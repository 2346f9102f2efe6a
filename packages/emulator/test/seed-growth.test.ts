// IV-16: a seed file is read in time that grows with its length and no faster, right or wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BadSeed } from '../src/seed/problems.ts';
import { readSeed } from '../src/seed/read.ts';
import { mustGrowLinearly } from '../../protocol/test/processor-time.ts';

const many = (count: number, write: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => write(i)).join('');

const files: Readonly<Record<string, (count: number) => string>> = {
  'people who name each other': (n) =>
    `name: w\npeople:\n${many(n, (i) => `  - { key: p${i}, name: Person ${i}, friends: [p${(i + 1) % n}, p${(i + 2) % n}] }\n`)}`,
  'friends who are not there': (n) =>
    `name: w\npeople:\n${many(n, (i) => `  - { key: p${i}, name: Person ${i}, friends: [q${i}] }\n`)}`,
  'keys that nobody knows': (n) =>
    `name: w\npeople:\n${many(n, (i) => `  - { key: p${i}, name: Person ${i}, nmae: x }\n`)}`,
  'businesses with system users': (n) =>
    `name: w\nbusinesses:\n${many(n, (i) => `  - { key: b${i}, name: Business ${i}, system_users: [{ name: s, role: ADMIN }] }\n`)}`,
  'grants of everybody': (n) =>
    `name: w\napps:\n  - { key: a, name: App }\npeople:\n${many(n, (i) => `  - { key: p${i}, name: Person ${i} }\n`)}grants:\n${many(n, (i) => `  - { person: p${i}, app: a }\n`)}`,
  'one map of very many keys': (n) =>
    `name: w\npeople:\n  - key: p\n    name: Person\n${many(10 * n, (i) => `    k${i}: 1\n`)}`,
  'one key again and again': (n) => `name: w\npeople:\n  - key: p\n${many(10 * n, () => '    name: Person\n')}`,
  'one long word': (n) => `name: w\npeople:\n  - { key: p, name: Person, friends: [${'q'.repeat(n * 100)}] }\n`,
};

function tried(text: string): void {
  try {
    readSeed(text, 'w.yaml');
  } catch (error) {
    assert.ok(error instanceof BadSeed, String(error));
  }
}

for (const [name, write] of Object.entries(files))
  test(`IV-16: ${name}: eight times the file takes about eight times as long`, () =>
    mustGrowLinearly(name, write, tried, 150));
