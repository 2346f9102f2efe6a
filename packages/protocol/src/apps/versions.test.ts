import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareVersions, parseVersion, versions } from './versions.ts';

test('every version from the oldest to the newest is served, and no other', () => {
  for (const text of ['v2.0', 'v2.12', 'v3.3', 'v16.0', 'v25.0', 'v26.0']) assert.equal(parseVersion(text), text);
  for (const text of ['v1.0', 'v26.1', 'v27.0', 'v99.0', 'v0.0']) assert.equal(parseVersion(text), undefined, text);
});

test('I-10: a version has one spelling', () => {
  for (const text of [
    '',
    '25.0',
    'V25.0',
    'v25',
    'v25.0.0',
    'v025.0',
    'v25.00',
    'v25.0 ',
    'v２5.0',
    'v2e1.0',
    'v-2.0',
    'v2.100',
  ]) {
    assert.equal(parseVersion(text), undefined, text);
  }
});

test('versions compare by number, not by text', () => {
  assert.ok(compareVersions('v2.9', 'v2.12') < 0);
  assert.ok(compareVersions('v10.0', 'v9.0') > 0);
  assert.equal(compareVersions('v25.0', 'v25.0'), 0);
  assert.ok(compareVersions(versions.default, versions.newest) < 0);
});
