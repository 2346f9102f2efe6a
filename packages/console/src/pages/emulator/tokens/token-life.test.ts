// The axis of the timeline has room for every life, and a life ends where the token died.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endOf, spanOf, type TokenLife, tokenName } from './token-life.ts';

const life: TokenLife = { token: 'EAAABC…wxyz', kind: 'user', issued: 1000, expires: 9000, alive: true, scopes: [] };

test('a token ends where it died, where it will expire, or nowhere', () => {
  assert.equal(endOf(life), 9000);
  assert.equal(endOf({ ...life, alive: false, ended: 4000 }), 4000);
  assert.equal(endOf({ ...life, alive: false }), 9000);
  const { expires: _, ...forEver } = life;
  assert.equal(endOf(forEver), undefined);
});

test('the axis has room for every moment and for the present, and is never empty', () => {
  const { from, to } = spanOf([life, { ...life, data_access_ends: 20_000 }], 30_000);
  assert.ok(from < 1000 && to > 30_000);
  const alone = spanOf([], 500);
  assert.ok(alone.from < 500 && alone.to > 500);
});

test('a token is named by its kind, its person, its Page and its app', () => {
  const app = { id: '1', name: 'Fern Scheduler' };
  assert.equal(tokenName({ ...life, app, person: { id: '2', name: 'Ana' } }), 'User token of Ana, Fern Scheduler');
  assert.equal(tokenName({ ...life, kind: 'page', page: '7' }), 'Page token, Page 7');
});
