// The pages of the guide are true: their commands are run as they stand, and print what the page says.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { isAsPrinted, stepsOf, withoutChance } from './read-page.ts';
import { cannotRun, type Pages, runPages } from './run-page.ts';

const guide = new URL('../../../../docs/guide/', import.meta.url);

const pages: readonly string[] = [
  'ads.md',
  'check.md',
  'clock.md',
  'emulator-console.md',
  'emulator.md',
  'explorer.md',
  'faults.md',
  'library.md',
  'listen.md',
  'login-for-business.md',
  'moving-between.md',
  'stories.md',
  'system-users.md',
  'test-users.md',
  'why.md',
];

/** A page that is not named above is tried by hand alone. */
const all = readdirSync(guide).filter((name) => name.endsWith('.md'));

/** A command of this kind was written wrongly, whatever its page says. */
const mistake = /command not found|error: unknown|Unexpected error|Run `hallpass [^`]*--help`/;

const stepsOfPages: Pages = Object.fromEntries(
  pages.map((page) => [page, stepsOf(readFileSync(new URL(page, guide), 'utf8'))]),
);

describe('pages of the guide', () => {
  const running = cannotRun ? Promise.resolve<Record<string, string[]>>({}) : runPages(stepsOfPages);

  for (const page of pages)
    it(`${page}: its commands print what it says`, { skip: cannotRun }, async () => {
      const steps = stepsOfPages[page] ?? [];
      assert.ok(steps.length > 0);
      const printed = (await running)[page] ?? [];
      const wrong = steps.flatMap(({ line, language, printed: expected }, at) => {
        const actual = printed[at] ?? '';
        if (language === 'js') return actual.endsWith('PASSED\n') ? [] : [`${page}:${line} fails\n${actual}`];
        if (expected === undefined) return mistake.test(actual) ? [`${page}:${line} prints\n${actual}`] : [];
        return isAsPrinted(actual, expected)
          ? []
          : [`${page}:${line} prints\n${withoutChance(actual)}\nand the page says\n${withoutChance(expected)}`];
      });
      assert.deepEqual(wrong, [], wrong.join('\n\n'));
    });

  it('every page that is named here is one of the guide', (t) => {
    assert.deepEqual(
      pages.filter((page) => !all.includes(page)),
      [],
    );
    t.diagnostic(`Tried by hand alone: ${all.filter((page) => !pages.includes(page)).join(', ')}`);
  });
});
