// These are the steps of `npm test`, in the order in which they run, as data. A new kind of test is one entry here.
import { matchesGlob } from 'node:path';
import type { Need } from './needs.ts';

/** One program that passes or fails as a whole: it counts as one test. */
export interface Check {
  title: string;
  /** Arguments of Node: a script of ours, or the start file of a tool in node_modules. */
  run: readonly string[];
}

export interface Step {
  /** The word for `npm test -- <name>`. */
  name: string;
  title: string;
  checks?: readonly Check[];
  /** Patterns of test files; `check-lists.ts` sees to it that every test file belongs to exactly one step. */
  tests?: readonly string[];
  except?: readonly string[];
  /** The longest of them, which begin first: one that began last would run alone, with the other processor idle. */
  longest?: readonly string[];
  /** Things that must be running, installed or built before its tests start. */
  needs?: readonly Need[];
}

/** Packages are referenced by these: everything for Node with all tests, the console with what of it runs in Node, and the SDK. */
const typeProjects = [
  '.',
  'packages/console',
  'packages/console/tsconfig.test.json',
  'packages/sdk',
  'packages/sdk/tsconfig.test.json',
];

export const steps: readonly Step[] = [
  {
    name: 'guards',
    title: 'Guards',
    checks: [
      // It takes as long as all others together, which are done beside it.
      { title: 'patterns', run: ['scripts/checks/check-patterns.ts'] },
      { title: 'imports', run: ['scripts/checks/check-imports.ts'] },
      { title: 'clock', run: ['scripts/checks/check-clock.ts'] },
      { title: 'folders', run: ['scripts/checks/check-folders.ts'] },
      { title: 'length', run: ['scripts/checks/check-length.ts'] },
      { title: 'lists', run: ['scripts/checks/check-lists.ts'] },
      { title: 'generated documents', run: ['scripts/checks/check-generated.ts'] },
      { title: 'words', run: ['scripts/checks/check-words.ts'] },
      { title: 'casts', run: ['scripts/checks/types/check-casts.ts'] },
      { title: 'parts', run: ['scripts/checks/types/check-parts.ts'] },
      { title: 'ids', run: ['scripts/checks/types/check-ids.ts'] },
      { title: 'statements', run: ['scripts/checks/check-statements.ts'] },
      { title: 'threats', run: ['scripts/checks/check-threats.ts'] },
      { title: 'dependencies', run: ['scripts/checks/check-dependencies.ts'] },
      { title: 'exports', run: ['scripts/checks/check-exports.ts'] },
      { title: 'errors', run: ['scripts/checks/check-errors.ts'] },
      { title: 'waiting', run: ['scripts/checks/waiting/check-waiting.ts'] },
      { title: 'durations', run: ['scripts/checks/waiting/check-durations.ts'] },
      { title: 'comments', run: ['scripts/checks/check-comments.ts'] },
      { title: 'plain English', run: ['scripts/checks/check-english.ts'] },
    ],
    tests: ['scripts/**/*.test.ts'],
    except: ['scripts/package/**'],
  },
  {
    name: 'types',
    title: 'Type check',
    checks: [
      // One configuration for each place where code runs, joined by references: only what has changed is checked again.
      { title: 'tsc', run: ['node_modules/typescript/bin/tsc', '-b', ...typeProjects, '--pretty', 'false'] },
    ],
  },
  {
    name: 'lint',
    title: 'Lint',
    checks: [
      { title: 'oxlint', run: ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '--format=unix'] },
    ],
  },
  {
    name: 'format',
    title: 'Format',
    checks: [
      {
        title: 'biome',
        run: ['node_modules/@biomejs/biome/bin/biome', 'format', '--colors=off', '--max-diagnostics=10', '.'],
      },
    ],
  },
  { name: 'unit', title: 'Unit tests', tests: ['packages/*/src/**/*.test.ts'] },
  { name: 'db', title: 'Database suites', tests: ['packages/*/test/**/*.db.test.ts'], needs: ['postgres', 'command'] },
  {
    name: 'server',
    title: 'Server suites',
    tests: ['packages/*/test/**/*.test.ts'],
    except: ['**/*.db.test.ts', '**/*.e2e.test.ts'],
    longest: ['packages/cli/test/guide/guide.test.ts', 'packages/vault/test/fleet/*.test.ts'],
    needs: ['command'],
  },
  {
    name: 'install',
    title: 'Installed packages',
    tests: ['scripts/package/**/*.test.ts'],
    // They build all packages, and would else build these beside another step that does.
    needs: ['browserFiles', 'command'],
  },
  {
    name: 'conformance',
    title: 'Conformance',
    tests: ['conformance/**/*.test.ts'],
    except: ['conformance/programs/**'],
    longest: ['conformance/suites/*.test.ts', 'conformance/clients/page/*.test.ts'],
    needs: ['chromium'],
  },
  {
    name: 'programs',
    title: 'Other programs',
    tests: ['conformance/programs/**/*.test.ts'],
    needs: ['programs', 'command'],
  },
  {
    name: 'e2e',
    title: 'Browser journeys',
    tests: ['e2e/**/*.test.ts', 'packages/*/test/**/*.e2e.test.ts'],
    longest: ['e2e/looks.test.ts', 'e2e/console/business.test.ts', 'e2e/console/every-form.test.ts'],
    needs: ['chromium', 'command'],
  },
];

/** `npm test -- --quick` runs these: all that needs no server, database, browser or network. */
export const quickSteps: readonly string[] = ['guards', 'types', 'lint', 'format', 'unit'];

/** The test files of a step in the order in which they run, among `files` (paths from the root of the repository). */
export function testsOf({ tests = [], except = [], longest = [] }: Step, files: readonly string[]): string[] {
  const fits = (patterns: readonly string[], file: string): boolean =>
    patterns.some((pattern) => matchesGlob(file, pattern));
  const chosen = files.filter((file) => fits(tests, file) && !fits(except, file));
  return [...chosen.filter((file) => fits(longest, file)), ...chosen.filter((file) => !fits(longest, file))];
}
