// Builds what browsers run, the console and the JavaScript SDK, where it is missing or older than what it is made of. The
// second time there is nothing to do: a digest of all sources is kept.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './guards/files.ts';
import { run } from './test/process.ts';

const LIMIT = 300_000;

/** A package that Vite builds. */
interface BrowserPackage {
  /** It is named so while it is built. */
  title: string;
  folder: string;
  /** A file that is there once it is built. */
  built: string;
  /** Holds the digest of what was built last; `run.sh` compares its time with those of the sources. */
  note: string;
  /** Folders and files that Vite reads besides the folder's own files: parts of packages of ours that are bundled into it. */
  alsoReads: readonly string[];
  /** Vite is run once for each of them. */
  modes: readonly string[];
}

const browserPackages: readonly BrowserPackage[] = [
  {
    title: 'the console',
    folder: 'packages/console',
    built: 'dist/web/index.html',
    note: 'hallpass-console',
    alsoReads: [
      'packages/protocol/src',
      'packages/pages/src/style',
      'packages/vault/src/client',
      // The words that the client of a vault knows.
      'packages/vault/src/event-kinds.ts',
      'packages/vault/src/kinds.ts',
      'packages/vault/src/repairs.ts',
      'packages/vault/src/states.ts',
    ],
    modes: ['production'],
  },
  {
    title: 'the JavaScript SDK',
    folder: 'packages/sdk',
    built: 'dist/web/relay.js',
    note: 'hallpass-sdk',
    alsoReads: [],
    modes: ['production', 'debug', 'relay'],
  },
];

const ownFiles = ['index.html', 'vault.html', 'package.json', 'vite.config.ts'];

/** One digest over the text of all sources: a checkout changes times, and not what would be built. */
function digestOfSources({ folder, alsoReads }: BrowserPackage): string {
  const hash = createHash('sha256');
  const below = [`${folder}/src`, ...alsoReads].flatMap((source) =>
    statSync(join(root, source)).isFile()
      ? [source]
      : readdirSync(join(root, source), { recursive: true, encoding: 'utf8' }).map((name) => join(source, name)),
  );
  const files = ownFiles.map((name) => `${folder}/${name}`).filter((path) => existsSync(join(root, path)));
  for (const path of [...below, ...files, 'package-lock.json'].toSorted()) {
    if (path.endsWith('.test.ts') || !statSync(join(root, path)).isFile()) continue;
    hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

/**
 * Makes sure that what browsers run is built of its present sources. @throws Error with what Vite said, when something
 * cannot be built
 */
export async function buildBrowserFiles(say: (line: string) => void): Promise<void> {
  for (const one of browserPackages) {
    const digest = digestOfSources(one);
    const note = join(root, 'node_modules/.cache', one.note);
    const isBuilt =
      existsSync(join(root, one.folder, one.built)) && existsSync(note) && readFileSync(note, 'utf8') === digest;
    if (!isBuilt) await build(one, say);
    mkdirSync(dirname(note), { recursive: true });
    // Written also when nothing has changed: it is newer than all sources from now on.
    writeFileSync(note, digest);
  }
}

async function build({ title, folder, modes }: BrowserPackage, say: (line: string) => void): Promise<void> {
  say(`Building ${title}…`);
  for (const mode of modes) {
    const command = ['node_modules/vite/bin/vite.js', 'build', folder, '--mode', mode, '--logLevel', 'warn'];
    const ended = await run(process.execPath, command, LIMIT);
    if (ended.code !== 0) throw new Error(`Building ${title} failed.\n${ended.said}`);
  }
}

if (import.meta.main)
  await buildBrowserFiles((line) => console.error(line)).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
