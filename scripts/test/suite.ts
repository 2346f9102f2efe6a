// Runs test files, in one process for each of two hands, and counts what ran. Nothing is passed over in silence:
// a file without a test, one that does not end, or one that ends badly after its last test counts as a failure.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, type Hand, isStopped } from './process.ts';
import type { Outcome } from './reporter.ts';
import { TestProcess } from './test-process.ts';
import type { Order } from './worker.ts';

const SECOND = 1000;
// Ten times as long as the slowest take on a quiet machine: a busy one fails no test.
// Many times what the longest takes: they end what hangs, on a busy machine too.
const FILE_LIMIT = 1200 * SECOND;
const TEST_LIMIT = 480 * SECOND;
const LONGEST_OUTPUT = 20_000;

export interface TestResult extends Outcome {
  file: string;
}

/** Finds what is wrong with the file as a whole, if anything. */
function faultOf(ended: Ended, outcomes: readonly Outcome[]): string | undefined {
  if (ended.late)
    return `did not end within ${FILE_LIMIT / SECOND} s: something it started is still open, or a test hangs`;
  if (outcomes.some(({ outcome }) => outcome === 'failed')) return undefined;
  if (ended.signal !== null) return `was ended by ${ended.signal}`;
  if (ended.code !== 0) return `ended with code ${ended.code} and no failed test`;
  return outcomes.length === 0 ? 'has no test that ran' : undefined;
}

async function runFile(at: TestProcess, order: Order): Promise<{ results: TestResult[]; said: string }> {
  const { file, report } = order;
  const ended = await at.run(order);
  const lines = existsSync(report) ? readFileSync(report, 'utf8').split('\n') : [];
  const outcomes = lines.filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as Outcome);
  const fault = faultOf(ended, outcomes);
  const whole: Outcome[] =
    fault === undefined ? [] : [{ name: 'the file', outcome: 'failed', ms: ended.ms, detail: fault }];
  return { results: [...outcomes, ...whole].map((outcome) => ({ ...outcome, file })), said: ended.said };
}

/** Prints what did not pass: failures in full with what the file wrote, skips with their reason. */
function printTroubles(file: string, results: readonly TestResult[], said: string): void {
  const troubles = results.filter(({ outcome }) => outcome !== 'passed');
  for (const { name, outcome, detail } of troubles) {
    console.log(`\n  ${outcome === 'failed' ? 'FAILED' : 'skipped'}  ${file}  ${name}`);
    console.log(detail.replace(/^/gm, '    '));
  }
  if (said !== '' && troubles.some(({ outcome }) => outcome === 'failed')) {
    console.log(`\n  What ${file} wrote:\n${said.slice(-LONGEST_OUTPUT).replace(/^/gm, '    ')}`);
  }
}

/** The test files of a step, which two hands run, each in a process of its own. */
export class Suite {
  readonly #folder = mkdtempSync(join(tmpdir(), 'hallpass-tests-'));
  readonly #processes: readonly [TestProcess, TestProcess];
  #reports = 0;

  /** @param env what is ready for the files of this step, beside the environment of all */
  constructor(env: Readonly<Record<string, string>> = {}) {
    const options = { env, fileLimit: FILE_LIMIT, testLimit: TEST_LIMIT };
    this.#processes = [new TestProcess(options), new TestProcess(options)];
  }

  /** Runs the file and prints what did not pass. */
  async run(file: string, hand: Hand): Promise<TestResult[]> {
    if (isStopped()) return [];
    const report = join(this.#folder, `${this.#reports++}.jsonl`);
    const { results, said } = await runFile(this.#processes[hand], { file, report });
    printTroubles(file, results, said);
    return results;
  }

  /** Ends the process of a hand that goes on to another step. */
  leave(hand: Hand): Promise<void> {
    return this.#processes[hand].end();
  }

  async end(): Promise<void> {
    await Promise.all(this.#processes.map((one) => one.end()));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
