// An emulator for a suite of tests, by the hooks of its runner: vitest, jest and node:test have the same ones by two names.
import { createEmulator, type Emulator, type EmulatorOptions } from './emulator.ts';

type Hook = (task: () => Promise<void>) => unknown;

/** The hooks of a test runner: `beforeAll` and `afterAll` of vitest and jest, `before` and `after` of `node:test`. */
export type TestHooks = { beforeEach: Hook } & ({ beforeAll: Hook; afterAll: Hook } | { before: Hook; after: Hook });

export interface SuiteOptions extends EmulatorOptions {
  /** Prepares the world once: every test begins as it is then. */
  prepare?: (emulator: Emulator) => Promise<void>;
}

/**
 * Starts an emulator before the first test, puts its world back before each, and closes it after the last.
 * @returns the emulator, for use inside tests; @throws Error where it is asked for before the first test
 */
export function emulatorForTests(hooks: TestHooks, { prepare, ...options }: SuiteOptions = {}): () => Emulator {
  let emulator: Emulator | undefined;
  let restore = async (): Promise<void> => {};
  const before = 'beforeAll' in hooks ? hooks.beforeAll : hooks.before;
  const after = 'afterAll' in hooks ? hooks.afterAll : hooks.after;
  before(async () => {
    const started = await createEmulator(options);
    emulator = started;
    if (!prepare) {
      restore = () => started.reset();
      return;
    }
    await prepare(started);
    const prepared = await started.snapshot();
    restore = () => started.restore(prepared);
  });
  hooks.beforeEach(() => restore());
  after(async () => {
    await emulator?.close();
    emulator = undefined;
  });
  return () => {
    if (!emulator) throw new Error('The emulator runs while tests run: ask for it inside a test or a hook.');
    return emulator;
  };
}
