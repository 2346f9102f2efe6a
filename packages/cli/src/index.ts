// Others look at the command line through this door: the reference page and the tests.
export { commandPage } from './printing/command-page.ts';
export { commands } from './commands/index.ts';
export { exitCodes } from './command-error.ts';
export { run } from './run.ts';
export { flagOf, placeTable } from './surroundings/setting-sources.ts';
