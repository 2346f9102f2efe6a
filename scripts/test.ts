// `npm test`: every check and every test, step by step. `npm test -- --quick` runs what takes seconds, `npm test --
// unit` one step, `npm test -- unit tokens` only the files of it whose path contains the word. Ends with one plain
// line, `N passed, N failed`; exit code 1 when anything failed.
import { repositoryFiles } from './guards/files.ts';
import { needs } from './test/needs.ts';
import { isStopped, run, twoAtATime } from './test/process.ts';
import { type Check, quickSteps, type Step, steps, testsOf } from './test/steps.ts';
import { runSuite, type TestResult } from './test/suite.ts';

/** Files that ran, with the milliseconds that each took. */
const fileTimes: { file: string; ms: number }[] = [];

const CHECK_LIMIT = 300_000;
const SLOWEST = 10;

async function runCheck(check: Check, step: Step): Promise<TestResult> {
  const ended = await run(process.execPath, ['--conditions=source', ...check.run], CHECK_LIMIT);
  const passed = ended.code === 0;
  if (!passed)
    console.log(
      `\n  FAILED  ${step.title}: ${check.title}${ended.late ? ' (its time was up)' : ''}\n${ended.said.replace(/^/gm, '    ')}`,
    );
  return { file: step.name, name: check.title, outcome: passed ? 'passed' : 'failed', ms: ended.ms, detail: '' };
}

async function runTests(step: Step, files: readonly string[]): Promise<TestResult[]> {
  const fault = (detail: string): TestResult[] => {
    console.log(`\n  FAILED  ${step.title}: ${detail}`);
    return [{ file: step.name, name: step.title, outcome: 'failed', ms: 0, detail }];
  };
  if (files.length === 0) return fault('no test file was found');
  try {
    const ready = step.needs === undefined ? undefined : await needs[step.needs]();
    try {
      return await runSuite(files, ready?.env, (file, ms) => fileTimes.push({ file, ms }));
    } finally {
      await ready?.stop();
    }
  } catch (error) {
    return fault(error instanceof Error ? error.message : String(error));
  }
}

const count = (results: readonly TestResult[], outcome: TestResult['outcome']): number =>
  results.filter((result) => result.outcome === outcome).length;

function sum(results: readonly TestResult[]): string {
  const skipped = count(results, 'skipped');
  return `${count(results, 'passed')} passed, ${count(results, 'failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`.padStart(8);

const slowestOf = <T extends { ms: number }>(all: readonly T[]): T[] =>
  all.toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST);

const names = steps.map((step) => step.name);
const asked = process.argv.slice(2).flatMap((word) => (word === '--quick' ? quickSteps : [word]));
const words = asked.filter((word) => !names.includes(word));
const chosen = steps.filter((step) => asked.length === words.length || asked.includes(step.name));
const files = repositoryFiles();
const all: TestResult[] = [];

for (const step of chosen) {
  if (isStopped()) break;
  const begun = performance.now();
  const results: TestResult[] = [];
  const tests = testsOf(step, files).filter((file) => words.every((word) => file.includes(word)));
  if (words.length === 0) {
    const checked = await twoAtATime(step.checks ?? [], async (check) =>
      isStopped() ? [] : [await runCheck(check, step)],
    );
    results.push(...checked.flat());
  }
  if (step.tests !== undefined && (words.length === 0 || tests.length > 0))
    results.push(...(await runTests(step, tests)));
  if (results.length > 0)
    console.log(
      `${count(results, 'failed') === 0 ? 'ok    ' : 'FAILED'}  ${step.title.padEnd(18)}${inSeconds(performance.now() - begun)}   ${sum(results)}`,
    );
  all.push(...results);
}

const slowTests = slowestOf(all).map(({ ms, file, name }) => `${inSeconds(ms)}  ${file}  ${name}`);
const slowFiles = slowestOf(fileTimes).map(({ ms, file }) => `${inSeconds(ms)}  ${file}`);
console.log(`\nSlowest:\n${slowTests.join('\n')}\n`);
if (slowFiles.length > 0) console.log(`Slowest files:\n${slowFiles.join('\n')}\n`);
if (isStopped()) console.log('The test run was stopped before its end.');
if (all.length === 0) console.log(`No test ran. Steps: ${names.join(', ')}; any other word picks files by their path.`);
console.log(sum(all));
process.exitCode = !isStopped() && count(all, 'failed') === 0 && count(all, 'passed') > 0 ? 0 : 1;
