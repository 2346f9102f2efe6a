// These tests are about the guard of imports inside the console: what pages share stands below them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasons } from '../guards/import-rules.ts';
import { judge } from './check-imports.ts';

const src = 'packages/console/src';
const judged = (from: string, to: string) => judge(`${src}/${from}`, to, () => ({}));

test('a page of the console imports parts, and no part or other page imports it', () => {
  assert.equal(judged('pages/versions/versions.tsx', '../../parts/page.tsx'), undefined);
  assert.equal(judged('pages/versions/versions.tsx', './version-dates.tsx'), undefined);
  assert.equal(judged('why/why-query.ts', '../pages/explorer/state.ts'), reasons.consoleLevel);
  assert.equal(judged('pages/versions/versions.tsx', '../explorer/state.ts'), reasons.consoleLevel);
  assert.equal(judged('graph/query.ts', '../parts/page.tsx'), reasons.consoleLevel);
  assert.equal(judged('unheard-of/file.ts', '../graph/query.ts'), reasons.consoleLevel);
});
