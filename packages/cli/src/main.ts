// The command line starts here.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { quickImports } from './quick-imports.ts';

// Without a listener Node.js opens a debugger at this signal, to whoever is on this machine.
if (process.platform !== 'win32') process.on('SIGUSR1', () => {});

// Run from its sources: types are stripped and code is compiled once, and kept beside the packages. A folder that
// others could write to would be one from which they could slip in code, so it is never the machine's own for temporary
// files.
if (import.meta.url.endsWith('.ts')) {
  enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/hallpass-compiled', import.meta.url)));
  quickImports();
}

const { outside } = await import('./surroundings/outside.ts');
const { endingOf } = await import('./exit.ts');
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (error: unknown) => {
    outside.err(endingOf(error).message);
    outside.end(1);
  });

const { run } = await import('./run.ts');
process.exitCode = await run(process.argv.slice(2), outside);
