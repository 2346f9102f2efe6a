import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HttpRequest } from '../wire/call.ts';
import { withLineEnd } from './terminal-line.ts';

const asks = (agent: string, method = 'GET') =>
  ({ method, headers: { 'user-agent': agent } }) as unknown as HttpRequest;
const json = (body: string, length?: string) => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=UTF-8', ...(length ? { 'content-length': length } : {}) },
  body,
});

test('JSON in a terminal ends with a line end; programs get the bytes as they are', () => {
  assert.equal(withLineEnd(asks('curl/8.14.1'), json('{}')).body, '{}\n');
  assert.equal(withLineEnd(asks('node'), json('{}')).body, '{}');
  assert.equal(withLineEnd(asks('curl/8.14.1', 'HEAD'), json('', '2')).headers['content-length'], '3');
  const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<p>' };
  assert.equal(withLineEnd(asks('curl/8.14.1'), page).body, '<p>');
});
