// The guide to seed files says what is so.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSeed } from './read.ts';
import { mappingsOfFile } from './keys.ts';

const guide = readFileSync(new URL('../../../../docs/guide/seed-files.md', import.meta.url), 'utf8');

test('the example of the guide is right, and is read as it says', () => {
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(guide) ?? [];
  const { name, world } = readSeed(example, 'docs/guide/seed-files.md');
  assert.equal(name, 'bakery-day');
  assert.deepEqual([world.people.length, world.apps.length, world.pages.length, world.grants.length], [2, 2, 1, 1]);
  assert.deepEqual(
    world.pages[0]?.posts?.map(({ secondsAgo }) => secondsAgo),
    [86_400, 2 * 86_400],
  );
});

test('every key of a seed file says what it means, for the reference', () => {
  for (const [where, keys] of mappingsOfFile())
    for (const { key, doc } of keys) assert.match(doc, /^.+[.]$/, `${where}.${key}`);
  assert.deepEqual(
    mappingsOfFile()
      .get('')
      ?.filter(({ isNeeded }) => isNeeded)
      .map(({ key }) => key),
    ['name'],
  );
});
