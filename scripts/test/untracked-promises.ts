// Node's test runner follows every promise, to know which test threw an error that nobody caught. That takes most of the
// processor time of a test that runs a server, so promises are left out of it here. Such an error still fails its file:
// the runner tells of it without the name of a test, and the reporter counts it.
import asyncHooks from 'node:async_hooks';

const { createHook } = asyncHooks;

/** The option is newer than the types of Node.js; a Node.js that does not know it follows promises as before. */
type HookOptions = Parameters<typeof createHook>[0] & { trackPromises?: boolean };

// The test runner asks for its hook when `node:test` is loaded for the first time, which is after this.
asyncHooks.createHook = (callbacks) => {
  const options: HookOptions = { ...callbacks, trackPromises: false };
  return createHook(options);
};
