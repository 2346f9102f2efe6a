import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphError } from '../errors/refusal.ts';
import { readPath } from './path.ts';

function keyOf(path: string): string {
  try {
    readPath(path);
    return 'accepted';
  } catch (error) {
    assert.ok(error instanceof GraphError);
    return error.key;
  }
}

test('every served version, and none at all, stands in front of the same names', () => {
  for (const version of ['v2.0', 'v2.6', 'v3.2', 'v10.0', 'v16.0', 'v24.0', 'v25.0', 'v26.0']) {
    assert.deepEqual(readPath(`/${version}/me/accounts`), { version, segments: ['me', 'accounts'] });
  }
  assert.deepEqual(readPath('/me'), { version: undefined, segments: ['me'] });
});

test('the root of a version is written with and without a slash', () => {
  for (const path of ['', '/', '//', '/v24.0', '/v24.0/', '/v24.0//'])
    assert.deepEqual(readPath(path).segments, [], path);
  assert.equal(readPath('/v24.0').version, 'v24.0');
});

test('IV-11: a path has one spelling, every other one is an unknown path', () => {
  const games = [
    '//oauth/access_token',
    '/oauth//access_token',
    '/oauth/./access_token',
    '/oauth/../access_token',
    '/oauth/%61ccess_token',
    '/oauth/access%5Ftoken',
    '/OAuth/access_token',
    '/oauth/Access_Token',
    '/oauth/access_token;x=1',
    '/oauth/access_token%3Bx',
    '/oauth\\access_token',
    '/oauth%5Caccess_token',
    '/oauth%2Faccess_token',
    '/oauth/%2e%2e/me',
    '/oauth/access_token%00',
    '/oauth/access_token%0a',
    '/oauth/access_token%20%',
    '/oauth/%252e',
    '/oauth/%ff',
    '/v25.0//me',
    '//v25.0/me',
    '/V25.0/me',
    '/v025.0/me',
    '/v25.00/me',
    'me',
    '*',
    '/me#x',
    '/me"',
    '/m é',
    '/v27.0/me',
    '/%76%32%35.0/me',
  ];
  for (const path of games) assert.equal(keyOf(path), 'path.unknown', path);
});

test('IV-11: one final slash is cut, and only one', () => {
  for (const path of [
    '/me',
    '/v25.0/me/accounts',
    '/oauth/access_token',
    '/debug_token',
    '/100',
    '/me/permissions/email',
  ])
    assert.deepEqual(readPath(`${path}/`), readPath(path), path);
  for (const path of ['/me//', '/v25.0/me//', '/oauth//', '/me/%2f', '/me/;'])
    assert.equal(keyOf(path), 'path.unknown', path);
});

test('a version older than any that is served is refused as retired', () => {
  assert.equal(keyOf('/v1.0/me'), 'version.retired');
});

test('ids with marks of their own are decoded, and capitals in ids stay', () => {
  assert.deepEqual(readPath('/m_AbC123/x').segments, ['m_AbC123', 'x']);
  assert.deepEqual(readPath('/10%3A20').segments, ['10:20']);
  assert.deepEqual(readPath('/a%20b').segments, ['a b']);
  assert.deepEqual(readPath('/caf%C3%A9').segments, ['café']);
});

test('what is remembered about a path cannot be changed by a caller', () => {
  const { segments } = readPath('/me/permissions');
  assert.throws(() => (segments as string[]).push('x'), TypeError);
  assert.deepEqual(readPath('/me/permissions').segments, ['me', 'permissions']);
});
