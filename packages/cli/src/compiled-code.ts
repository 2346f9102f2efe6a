// Code is compiled once and kept beside the packages, with the types stripped where it runs from its sources. It is not
// kept in the machine's folder for temporary files: from a folder that others can write to they could slip in code. Whoever
// can write beside the packages can change the packages themselves.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

const packages = new URL('../../', import.meta.url);
/** Installed packages of ours lie in `node_modules/@hallpass`, those of the repository beside its `node_modules`. */
const modules = packages.pathname.endsWith('/node_modules/@hallpass/')
  ? new URL('../', packages)
  : new URL('../node_modules/', packages);

/** Everything is compiled anew where the folder cannot be written to. */
export function keepCompiledCode(): void {
  enableCompileCache(fileURLToPath(new URL('.cache/hallpass-compiled', modules)));
}
