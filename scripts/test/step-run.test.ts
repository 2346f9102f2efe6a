// These tests are about one step of `npm test`: when it has ended, and that nothing of it is passed over.
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { StepRun } from './step-run.ts';

const step = { name: 'x', title: 'X' };

it('a step ends once, after its last piece, with the outcome of each', async () => {
  const ends: string[][] = [];
  const checks = ['a', 'b'].map((title) => ({ title, run: ['-e', ''] }));
  const run = new StepRun(step, { checks, files: [] }, ({ results }) =>
    ends.push(results.map(({ name, outcome }) => `${outcome}: ${name}`)),
  );
  const [first, last] = run.pieces;
  await first?.(0);
  assert.deepEqual(ends, []);
  await last?.(1);
  assert.deepEqual(ends, [['passed: a', 'passed: b']]);
});

it('a step of which no test file was found fails', async () => {
  const run = new StepRun({ ...step, tests: ['nowhere/*.test.ts'] }, { checks: [], files: [] }, () => {});
  for (const piece of run.pieces) await piece(0);
  assert.deepEqual(
    run.results.map(({ outcome, detail }) => [outcome, detail]),
    [['failed', 'no test file was found']],
  );
});
