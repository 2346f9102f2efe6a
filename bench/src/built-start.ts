// This module tells how long the built command takes to be ready, and what it needs while nobody calls: `hallpass serve` as
// it is installed, on a data directory that is there already.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface BuiltStart {
  /** Milliseconds from the start of the process to its line that it is ready; the median. */
  ready: number;
  /** Milliseconds until a script of one line has printed. */
  node: number;
  /** Resident bytes some seconds after it was ready; the median. */
  idle: number;
}

const ROUNDS = 7;
/** Milliseconds after which a server that nobody asks does nothing more. */
const SETTLED = 3000;

const pathOf = (file: string): string => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const main = pathOf('packages/cli/dist/command/main.js');

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Milliseconds until the process has printed something. */
async function untilItPrints(args: readonly string[]): Promise<{ child: ChildProcess; took: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.stdout) await once(child.stdout, 'data');
  return { child, took: performance.now() - began };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

function residentBytes({ pid }: ChildProcess): number {
  const [, kilobytes = 'NaN'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

/** Builds what has changed, and starts it some times, in turns with Node.js alone. */
export async function measureBuiltStart(): Promise<BuiltStart> {
  const { status } = spawnSync(process.execPath, ['--conditions=source', pathOf('scripts/build.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('The packages could not be built.');
  const data = mkdtempSync(join(tmpdir(), 'hallpass-start-'));
  const serve = [main, 'serve', '--data', data, '--port', '0', '--json', '--log-level', 'error'];
  // The first start makes the database, and its end keeps the compiled code.
  await ended((await untilItPrints(serve)).child, 'SIGTERM');
  const measured: BuiltStart[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const alone = await untilItPrints(['--eval', 'console.log(0)']);
    const server = await untilItPrints(serve);
    await setTimeout(SETTLED);
    measured.push({ ready: server.took, node: alone.took, idle: residentBytes(server.child) });
    await ended(server.child, 'SIGKILL');
  }
  rmSync(data, { recursive: true, force: true });
  return {
    ready: middle(measured.map(({ ready }) => ready)),
    node: middle(measured.map(({ node }) => node)),
    idle: middle(measured.map(({ idle }) => idle)),
  };
}
