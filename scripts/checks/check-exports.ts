// Guard: a name is exported because another file uses it, or because it belongs to what a package offers.
import { posix } from 'node:path';
import { repositoryFiles, readText, type TextFile } from '../guards/files.ts';
import { exportedNames, usedNames } from '../guards/exports.ts';
import { type Finding, report } from '../guards/guard.ts';

const because =
  'An exported name is a promise to other files: what no other file uses is not exported, and what nothing uses is taken out.';

/** Files that a package offers to the outside, as its package.json says. */
export function doorsOf(folder: string, { exports = {} }: { exports?: Record<string, unknown> }): string[] {
  const targets = (part: unknown): string[] =>
    typeof part === 'string'
      ? [part]
      : typeof part === 'object' && part !== null
        ? Object.values(part).flatMap(targets)
        : [];
  return targets(exports).map((target) => posix.join(folder, target));
}

export function findings(files: readonly TextFile[], doors: readonly string[] = []): Finding[] {
  const used = new Map<string, Set<string>>();
  for (const { from, names } of files.flatMap(usedNames)) {
    const known = used.get(from) ?? new Set();
    for (const name of names) known.add(name);
    used.set(from, known);
  }
  const isUsed = (from: string, name: string): boolean => {
    const names = used.get(from);
    return names !== undefined && (names.has(name) || names.has('*'));
  };
  return files
    .filter(({ path }) => !doors.includes(path))
    .flatMap(exportedNames)
    .filter(({ path, name }) => !isUsed(path, name))
    .map(({ path, line, name }) => ({ path, line, what: name, because }));
}

if (import.meta.main) {
  const paths = repositoryFiles();
  const doors = paths
    .filter((path) => /^packages\/[^/]+\/package\.json$/.test(path))
    .flatMap((path) =>
      doorsOf(posix.dirname(path), JSON.parse(readText(path).text) as { exports?: Record<string, unknown> }),
    );
  // The code of browsers is bundled, which takes out what nothing uses.
  const read = paths.filter((path) => /\.tsx?$/.test(path) && !/^packages\/(?:console|sdk)\//.test(path)).map(readText);
  report('exports', findings(read, doors));
}
