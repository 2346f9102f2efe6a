import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOperationHead, isPathWord, isPlainField, needsOfCall, permissionsFor } from './call-needs.ts';
import { all, any, dashboard, permission, self, token } from './needs.ts';
import { permissionSets } from './permission-sets.ts';

const setsOf = (requirement: Parameters<typeof permissionSets>[0]): string[][] =>
  permissionSets(requirement).map(({ kinds, permissions }) => [kinds?.join(' ') ?? '*', ...permissions]);

test('a requirement has as many ways as its alternatives, and none that asks for more than another', () => {
  assert.deepEqual(setsOf(all(token('user'), permission('email'))), [['user', 'email']]);
  assert.deepEqual(setsOf(any(permission('ads_read'), permission('ads_management'))), [
    ['*', 'ads_read'],
    ['*', 'ads_management'],
  ]);
  assert.deepEqual(setsOf(any(self, permission('email'))), [['*']], 'who needs none needs none');
  assert.deepEqual(setsOf(all(token('user'), token('page'))), [], 'no token is of two kinds');
  assert.deepEqual(setsOf(any(dashboard, all(token('page'), permission('email')))), [['page', 'email']]);
});

test('the permissions of a call are known by its verb, its edge and the kind of token', () => {
  const needed = (method: 'GET' | 'POST', edge: string, carried: string[] = [], fields: string[] = []): string[] =>
    permissionsFor(needsOfCall({ method, edge, node: 'user', fields }, 'user'), carried);
  assert.deepEqual(needed('GET', 'accounts'), ['pages_show_list']);
  assert.deepEqual(needed('GET', '', [], ['id', 'email', 'birthday']), ['email', 'user_birthday']);
  assert.deepEqual(needed('GET', 'adaccounts', ['ads_management']), ['ads_management'], 'what is carried is enough');
  assert.deepEqual(needed('GET', 'no_such_edge'), []);
});

test('names are told apart: what begins operations, what is a list, what is a plain field', () => {
  assert.deepEqual(['oauth', 'debug_token', 'me'].map(isOperationHead), [true, true, false]);
  assert.deepEqual(['accounts', 'permissions', 'name', ''].map(isPathWord), [true, true, false, false]);
  assert.deepEqual(['name', 'accounts', 'picture', 'no_such_field'].map(isPlainField), [true, false, true, false]);
});
