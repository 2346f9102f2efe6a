// Guard: a folder has few enough files that a reader sees at a glance what is in it.
import { posix } from 'node:path';
import { repositoryFiles } from '../guards/files.ts';
import { type Finding, report } from '../guards/guard.ts';

/** A folder with this many files of ours, or more, has become a heap. */
const TOO_MANY = 20;

/** Folders in which files are looked up by their number or name, so that one long list is what a reader expects. */
const exceptions: Readonly<Record<string, string>> = {
  'packages/server/src/store/migrations':
    'Migrations are numbered and run in this order; every migration tool keeps them in one list.',
  'docs/decisions': 'Decisions are numbered and never moved, because others cite their numbers.',
  'docs/guide': 'Each page of the guide has its address, which is linked from outside; the README lists them.',
};

const because =
  'A folder has fewer than 20 files of our own: give those of one subject a folder. A list that is looked up by number is an exception, with its reason in scripts/checks/check-folders.ts.';
const needless = 'An exception is taken out when its folder no longer needs it.';

/** Folders with too many files among `paths`, and exceptions that are not needed. */
export function findings(paths: readonly string[], allowed: Readonly<Record<string, string>> = exceptions): Finding[] {
  const folders = Map.groupBy(paths, (path) => posix.dirname(path));
  const full = [...folders].filter(([, files]) => files.length >= TOO_MANY).map(([folder]) => folder);
  return [
    ...full
      .filter((folder) => allowed[folder] === undefined)
      .map((folder) => ({ path: folder, line: 0, what: `has ${folders.get(folder)?.length} files`, because })),
    ...Object.keys(allowed)
      .filter((folder) => !full.includes(folder))
      .map((folder) => ({ path: folder, line: 0, what: 'is an exception', because: needless })),
  ];
}

if (import.meta.main) report('folders', findings(repositoryFiles()));
