import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings } from './check-ids.ts';

const found = (path: string, text: string): string[] =>
  findings({ path: `packages/server/src/${path}`, text }).map(({ line, what }) => `${line} ${what}`);

test('an id of something that is any text is found, in parameters, properties and columns', () => {
  assert.deepEqual(found('apps/a.ts', 'function a(appId: string) {}'), ['1 appId: string is AppId']);
  assert.deepEqual(found('store/people/tables.ts', 'interface A {\n  person_id: string | null;\n}'), [
    '2 person_id: string is PersonId',
  ]);
  assert.deepEqual(found('pages/a.ts', 'interface A { pageId?: string; accountId: readonly string[] }'), [
    '1 pageId?: string is PageId',
    '1 accountId: readonly string is AdAccountId',
  ]);
});

test('ids of their kind, other ids, comments, what comes before the store and tests are left alone', () => {
  assert.deepEqual(found('apps/a.ts', 'function a(appId: AppId, postId: string) {}'), []);
  assert.deepEqual(found('apps/a.ts', '// appId: string\nconst b = 1;'), []);
  assert.deepEqual(found('wire/call.ts', 'interface A { appId: string }'), []);
  assert.deepEqual(found('apps/a.test.ts', 'function a(appId: string) {}'), []);
});
