// The command line as others look at it: the reference page and the tests.
export { commands } from './commands/index.ts';
export { exitCodes } from './exit.ts';
export { run } from './run.ts';
