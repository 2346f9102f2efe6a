// The changes between versions are told for the calls that they may touch.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changesBetween, meetsChange, type VersionChange, versionChanges } from './version-changes.ts';
import { parseVersion } from './versions.ts';

test('changes between two versions are those after the older one, up to and with the newer one', () => {
  assert.deepEqual(changesBetween('v24.0', 'v26.0'), [versionChanges.ids_at_root]);
  assert.deepEqual(changesBetween('v23.0', 'v25.0'), [versionChanges.budget_sharing]);
  assert.deepEqual(changesBetween('v26.0', 'v26.0'), []);
});

test('a call is told of the changes that its words meet', () => {
  const told = (method: string, ...words: string[]) =>
    changesBetween('v2.7', 'v26.0', { method, has: (word) => words.includes(word) });
  assert.deepEqual(told('GET', 'ids', 'me'), [versionChanges.ids_at_root]);
  assert.deepEqual(told('GET', 'kids', 'me'), []);
  assert.deepEqual(told('GET', 'me', 'bio'), [versionChanges.bio]);
  assert.deepEqual(told('POST', 'campaigns'), [versionChanges.budget_sharing]);
  assert.deepEqual(told('GET', 'campaigns'), []);
});

test('every change has a version that is served, a sentence, a way out and a source', () => {
  for (const [name, { from, what, instead, source }] of Object.entries<VersionChange>(versionChanges)) {
    assert.equal(parseVersion(from), from, name);
    for (const sentence of [what, instead]) assert.match(sentence, /^[A-Z].*\.$/, name);
    assert.ok(source.length > 4, name);
  }
  assert.equal(meetsChange('v26.0', 'ids_at_root'), true);
  assert.equal(meetsChange('v25.0', 'ids_at_root'), false);
});
