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

/** Pages of which nothing is run here, and why. */
const WITHOUT: Readonly<Record<string, string>> = {
  'postgresql.md':
    'Its commands need a PostgreSQL: the suite of databases starts two nodes by them (platform/serve.db.test.ts).',
  'programs.md': 'A person logs in within a browser that its command opens: login.test.ts plays both.',
  'seed-files.md':
    'It shows files, which the tests of seed files read; `seed check` is run on the page of the emulator.',
  'speed.md': 'It reports what was measured, and how to measure it takes hours.',
  'system-users.md': 'Its token is generated on a page of the console; the page about ads makes the same calls.',
  'token-debugger.md': 'It is about a page of the console, and has no commands.',
  'vault-mcp.md': 'It configures programs of agents; the suites of mcp speak to the command as such a program does.',
};

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

  it('pages without commands that can be run are few, and each has its reason', () => {
    const without = all.filter((page) => !pages.includes(page));
    assert.deepEqual(without, Object.keys(WITHOUT));
  });

  it('every block of commands is run, or says in front of it why not', () => {
    const read = all.filter((page) => !Object.hasOwn(WITHOUT, page));
    const unread = read.flatMap((page) =>
      [...readFileSync(new URL(page, guide), 'utf8').matchAll(/^ *```(?:console|bash|shell)$/gm)].map(() => page),
    );
    assert.deepEqual(unread, [], 'commands stand in blocks of `sh`, which this test reads');
  });
});
