// Says what a server in a checkout lacks until it is built. `npm start` builds it, another command doesn't; an installed
// command has it.
import { consoleFiles } from '@hallpass/console';
import { sdkFiles } from '@hallpass/sdk';
import type { Outside } from './outside.ts';

/** Tells a person, on standard error, that what browsers run is not built, and what builds it. */
export function warnUnbuilt(outside: Outside): void {
  if (consoleFiles() !== undefined && sdkFiles() !== undefined) return;
  outside.err(
    "The console and the JavaScript SDK aren't built yet, so this runs without them. Run `npm run build`, then start it again.",
  );
}
