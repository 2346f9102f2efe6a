import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sourceFiles } from '../../guards/files.ts';
import { findings, mayCompare, mayMeasure } from './check-durations.ts';

describe('the guard of durations', () => {
  const found = (text: string, path = 'packages/server/test/x.test.ts'): number[] =>
    findings([{ path, text }]).map(({ line }) => line);

  it('finds every clock that measures, in a test, in what a test is made with, and beside the code', () => {
    for (const clock of [
      'performance.now()',
      'process.cpuUsage()',
      'process.threadCpuUsage()',
      'process.hrtime.bigint()',
      'process.uptime()',
      "console.time('x')",
    ])
      for (const path of ['e2e/x.ts', 'packages/db/test/x.ts', 'packages/db/src/x.test.ts', 'scripts/x.test.ts'])
        assert.deepEqual(found(`await act();\nconst began = ${clock};\n`, path), [2], `${clock} in ${path}`);
  });

  it('finds an upper bound of how long something took, and the moment of an assertion', () => {
    assert.deepEqual(found('act();\nassert.ok(answer.ms < 2500, `${answer.ms} ms`);\n'), [2]);
    assert.deepEqual(found('assert.ok(\n  answer.ms >= 250 && answer.ms < 2500,\n);\n'), [1]);
    assert.deepEqual(found('assert.ok(2000 > took);\n'), [1]);
    assert.deepEqual(found('assert.ok(Date.now() - began < 2000);\n'), [1]);
    assert.deepEqual(found('assert.ok(world.wall.ms() < end);\n'), [1]);
  });

  it('lets a lower bound be, a date that is handed over, a clock in a text, bench and the product', () => {
    assert.deepEqual(found('assert.ok(answer.ms >= 250);\n'), []);
    assert.deepEqual(found('const now = Date.now();\nassert.equal(sealedAt(now), 1);\n'), []);
    assert.deepEqual(found('assert.equal(await renew(tx, { lease: 300, wall: world.wall.now() }), false);\n'), []);
    assert.deepEqual(found('await assert.rejects(append(tx, wall.now()), enough);\n'), []);
    assert.deepEqual(found("// performance.now()\nassert.deepEqual(guarded('performance.now()'), [1]);\n"), []);
    assert.deepEqual(found('assert.ok(performance.now() - began < 5);\n', 'bench/src/x.ts'), []);
    assert.deepEqual(found('performance.now();\n', 'packages/world/src/clock.ts'), []);
  });

  it('names no file that has no need of it', () => {
    const files = new Map(sourceFiles().map((file) => [file.path, file.text]));
    for (const path of [...Object.keys(mayMeasure), ...Object.keys(mayCompare)]) {
      const text = files.get(path);
      assert.ok(text !== undefined, `${path} is gone`);
      assert.ok(found(text).length > 0, `${path} asks no clock any more`);
    }
  });
});
