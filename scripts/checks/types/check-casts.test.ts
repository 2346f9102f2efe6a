// These tests are about the guard of casts: what it counts, and what looks like a cast and is none.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { castsOf, count } from './check-casts.ts';

const casts = (text: string): string[] => castsOf({ path: 'packages/x/src/x.ts', text }).map(({ what }) => what);

describe('the guard of casts', () => {
  for (const text of [
    'const app = viewer.app as App;',
    'return JSON.parse(row.tasks) as string[];',
    'const [first] = same as [Operation];',
    'const { code } = error as { code?: string };',
    'names.filter((name) => (list as readonly string[]).includes(name));',
    'const text = `of ${value as string}`;',
    "import { a } from './a.ts'; const b = a as B;",
  ])
    it(`counts ${text}`, () => assert.deepEqual(casts(text), [text]));

  it('counts a cast by way of unknown twice', () => assert.equal(casts('const a = b as unknown as A;').length, 2));

  for (const text of [
    "const kinds = ['a', 'b'] as const;",
    "import * as apps from '../store/apps.ts';",
    "import { html as template, raw } from 'hono/html';",
    "import type { A as B } from './a.ts';",
    "export * as shape from './shape.ts';",
    "export { a as b } from './a.ts';",
    '// An app that is the same as it was.',
    "const doc = 'Stored as it is.';",
    'const table = { a: 1 } satisfies Table;',
  ])
    it(`does not count ${text}`, () => assert.deepEqual(casts(text), []));

  it('counts for each thousand lines of all files together', () => {
    const files = [
      { path: 'packages/x/src/x.ts', text: `${'\n'.repeat(399)}const a = b as A;\n` },
      { path: 'packages/x/src/y.ts', text: '\n'.repeat(100) },
    ];
    assert.equal(count(files).perThousand, 2);
  });
});
