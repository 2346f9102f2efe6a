// One step while it runs: its checks and test files are pieces of work for two hands. What it needs is got ready before the
// first piece, and put away after the last one, which is when its line is printed.
import { getReady, type Ready } from './needs.ts';
import { type Hand, isStopped, run } from './process.ts';
import type { Check, Step } from './steps.ts';
import { Suite, type TestResult } from './suite.ts';

const CHECK_LIMIT = 300_000;

/** A step stands on this while its files run. */
interface Stand {
  ready: Ready;
  suite: Suite;
}

/** Two steps get ready one after the other: both may build the same thing. */
let gettingReady: Promise<unknown> = Promise.resolve();

export class StepRun {
  readonly step: Step;
  readonly results: TestResult[] = [];
  /** Files that ran, with the milliseconds that each took. */
  readonly fileTimes: { file: string; ms: number }[] = [];
  /** The work that is to be done, in order. */
  readonly pieces: readonly ((hand: Hand) => Promise<void>)[];
  readonly #ended: (step: StepRun, ms: number) => void;
  #begun = 0;
  #left: number;
  #stand: Promise<Stand | undefined> | undefined;

  /** @param ended is told when the last piece is done, and how many milliseconds have gone since the first began */
  constructor(
    step: Step,
    { checks, files }: { checks: readonly Check[]; files: readonly string[] },
    ended: (step: StepRun, ms: number) => void,
  ) {
    this.step = step;
    this.#ended = ended;
    const works = [
      ...checks.map((check) => () => this.#runCheck(check)),
      ...files.map((file) => (hand: Hand) => this.#runFile(file, hand)),
    ];
    if (step.tests !== undefined && works.length === 0) works.push(async () => this.#fault('no test file was found'));
    this.#left = works.length;
    this.pieces = works.map((work) => (hand) => this.#do(() => work(hand)));
  }

  /** A hand goes on to another step. */
  async leave(hand: Hand): Promise<void> {
    await (await this.#stand)?.suite.leave(hand);
  }

  async #do(work: () => Promise<void>): Promise<void> {
    this.#begun ||= performance.now();
    if (!isStopped()) await work();
    if (--this.#left > 0) return;
    const stand = await this.#stand;
    await stand?.suite.end();
    await stand?.ready.stop();
    this.#ended(this, performance.now() - this.#begun);
  }

  async #runCheck(check: Check): Promise<void> {
    const ended = await run(process.execPath, ['--conditions=source', ...check.run], CHECK_LIMIT);
    if (ended.code !== 0)
      this.#print(`${check.title}${ended.late ? ' (its time was up)' : ''}\n${ended.said.replace(/^/gm, '    ')}`);
    const outcome = ended.code === 0 ? 'passed' : 'failed';
    this.results.push({ file: this.step.name, name: check.title, outcome, ms: ended.ms, detail: '' });
  }

  async #runFile(file: string, hand: Hand): Promise<void> {
    const stand = await (this.#stand ??= this.#getReady());
    if (!stand) return;
    const begun = performance.now();
    this.results.push(...(await stand.suite.run(file, hand)));
    this.fileTimes.push({ file, ms: performance.now() - begun });
  }

  /** @returns undefined where something cannot be had, which fails the step */
  #getReady(): Promise<Stand | undefined> {
    const stand = gettingReady.then(async () => {
      try {
        const ready = await getReady(this.step.needs ?? []);
        return { ready, suite: new Suite(ready.env) };
      } catch (error) {
        this.#fault(error instanceof Error ? error.message : String(error));
        return undefined;
      }
    });
    gettingReady = stand;
    return stand;
  }

  /** Fails the step as a whole. */
  #fault(detail: string): void {
    this.#print(detail);
    this.results.push({ file: this.step.name, name: this.step.title, outcome: 'failed', ms: 0, detail });
  }

  #print(detail: string): void {
    console.log(`\n  FAILED  ${this.step.title}: ${detail}`);
  }
}
