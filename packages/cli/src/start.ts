// A process of ours begins here: what holds for the command line, and for the part of it that `hallpass exec` starts once more.
import { keepCompiledCode } from './compiled-code.ts';
import { quickImports } from './quick-imports.ts';
import { nameSources } from './source-places.ts';
import type { Outside } from './surroundings/outside.ts';
import { holdYoungGeneration } from './surroundings/heap-growth.ts';

/** Does the work of a process; resolves with its exit code. */
type Work = (outside: Outside) => Promise<number>;

/** The built command has all modules in a few files. */
const isBuilt = !import.meta.url.endsWith('.ts');

/** @param load brings the modules of the work, after this has made loading quick */
export async function start(load: () => Promise<Work>): Promise<void> {
  // Without a listener Node.js opens a debugger at this signal, to whoever is on this machine.
  if (process.platform !== 'win32') process.on('SIGUSR1', () => {});

  keepCompiledCode();
  if (isBuilt) nameSources();
  quickImports();
  holdYoungGeneration();

  const { outside } = await import('./surroundings/outside.ts');
  const { endingOf } = await import('./exit.ts');
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      outside.err(endingOf(error).message);
      outside.end(1);
    });

  const work = await load();
  process.exitCode = await work(outside);
}
