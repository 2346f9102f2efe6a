// This module writes docs/reference/threat-tests.md: which tests guard which row of the catalogue of threats.
import { readText, repositoryFiles } from '../guards/files.ts';
import { cataloguePath, guardingTests, threatsOf } from '../guards/threats.ts';
import { code, table } from './markdown.ts';

export function threatTestPage(): string {
  const tests = guardingTests(
    repositoryFiles()
      .filter((path) => /\.(?:ts|json)$/.test(path))
      .map(readText),
  );
  const rows = threatsOf(readText(cataloguePath).text).map(({ id, attempt, notYet }) => {
    const paths = tests.filter((test) => test.id === id).map(({ path }) => code(path));
    return [id, attempt, paths.length === 0 && notYet ? 'not yet' : [...new Set(paths)].join(', ')];
  });
  return [
    '# Tests of threats',
    'The rows of the [catalogue](../threats.md) and the files whose tests guard them: their titles begin with the id.',
    table(['id', 'promise or attempt', 'tests'], rows),
  ].join('\n\n');
}
