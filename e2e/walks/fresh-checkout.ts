// The product as somebody has it who has just cloned it and typed `npm start`: a checkout of its own in an empty folder. The
// packages of others and the built console are those of this repository, so that nobody waits for an installation.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Graph, graphAt } from '../stage/graph.ts';
import type { TestEnd } from '../stage/visitor.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Folders that no checkout holds. */
const notTracked: ReadonlySet<string> = new Set(['node_modules', '.git']);

interface FreshCheckout {
  /** The address that `npm start` printed, without a final slash. */
  url: string;
  graph: Graph;
}

/** Makes a checkout, starts it on a free port, and ends both with the test. */
export async function openFreshCheckout(test: TestEnd): Promise<FreshCheckout> {
  const folder = mkdtempSync(join(tmpdir(), 'hallpass-clone-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(root, folder, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !notTracked.has(basename(path)),
  });
  linkPackages(join(root, 'node_modules'), join(folder, 'node_modules'));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:HALLPASS_|NODE_)/.test(name)));
  const child = spawn('npm', ['start', '--silent', '--', '--port', '0', '--json'], {
    cwd: folder,
    env: { ...env, XDG_DATA_HOME: join(folder, 'notes') },
    stdio: ['ignore', 'pipe', 'inherit'],
    // Its own group: npm, the shell and Node end together.
    detached: true,
  });
  const ended = once(child, 'exit');
  test.after(async () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
  });
  const [line] = await Promise.race([once(child.stdout, 'data'), ended.then(() => [''])]);
  const text = String(line);
  assert.notEqual(text, '', 'npm start ended before it was ready');
  const { url } = JSON.parse(text) as { url: string };
  return { url, graph: graphAt(url) };
}

/** Links what is installed; links within the repository lead to the files of the checkout. */
function linkPackages(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    const [source, target] = [join(from, name), join(to, name)];
    if (name === '@hallpass') linkPackages(source, target);
    else symlinkSync(lstatSync(source).isSymbolicLink() ? readlinkSync(source) : source, target);
  }
}
