// `npm test`: every check and every test, step by step. `npm test -- --quick` runs what takes seconds, `npm test --
// unit` one step, `npm test -- unit tokens` only the files of it whose path contains the word. Ends with one plain
// line, `N passed, N failed`; exit code 1 when anything failed.
import { repositoryFiles } from './guards/files.ts';
import { type Hand, isStopped, twoAtATime } from './test/process.ts';
import { StepRun } from './test/step-run.ts';
import { quickSteps, steps, testsOf } from './test/steps.ts';
import type { TestResult } from './test/suite.ts';

const SLOWEST = 10;

const count = (results: readonly TestResult[], outcome: TestResult['outcome']): number =>
  results.filter((result) => result.outcome === outcome).length;

function sum(results: readonly TestResult[]): string {
  const skipped = count(results, 'skipped');
  return `${count(results, 'passed')} passed, ${count(results, 'failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`.padStart(8);

const slowestOf = <T extends { ms: number }>(all: readonly T[]): T[] =>
  all.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST);

/**
 * Steps of test files alone go over into each other: while one hand does the last file of a step, the other begins with the
 * next step. Steps with checks stand alone: the linter, for one, reads what the type check writes.
 */
function groupsOf(all: readonly StepRun[]): StepRun[][] {
  const groups: StepRun[][] = [];
  for (const one of all) {
    const last = groups.at(-1);
    const goesOver = [last?.[0] ?? one, one].every(({ step }) => step.checks === undefined);
    if (last && goesOver) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

const names = steps.map((step) => step.name);
const asked = process.argv.slice(2).flatMap((word) => (word === '--quick' ? quickSteps : [word]));
const words = asked.filter((word) => !names.includes(word));
const chosen = steps.filter((step) => asked.length === words.length || asked.includes(step.name));
const files = repositoryFiles();
const runs = chosen.flatMap((step) => {
  const tests = testsOf(step, files).filter((file) => words.every((word) => file.includes(word)));
  if (words.length > 0) return tests.length > 0 ? [new StepRun(step, { checks: [], files: tests }, printLine)] : [];
  return [new StepRun(step, { checks: step.checks ?? [], files: tests }, printLine)];
});

function printLine({ step, results }: StepRun, ms: number): void {
  if (results.length === 0) return;
  const word = count(results, 'failed') === 0 ? 'ok    ' : 'FAILED';
  console.log(`${word}  ${step.title.padEnd(18)}${inSeconds(ms)}   ${sum(results)}`);
}

for (const together of groupsOf(runs)) {
  const at = new Map<Hand, StepRun>();
  const pieces = together.flatMap((run) => run.pieces.map((piece) => ({ run, piece })));
  await twoAtATime(pieces, async ({ run, piece }, hand) => {
    if (at.get(hand) !== run) await at.get(hand)?.leave(hand);
    at.set(hand, run);
    await piece(hand);
  });
}

const all = runs.flatMap(({ results }) => results);
const fileTimes = runs.flatMap((run) => run.fileTimes);
const slowTests = slowestOf(all).map(({ ms, file, name }) => `${inSeconds(ms)}  ${file}  ${name}`);
const slowFiles = slowestOf(fileTimes).map(({ ms, file }) => `${inSeconds(ms)}  ${file}`);
console.log(`\nSlowest:\n${slowTests.join('\n')}\n`);
if (slowFiles.length > 0) console.log(`Slowest files:\n${slowFiles.join('\n')}\n`);
if (isStopped()) console.log('The test run was stopped before its end.');
if (all.length === 0) console.log(`No test ran. Steps: ${names.join(', ')}; any other word picks files by their path.`);
console.log(sum(all));
process.exitCode = !isStopped() && count(all, 'failed') === 0 && count(all, 'passed') > 0 ? 0 : 1;
