// Guard: every threat that is cited stands in docs/threats.md, and every row of it is guarded by a test.
import { readText, repositoryFiles, type TextFile } from '../guards/files.ts';
import { type Finding, report } from '../guards/guard.ts';
import { cataloguePath, citationsIn, guardingTests, invariantsOf, threatsOf } from '../guards/threats.ts';

export const reasons = {
  unknown: `A threat that is cited stands in ${cataloguePath}: readers have nothing else to look it up in.`,
  unguarded: `A row of ${cataloguePath} has a test whose title begins with its id, or says "Not yet" and the part it waits for.`,
  twice: `An id of ${cataloguePath} has one row.`,
};

export function findings(catalogue: string, files: readonly TextFile[]): Finding[] {
  const threats = threatsOf(catalogue);
  const known = new Set([...threats.map(({ id }) => id), ...invariantsOf(catalogue)]);
  const guarded = new Set(guardingTests(files).map(({ id }) => id));
  const row = (id: string, line: number, because: string): Finding => ({
    path: cataloguePath,
    line,
    what: id,
    because,
  });
  return [
    ...citationsIn(files)
      .filter(({ id }) => !known.has(id))
      .map(({ id, path, line }) => ({ path, line, what: id, because: reasons.unknown })),
    ...threats
      .filter(({ id, notYet }) => !notYet && !guarded.has(id))
      .map(({ id, line }) => row(id, line, reasons.unguarded)),
    ...threats
      .filter(({ id }, index) => threats.findIndex((other) => other.id === id) !== index)
      .map(({ id, line }) => row(id, line, reasons.twice)),
  ];
}

if (import.meta.main) {
  const files = repositoryFiles()
    .filter((path) => /\.(?:tsx?|md|json)$/.test(path))
    .map(readText);
  report('threats', findings(readText(cataloguePath).text, files));
}
