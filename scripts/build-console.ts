// Builds the console when it is missing or older than what it is made of. The second time there is nothing to do: a digest of
// all sources is kept.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './guards/files.ts';
import { run } from './test/process.ts';

const LIMIT = 300_000;
const built = join(root, 'packages/console/dist/web/index.html');
/** Holds the digest of what was built last; `run.sh` compares its time with those of the sources. */
const note = join(root, 'node_modules/.cache/hallpass-console');
/** Everything that Vite reads: the console itself, and the packages of ours that are bundled into it. */
const sources = ['packages/console/src', 'packages/protocol/src', 'packages/pages/src/style'];
const files = [
  'packages/console/index.html',
  'packages/console/package.json',
  'packages/console/vite.config.ts',
  'package-lock.json',
];

/** One digest over the text of all sources: a checkout changes times, and not what would be built. */
function digestOfSources(): string {
  const hash = createHash('sha256');
  const below = sources.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  for (const path of [...below, ...files].toSorted()) {
    if (path.endsWith('.test.ts') || !statSync(join(root, path)).isFile()) continue;
    hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

/**
 * Makes sure that the built console is that of the sources. @throws Error with what Vite said, when it cannot be built
 */
export async function buildConsole(say: (line: string) => void): Promise<void> {
  const digest = digestOfSources();
  const isBuilt = existsSync(built) && existsSync(note) && readFileSync(note, 'utf8') === digest;
  if (!isBuilt) await build(say);
  mkdirSync(dirname(note), { recursive: true });
  // Written also when nothing has changed: it is newer than all sources from now on.
  writeFileSync(note, digest);
}

async function build(say: (line: string) => void): Promise<void> {
  say('Building the console…');
  const ended = await run(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', 'packages/console', '--logLevel', 'warn'],
    LIMIT,
  );
  if (ended.code !== 0) throw new Error(`The console could not be built.\n${ended.said}`);
}

if (import.meta.main)
  await buildConsole((line) => console.error(line)).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
