// One process that runs test files, one after the other, as it is told to: the product is loaded once and stays warm. What
// belongs to tests is loaded anew for each file, so that a file never meets the scene of another one.
import { appendFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { relative } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isTest, root } from '../guards/files.ts';
import reporter, { type Outcome } from './reporter.ts';

/** The parent sends this: a test file, and the file that its outcomes are written to, a line of JSON each. */
export interface Order {
  file: string;
  report: string;
}

/** The worker answers this when the file has ended: nothing that it started is open any more. */
export interface Done {
  code: number;
  /** Bytes of memory that the process takes. */
  memory: number;
}

/** The test file that runs: it stands behind the addresses of the modules that only tests use. */
let running = '';

const isSceneOfTests = (path: string): boolean => isTest(path) && !path.endsWith('.test.ts');

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    if (!resolved.url.startsWith('file:') || resolved.url.includes('/node_modules/')) return resolved;
    const path = relative(root, fileURLToPath(resolved.url)).replaceAll('\\', '/');
    return isSceneOfTests(path) ? { ...resolved, url: `${resolved.url}?${running}` } : resolved;
  },
});

/** The runner makes a test of its own, named as the file, where the file cannot be loaded or has no test. */
const isWholeFile = ({ name }: Outcome, file: string): boolean => name === file;

/** Puts back what a file has changed of the process: Vite, for one, sets NODE_ENV. */
function restorer(): () => void {
  const environment = { ...process.env };
  const folder = process.cwd();
  return () => {
    for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
    Object.assign(process.env, environment);
    process.chdir(folder);
    process.exitCode = 0;
  };
}

async function runFile({ file, report }: Order): Promise<void> {
  running = encodeURI(file);
  writeFileSync(report, '');
  const restore = restorer();
  // The runner is done when nothing is left that keeps the process: the channel to the parent shall not.
  process.channel?.unref();
  for await (const line of reporter(run({ files: [file], isolation: 'none' }))) {
    const outcome = JSON.parse(line) as Outcome;
    if (!isWholeFile(outcome, file)) appendFileSync(report, line);
    else if (outcome.outcome === 'failed')
      appendFileSync(report, `${JSON.stringify({ ...outcome, name: 'the file' })}\n`);
  }
  process.channel?.ref();
  const done: Done = { code: Number(process.exitCode ?? 0), memory: process.memoryUsage.rss() };
  restore();
  process.send?.(done);
}

process.on('message', (order: Order) => void runFile(order));
