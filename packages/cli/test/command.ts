// Tests run the real command as a child process.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLine } from './command-line.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

interface CommandOptions {
  env?: Record<string, string>;
  /** Standard input. */
  input?: string;
}

/** Variables of whoever runs the tests must not change what they show. */
function environment(given: Record<string, string> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('HALLPASS_') && name !== 'DATABASE_URL' && name !== 'NODE_ENV',
  );
  return { ...Object.fromEntries(inherited), ...given };
}

interface Started {
  child: ChildProcess;
  ended: Promise<Ended>;
  /** All of standard output so far, as soon as `pattern` is in it. */
  said(pattern: RegExp): Promise<string>;
}

export function start(args: readonly string[], { env, input }: CommandOptions = {}): Started {
  const child = spawn(process.execPath, [...commandLine, ...args], {
    cwd: root,
    env: environment(env),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin?.end(input ?? '');
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    out += part;
  });
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    err += part;
  });
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, out, err })),
  );
  const said: Started['said'] = (pattern) =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(out)) resolve(out);
      };
      look();
      child.stdout?.on('data', look);
      child.on('close', (code) => reject(new Error(`it ended with ${code} before it was ready: ${err}`)));
    });
  return { child, ended, said };
}

/** Runs a command to its end. */
export function hallpass(args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  return start(args, options).ended;
}

export interface Running {
  /** Standard output until it was ready. */
  out: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
  ready: any;
  /** Sends a signal. */
  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGKILL' | 'SIGUSR1'): void;
  ended: Promise<Ended>;
}

/** Starts `dev` or `serve` with `--json` and waits for its line. A platform waits for no load balancer unless told to. */
export async function running(args: readonly string[], options: CommandOptions = {}): Promise<Running> {
  const drain = args[0] === 'serve' && !args.includes('--drain') ? ['--drain', '0'] : [];
  const { child, ended, said } = start([...args, ...drain, '--json'], options);
  const out = await said(/\n/);
  return { out, ready: JSON.parse(out), signal: (name) => void child.kill(name), ended };
}

/** Starts `dev` as a person does, and waits for the last line of its banner. */
export async function runningForPeople(args: readonly string[]): Promise<Running> {
  const { child, ended, said } = start(args, {});
  const out = await said(/-d code=CODE\n/);
  return { out, ready: undefined, signal: (name) => void child.kill(name), ended };
}

export async function stopped(server: Pick<Running, 'signal' | 'ended'>): Promise<Ended> {
  server.signal('SIGTERM');
  return server.ended;
}

/** A directory that goes with the test. */
export function temporary(t: { after(task: () => void): void }): string {
  const directory = mkdtempSync(join(tmpdir(), 'hallpass-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
