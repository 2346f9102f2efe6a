// Builds what browsers run, the console and the JavaScript SDK, where it is missing or older than what it is made of.
import { type Build, buildOnce } from './build-once.ts';

/** Vite builds a package by this: it is run once for each mode. `run.sh` compares the times of notes and sources. */
const byVite = (
  title: string,
  folder: string,
  { modes, alsoReads = [], ...rest }: Pick<Build, 'built' | 'note'> & { modes: string[]; alsoReads?: string[] },
): Build => ({
  title,
  sources: [
    ...['src', 'index.html', 'vault.html', 'package.json', 'vite.config.ts'].map((name) => `${folder}/${name}`),
    ...alsoReads,
  ],
  programs: modes.map((mode) => [
    'node_modules/vite/bin/vite.js',
    'build',
    folder,
    ...['--mode', mode, '--logLevel', 'warn'],
  ]),
  ...rest,
});

const browserFiles: readonly Build[] = [
  byVite('the console', 'packages/console', {
    built: 'packages/console/dist/web/index.html',
    note: 'hallpass-console',
    // Parts of packages of ours that are bundled into it.
    alsoReads: [
      'packages/protocol/src',
      'packages/pages/src/style',
      'packages/vault/src/client',
      // The words that the client of a vault knows.
      'packages/vault/src/event-kinds.ts',
      'packages/vault/src/kinds.ts',
      'packages/vault/src/repairs.ts',
      'packages/vault/src/states.ts',
    ],
    modes: ['production'],
  }),
  byVite('the JavaScript SDK', 'packages/sdk', {
    built: 'packages/sdk/dist/web/relay.js',
    note: 'hallpass-sdk',
    modes: ['production', 'debug', 'relay'],
  }),
];

/**
 * Makes sure that what browsers run is built of its present sources. @throws Error with what Vite said, when something
 * cannot be built
 */
export async function buildBrowserFiles(say: (line: string) => void): Promise<void> {
  for (const one of browserFiles) await buildOnce(one, say);
}

if (import.meta.main)
  await buildBrowserFiles((line) => console.error(line)).catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
