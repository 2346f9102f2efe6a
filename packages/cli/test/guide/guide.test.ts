// The pages of the guide are true: their commands are run as they stand, and print what the page says.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { isAsPrinted, stepsOf, withoutChance } from './read-page.ts';
import { cannotRun, type Pages, runPages } from './run-page.ts';

const guide = new URL('../../../../docs/guide/', import.meta.url);

/** Every page, but for the list of commands, which is generated. The first counts calls to apps, so none come before. */
const all = ['listen.md', ...readdirSync(guide).filter((name) => name.endsWith('.md'))].filter(
  (name, at, names) => name !== 'commands.md' && names.indexOf(name) === at,
);

/** Pages that only explain, or whose commands need something that is not here; each block says what. */
const WITHOUT = [
  'postgresql.md',
  'programs.md',
  'seed-files.md',
  'speed.md',
  'system-users.md',
  'token-debugger.md',
  'vault-mcp.md',
  'vault.md',
];

/** A command of this kind was written wrongly, whatever its page says. */
const mistake = /command not found|error: unknown|Unexpected error|Run `hallpass [^`]*--help`/;

const stepsOfPages: Pages = Object.fromEntries(
  all
    .map((page) => [page, stepsOf(readFileSync(new URL(page, guide), 'utf8'))] as const)
    .filter(([, steps]) => steps.length > 0),
);
const pages = Object.keys(stepsOfPages);

describe('pages of the guide', () => {
  const running = cannotRun ? Promise.resolve<Record<string, string[]>>({}) : runPages(stepsOfPages);

  for (const page of pages)
    it(`${page}: its commands print what it says`, { skip: cannotRun }, async () => {
      const steps = stepsOfPages[page] ?? [];
      assert.ok(steps.length > 0);
      const printed = (await running)[page] ?? [];
      const wrong = steps.flatMap(({ line, language, printed: expected }, at) => {
        const actual = printed[at] ?? '';
        if (language === 'file') return [];
        if (language === 'js') return actual.endsWith('PASSED\n') ? [] : [`${page}:${line} fails\n${actual}`];
        if (expected === undefined) return mistake.test(actual) ? [`${page}:${line} prints\n${actual}`] : [];
        return isAsPrinted(actual, expected)
          ? []
          : [`${page}:${line} prints\n${withoutChance(actual)}\nand the page says\n${withoutChance(expected)}`];
      });
      assert.deepEqual(wrong, [], wrong.join('\n\n'));
    });

  it('pages without commands that can be run are few, and named', () => {
    const without = all.filter((page) => !pages.includes(page));
    assert.deepEqual(without, WITHOUT);
  });
});
