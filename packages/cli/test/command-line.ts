// Tests of all packages start the command line as a process by these arguments.
import { fileURLToPath } from 'node:url';

/** The start file of the bundle, which `npm test` builds first (scripts/test/needs.ts); not set where a file is run by hand. */
const bundle = process.env['COMMAND_MAIN'];

/**
 * Arguments of Node that start the command line; its own come behind them. The bundle is what is published, and starts in
 * half the time of the sources. Packages that stay outside of the bundle are found as sources in either case.
 */
export const commandLine: readonly string[] = bundle
  ? ['--conditions=bundled', '--conditions=source', bundle]
  : ['--conditions=source', fileURLToPath(new URL('../src/main.ts', import.meta.url))];
