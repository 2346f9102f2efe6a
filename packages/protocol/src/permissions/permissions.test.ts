import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  isPermission,
  limitedLoginPermissions,
  oldNames,
  type Permission,
  type PermissionWords,
  permissions,
  readScope,
  withDependencies,
} from './permissions.ts';
import { dataAccessExempt } from '../tokens/tokens.ts';

const entries = Object.entries(permissions) as [Permission, PermissionWords][];

test('every dependency is itself a permission and no permission depends on itself', () => {
  for (const [name, { dependsOn }] of entries) {
    for (const dependency of dependsOn) assert.ok(isPermission(dependency), `${name} → ${dependency}`);
    const others = dependsOn.filter(isPermission);
    assert.ok(!withDependencies(others).includes(name), name);
  }
});

test('asking for a permission asks for all that it depends on, each once', () => {
  assert.deepEqual(withDependencies(['catalog_management']), [
    'catalog_management',
    'business_management',
    'pages_read_engagement',
    'pages_show_list',
  ]);
  assert.deepEqual(withDependencies(['pages_show_list', 'pages_manage_posts']), [
    'pages_show_list',
    'pages_manage_posts',
    'pages_read_engagement',
  ]);
  assert.deepEqual(withDependencies(['email', 'email']), ['email']);
});

test('only the basic permissions may be asked of anybody from the start', () => {
  assert.deepEqual(
    entries.filter(([, p]) => p.level === 'basic').map(([name]) => name),
    ['public_profile', 'email'],
  );
});

test('a scope is read with commas, spaces or both', () => {
  assert.deepEqual(readScope('email, public_profile user_friends,,email'), {
    permissions: ['email', 'public_profile', 'user_friends'],
    openid: false,
    unknown: [],
  });
  assert.deepEqual(readScope(''), { permissions: [], openid: false, unknown: [] });
});

test('manage_pages asks for what replaced it, openid for an identity, anything else is unknown', () => {
  assert.deepEqual(readScope('manage_pages').permissions, [...oldNames.manage_pages]);
  assert.deepEqual(readScope('openid email'), { permissions: ['email'], openid: true, unknown: [] });
  assert.deepEqual(readScope('Email __proto__ constructor toString').unknown, [
    'Email',
    '__proto__',
    'constructor',
    'toString',
  ]);
});

test('each title is used once, and each sentence is one sentence to the person', () => {
  assert.equal(new Set(entries.map(([, p]) => p.title)).size, entries.length);
  for (const [name, { words }] of entries) assert.match(words, /^[A-Z][^.]*\.$/, name);
});

test('the lists of other tables name real permissions', () => {
  for (const name of dataAccessExempt) assert.ok(isPermission(name), name);
  for (const name of limitedLoginPermissions) assert.ok(isPermission(name), name);
});
