// This builds something of sources once: a digest of all that it is made of is kept, and while that stays the same there is
// nothing to do.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './guards/files.ts';
import { run } from './test/process.ts';

const LIMIT = 300_000;

/** Something that is built of sources. Paths are from the root of the repository. */
export interface Build {
  /** It is named so while it is built. */
  title: string;
  /** Files and folders that it is made of; those that are missing are passed over. */
  sources: readonly string[];
  /** A file that is there once it is built. */
  built: string;
  /** The name of the file that holds the digest of what was built last. */
  note: string;
  /** Arguments of Node, one list for each program that is run. */
  programs: readonly (readonly string[])[];
}

/** One digest over the text of all sources: a checkout changes times, and not what would be built. */
function digestOf(sources: readonly string[]): string {
  const hash = createHash('sha256');
  const files = [...sources, 'package-lock.json']
    .filter((source) => existsSync(join(root, source)))
    .flatMap((source) =>
      statSync(join(root, source)).isFile()
        ? [source]
        : readdirSync(join(root, source), { recursive: true, encoding: 'utf8' }).map((name) => join(source, name)),
    );
  for (const path of files.toSorted()) {
    if (path.endsWith('.test.ts') || !statSync(join(root, path)).isFile()) continue;
    hash.update(`${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

/**
 * Builds it unless it is built of its present sources. @throws Error with what the program said, when it cannot be built
 */
export async function buildOnce(build: Build, say: (line: string) => void): Promise<void> {
  const digest = digestOf(build.sources);
  const note = join(root, 'node_modules/.cache', build.note);
  const isBuilt = existsSync(join(root, build.built)) && existsSync(note) && readFileSync(note, 'utf8') === digest;
  if (!isBuilt) {
    say(`Building ${build.title}…`);
    for (const program of build.programs) {
      const ended = await run(process.execPath, program, LIMIT);
      if (ended.code !== 0) throw new Error(`Building ${build.title} failed.\n${ended.said}`);
    }
  }
  mkdirSync(dirname(note), { recursive: true });
  // Written also when nothing has changed: it is newer than all sources from now on.
  writeFileSync(note, digest);
}
