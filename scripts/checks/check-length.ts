// Guard: a file of source is short enough that a reader holds it in the head.
import { readText, repositoryFiles, type TextFile } from '../guards/files.ts';
import { type Finding, report } from '../guards/guard.ts';

/** A file with more lines than this is about more than one thing. */
const MOST_LINES = 400;

/** Files that are one thing although they are longer, each with the reason. */
const exceptions: Readonly<Record<string, string>> = {};

const because =
  'A file of source has 400 lines at most: give each subject a file whose name tells it. A file that is one thing although it is longer is an exception, with its reason in scripts/checks/check-length.ts.';
const needless = 'An exception is taken out when its file no longer needs it.';

const isSource = (path: string): boolean => /\.([cm]?[jt]sx?|css|html|sh|py)$/.test(path);

const linesOf = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

/** Files of source among `files` that are too long, and exceptions that are not needed. */
export function findings(
  files: readonly TextFile[],
  allowed: Readonly<Record<string, string>> = exceptions,
): Finding[] {
  const long = new Map(
    files
      .filter(({ path }) => isSource(path))
      .map(({ path, text }) => [path, linesOf(text)] as const)
      .filter(([, lines]) => lines > MOST_LINES),
  );
  return [
    ...[...long]
      .filter(([path]) => allowed[path] === undefined)
      .map(([path, lines]) => ({ path, line: 0, what: `has ${lines} lines`, because })),
    ...Object.keys(allowed)
      .filter((path) => !long.has(path))
      .map((path) => ({ path, line: 0, what: 'is an exception', because: needless })),
  ];
}

if (import.meta.main) report('length', findings(repositoryFiles().filter(isSource).map(readText)));
