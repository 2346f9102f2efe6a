// Guard: what is found by being in a list is in its list: declarations, migrations, test files, packages in the lock
// file.
import { posix } from 'node:path';
import { repositoryFiles, readText, type TextFile } from '../guards/files.ts';
import { type Finding, report } from '../guards/guard.ts';
import { importsOf } from './check-imports.ts';
import { steps, testsOf } from '../test/steps.ts';

/** A folder whose files count only when the list names them. */
interface List {
  /** Pattern of the files. */
  files: string;
  /** The file that lists them, from their folder. */
  list: string;
  /** A file counts also when one of its own folder imports it. */
  orNeighbours?: true;
  because: string;
}

const server = 'packages/server/src';
export const lists: readonly List[] = [
  {
    files: `${server}/nodes/!(shared)/*.ts`,
    list: '../index.ts',
    orNeighbours: true,
    because: 'A node type exists only when nodes/index.ts lists it.',
  },
  {
    files: `${server}/operations/*.ts`,
    list: 'index.ts',
    because: 'An operation exists only when operations/index.ts lists it.',
  },
  { files: `${server}/grants/*.ts`, list: 'index.ts', because: 'A grant exists only when grants/index.ts lists it.' },
  {
    files: 'packages/*/src/**/migrations/[0-9]*.ts',
    list: 'index.ts',
    because: 'A migration runs only when its list names it.',
  },
];

export const reasons = {
  noStep: 'A test file that no step of `npm test` reaches never runs: see the patterns in scripts/test/steps.ts.',
  twoSteps:
    'A test file runs in one step only, so that no test is counted twice: see the patterns in scripts/test/steps.ts.',
  lock: '`npm ci` refuses to install where the lock file does not name the packages of every platform.',
};

/** Declarations and migrations that their list does not import. */
export function notListed(paths: readonly string[], read: (path: string) => TextFile): Finding[] {
  return lists.flatMap(({ files, list, orNeighbours, because }) => {
    const members = paths.filter(
      (path) => posix.matchesGlob(path, files) && !path.endsWith('.test.ts') && posix.basename(path) !== list,
    );
    return members.flatMap((path) => {
      const index = posix.join(posix.dirname(path), list);
      const neighbours = orNeighbours
        ? members.filter((other) => other !== path && posix.dirname(other) === posix.dirname(path))
        : [];
      const named = [index, ...neighbours].some(
        (from) =>
          paths.includes(from) &&
          importsOf(read(from)).some(({ name }) => posix.join(posix.dirname(from), name) === path),
      );
      return named ? [] : [{ path, line: 0, what: `is not in ${index}`, because }];
    });
  });
}

/** Test files that no step runs, or more than one. */
export function testsAstray(paths: readonly string[]): Finding[] {
  const tests = paths.filter((path) => path.endsWith('.test.ts'));
  return tests.flatMap((path) => {
    const names = steps.filter((step) => testsOf(step, [path]).length > 0).map((step) => step.name);
    if (names.length === 1) return [];
    return [
      {
        path,
        line: 0,
        what: names.length === 0 ? 'no step' : `steps ${names.join(', ')}`,
        because: names.length === 0 ? reasons.noStep : reasons.twoSteps,
      },
    ];
  });
}

/** These parts of a package-lock.json matter here. */
interface Lock {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

/**
 * Packages for other platforms that the lock file needs and does not have (npm drops them where its registry has no
 * copy).
 */
export function lockGaps({ packages }: Lock): Finding[] {
  const needed = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  const missing = [...new Set(needed)].filter(
    (name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`)),
  );
  return missing.map((name) => ({ path: 'package-lock.json', line: 0, what: `lacks ${name}`, because: reasons.lock }));
}

if (import.meta.main) {
  const paths = repositoryFiles();
  report('lists', [
    ...notListed(paths, readText),
    ...testsAstray(paths),
    ...lockGaps(JSON.parse(readText('package-lock.json').text) as Lock),
  ]);
}
