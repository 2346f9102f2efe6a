// The guide to seed files says what is so.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { defaultSettings } from '@hallpass/server/testing';
import { appSettings } from '@hallpass/protocol';
import { readSeed } from './read.ts';
import { knownKeys } from './shape.ts';

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

test('the guide names every key', () => {
  for (const [where, keys] of Object.entries(knownKeys))
    for (const key of keys) assert.ok(new RegExp(`\\b${key}\\b`).test(guide), `${where}.${key}`);
});

test('each setting of an app stands in the guide with its meaning and its default', () => {
  const shown = (value: unknown): string => {
    if (Array.isArray(value)) return value.length === 0 ? 'empty' : value.map((one) => `\`${one}\``).join(', ');
    return value === '' ? 'empty' : `\`${String(value)}\``;
  };
  for (const [name, { name: key, doc }] of Object.entries(appSettings))
    assert.ok(
      guide.includes(`| \`${key}\` | ${doc} | ${shown(defaultSettings[name as keyof typeof defaultSettings])} |`),
      key,
    );
});
