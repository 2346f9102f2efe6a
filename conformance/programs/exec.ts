// Runs a command below `hallpass exec`, as somebody would at a command line.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { commandLine } from '../../packages/cli/test/command-line.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const start = ['--disable-sigusr1', ...commandLine, 'exec'];

/** A test runner below this one is one of its own. */
const environment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NODE_TEST')));

interface ExecEnd {
  code: number | null;
  out: string;
  /** The command's standard error. */
  err: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read whatever came
  summary: any;
}

export function exec(options: readonly string[], command: readonly string[]): Promise<ExecEnd> {
  const child = spawn(process.execPath, [...start, ...options, '--json', '--', ...command], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(),
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    out += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    err += part;
  });
  return new Promise((resolve) =>
    child.on('close', (code) => {
      const lines = err.trim().split('\n');
      resolve({ code, out, err: lines.slice(0, -1).join('\n'), summary: JSON.parse(lines.at(-1) ?? '') });
    }),
  );
}

const probe = (await exec([], ['true'])).summary as { mode: string; notes: string[] };

/** Both ways to Hallpass. `skip`: the reason for which one cannot be tried on this machine. */
export const ways: readonly { name: string; options: string[]; skip: string | false }[] = [
  { name: 'sealed', options: [], skip: probe.mode === 'sealed' ? false : probe.notes.join(' ') },
  { name: 'by variables', options: ['--env-only'], skip: false },
];
