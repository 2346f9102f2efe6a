// This is a reporter for Node's test runner: one JSON line for each test that ran, for scripts/test/suite.ts to count
// and print.
import { AssertionError } from 'node:assert';
import type { TestEvent } from 'node:test/reporters';
import { inspect } from 'node:util';

/**
 * One test that ran. Parents count when they have an outcome of their own, suites only when a hook of theirs failed.
 */
export interface Outcome {
  /** Its name, with the names of the suites around it. */
  name: string;
  outcome: 'passed' | 'failed' | 'skipped';
  /** Milliseconds. */
  ms: number;
  /** The failure in full, or why it was skipped. */
  detail: string;
}

/** Behind the address of a module stands the test file that it was loaded for (scripts/test/worker.ts). */
const ofFile = /(?<=\.ts)\?[^\s:)]*(?=:\d+:\d+)/g;

/** The failure as Node would print it: what was thrown, with its stack, its difference and its causes. */
function explain(error: Error & { cause?: unknown }): string {
  const thrown = error.cause ?? error;
  const text = thrown instanceof AssertionError ? (thrown.stack ?? thrown.message) : inspect(thrown);
  return text.replaceAll(ofFile, '');
}

/** True for what the runner says of an error that no test caught, and of which it does not know the test. */
const isUncaught = ({ nesting, message }: { nesting: number; message: string }): boolean =>
  nesting === 0 && message.startsWith('Error: ');

const uncaught = (message: string): Outcome => ({
  name: 'an error that no test caught',
  outcome: 'failed',
  ms: 0,
  detail: message,
});

const lineOf = (outcome: Outcome): string => `${JSON.stringify(outcome)}\n`;

export default async function* reporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  /** Names of the tests that are running, by nesting. */
  const around: string[] = [];
  for await (const event of events) {
    if (event.type === 'test:start') {
      around.length = event.data.nesting;
      around.push(event.data.name);
    }
    if (event.type === 'test:diagnostic' && isUncaught(event.data)) yield lineOf(uncaught(event.data.message));
    if (event.type !== 'test:pass' && event.type !== 'test:fail') continue;
    const { name, nesting, details, skip, todo } = event.data;
    const error = event.type === 'test:fail' ? event.data.details.error : undefined;
    const byChild = (error as { failureType?: string } | undefined)?.failureType === 'subtestsFailed';
    if (byChild || (details.type === 'suite' && error === undefined)) continue;
    const passedOver = skip ?? todo;
    const line: Outcome = {
      name: [...around.slice(0, nesting), name].join(' › '),
      outcome: passedOver !== undefined && passedOver !== false ? 'skipped' : error === undefined ? 'passed' : 'failed',
      ms: details.duration_ms,
      detail: error === undefined ? String(passedOver ?? '') : explain(error),
    };
    yield lineOf(line);
  }
}
