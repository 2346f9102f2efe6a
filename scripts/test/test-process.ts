// A process that test files run in, one after the other, seen from outside. It is started when a file is there for it, and
// anew after one that took it down or left it large.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../guards/files.ts';
import { type Ended, start } from './process.ts';
import type { Done, Order } from './worker.ts';

/** Bytes; a larger process is ended, and the next file begins with another one. */
const LARGEST = 900 * 1024 * 1024;

interface TestProcessOptions {
  /** Milliseconds that a file may take. */
  fileLimit: number;
  /** Milliseconds that a test may take. */
  testLimit: number;
  env: Readonly<Record<string, string>>;
}

interface Running {
  child: ChildProcess;
  stop(): void;
  /** Its output since the last file began. */
  said: Buffer[];
}

export class TestProcess {
  readonly #options: TestProcessOptions;
  #running: Running | undefined;

  constructor(options: TestProcessOptions) {
    this.#options = options;
  }

  /** Runs the file to its end. The answer holds its output; its outcomes are in `order.report`. */
  async run(order: Order): Promise<Ended> {
    const begun = performance.now();
    const running = (this.#running ??= this.#start());
    const { child, said, stop } = running;
    said.length = 0;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      stop();
    }, this.#options.fileLimit);
    const done = Promise.withResolvers<Done | undefined>();
    const exited = (): void => done.resolve(undefined);
    child.once('message', (message: Done) => done.resolve(message));
    child.once('exit', exited);
    child.send(order);
    const ended = await done.promise;
    clearTimeout(timer);
    child.removeAllListeners('message');
    child.off('exit', exited);
    if (!ended) this.#running = undefined;
    else if (ended.code !== 0)
      // Its output comes another way than its message.
      await delay(50);
    if (ended && ended.memory > LARGEST) await this.end();
    return {
      code: ended ? ended.code : child.exitCode,
      signal: ended ? null : child.signalCode,
      late,
      said: Buffer.concat(said).toString('utf8').trim(),
      ms: performance.now() - begun,
    };
  }

  /** Ends the process; the next file begins with another one. */
  async end(): Promise<void> {
    const { child } = this.#running ?? {};
    this.#running = undefined;
    if (!child) return;
    const exited = once(child, 'exit');
    child.disconnect();
    await exited;
  }

  #start(): Running {
    const { env, testLimit } = this.#options;
    const { child, stop } = start(
      process.execPath,
      [
        '--conditions=source',
        `--import=${root}scripts/test/untracked-promises.ts`,
        `--test-timeout=${testLimit}`,
        `${root}scripts/test/worker.ts`,
      ],
      env,
      'with a channel',
    );
    const said: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => said.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
    return { child, stop, said };
  }
}
