// These are the files that guards and tests look at: what git tracks, and new files that it does not ignore.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The repository's root, with a slash at the end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** A file as guards see it: its path from the root with forward slashes, and its text. */
export interface TextFile {
  path: string;
  text: string;
}

/** Paths of all files of the repository, sorted. */
export function repositoryFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return [...new Set(listed.split('\0'))].filter((path) => path !== '' && existsSync(root + path)).sort();
}

export function readText(path: string): TextFile {
  return { path, text: readFileSync(root + path, 'utf8') };
}

/** Every TypeScript file, read. */
export function sourceFiles(): TextFile[] {
  return repositoryFiles()
    .filter((path) => path.endsWith('.ts'))
    .map(readText);
}

/** True for files that are tests or only serve tests: they are not part of what is published. */
export function isTest(path: string): boolean {
  return path.endsWith('.test.ts') || /^packages\/[^/]+\/test\//.test(path) || /^(conformance|e2e|bench)\//.test(path);
}
