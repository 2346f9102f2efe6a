import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findings } from './check-waiting.ts';

describe('the guard of waiting', () => {
  const found = (text: string, path = 'packages/emulator/test/x.test.ts'): number[] =>
    findings([{ path, text }]).map(({ line }) => line);
  const compared = 'assert.equal(\n  token.ended,\n  world.clock.now(),\n);\n';

  it('finds a test that sleeps, and no sleep in what a test writes or in the product', () => {
    assert.deepEqual(found('await new Promise((done) => setTimeout(done, 50));\n'), [1]);
    assert.deepEqual(found("const page = '<script>setTimeout(f, 50)</script>';\n// setTimeout(f)\n"), []);
    assert.deepEqual(found('setTimeout(f, 1);\n', 'packages/sdk/src/page/x.ts'), []);
  });

  it('finds a running clock that is compared with a moment of before', () => {
    assert.deepEqual(found(`play();\n${compared}`), [2]);
    assert.deepEqual(found('assert.deepEqual([row.ended], [Date.now() / 1000]);\n', 'e2e/x.test.ts'), [1]);
  });

  it('lets a clock be compared that was frozen, and one that stands still in every test', () => {
    assert.deepEqual(found(`world.clock.freeze(true);\n${compared}`), []);
    assert.deepEqual(found(compared, 'packages/vault/test/x.test.ts'), []);
    assert.deepEqual(found('assert.ok(world.clock.now() - before < 60);\n'), []);
  });
});
