// Runs a command many times below one `hallpass exec` that has joined an emulator: the namespaces or the proxy are made
// once, and each run takes as long as the command alone.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { readJson, shape } from '@hallpass/protocol';
import type { RunEnd } from '@hallpass/emulator/check';
import { CONTROL_TOKEN, EMULATOR_URL } from '../control/control-variables.ts';
import { CommandError } from '../command-error.ts';
import type { Outside } from '../surroundings/outside.ts';
import { hook } from '../trust/trust-files.ts';

interface RunnerOptions {
  emulator: { url: string; controlToken: string };
  /** Options of `hallpass exec`, such as `--env-only`. */
  execOptions: readonly string[];
  /** Milliseconds after which a run is ended. */
  timeout: number;
}

export interface CommandRunner {
  /** Runs a command to its end. @throws CommandError where nothing can be run */
  run(command: readonly string[], env: Readonly<Record<string, string>>): Promise<RunEnd>;
  /** Ends what runs now; no other run begins. */
  stop(): void;
  close(): Promise<void>;
}

type NumberedEnd = RunEnd & { id: number };

const endedShape = shape.object<NumberedEnd>({
  id: shape.number,
  code: shape.number,
  signal: shape.optional(shape.text),
  timedOut: shape.boolean,
  ms: shape.number,
  output: shape.text,
});

export function openRunner({ emulator, execOptions, timeout }: RunnerOptions, outside: Outside): CommandRunner {
  const [program, ...start] = outside.startOf('main');
  const exec = ['exec', '--quiet', '--join', emulator.url, ...execOptions, '--'];
  const child = spawn(program, [...start, ...exec, process.execPath, hook('run-orders.cjs')], {
    env: { ...outside.env, [EMULATOR_URL]: emulator.url, [CONTROL_TOKEN]: emulator.controlToken },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const waiting = new Map<number, (ended: NumberedEnd) => void>();
  const gone = endOf(child);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const ended = readJson(endedShape, line);
    waiting.get(ended.id)?.(ended);
    waiting.delete(ended.id);
  });
  let made = 0;
  return {
    async run(command, env) {
      const id = ++made;
      const ended = new Promise<NumberedEnd>((resolve) => void waiting.set(id, resolve));
      child.stdin.write(`${JSON.stringify({ id, command, env, timeout })}\n`);
      const first = await Promise.race([ended, gone]);
      if (typeof first === 'string') throw new CommandError('cannotStart', first);
      const { id: _id, ...end } = first;
      return end;
    },
    stop: () => void child.kill('SIGTERM'),
    async close() {
      child.stdin.end();
      await gone;
    },
  };
}

/** Resolves at its end with what it said last on standard error. */
async function endOf(child: ChildProcess): Promise<string> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    said = (said + part).slice(-2000);
  });
  child.stdin?.on('error', () => undefined);
  await once(child, 'close');
  return said.trim() || 'hallpass exec ended, and with it the command.';
}
