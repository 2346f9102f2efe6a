// A platform as its operator runs it: `hallpass serve` as a process on a fresh data directory, and commands beside it.
import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { commandLine } from '../../packages/cli/test/command-line.ts';

const command = (args: readonly string[]) => [...commandLine, ...args];
const run = promisify(execFile);

interface Platform {
  /** Without a final slash; the same after a restart. */
  url: string;
  /** The link by which the first administrator is made, as the first start printed it. */
  setUp: string;
  /** Runs a command of the operator on the data. @returns its standard output, or its standard error where it fails */
  hallpass(...args: string[]): Promise<string>;
  /** Ends the server at once, as a power cut does, and starts it again. */
  restart(...options: string[]): Promise<void>;
}

/** Starts a platform that ends with the test. */
export async function openPlatform(test: Pick<TestContext, 'after'>): Promise<Platform> {
  const directory = mkdtempSync(join(tmpdir(), 'hallpass-walk-'));
  const data = join(directory, 'data');
  let child: ChildProcess | undefined;
  const end = async (): Promise<void> => {
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  test.after(async () => {
    await end();
    rmSync(directory, { recursive: true, force: true });
  });
  const start = async (
    port: string,
    options: readonly string[],
  ): Promise<{ url: string; administrator_link?: string }> => {
    child = spawn(process.execPath, command(['serve', '--data', data, '--port', port, '--json', ...options]), {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    assert.ok(child.stdout);
    const [line] = await once(child.stdout, 'data');
    return JSON.parse(String(line));
  };
  const { url, administrator_link: setUp = '' } = await start('0', []);
  return {
    url,
    setUp,
    async hallpass(...args) {
      const said = await run(process.execPath, command([...args, '--data', data])).catch((error) => error);
      return String(said.stdout || said.stderr).trim();
    },
    async restart(...options) {
      await end();
      await start(new URL(url).port, options);
    },
  };
}
