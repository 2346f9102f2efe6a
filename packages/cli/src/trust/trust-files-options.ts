// Finds out on this machine how trust files are to be written.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../exec/find-program.ts';
import type { Outside } from '../surroundings/outside.ts';
import type { TrustFiles, TrustFilesOptions } from './trust-files.ts';

/** @returns how to write trust files for the programs of this machine */
export function trustFilesOptions(outside: Outside, { wgetrc }: TrustFiles): TrustFilesOptions {
  const { env, platform, random } = outside;
  const named = env['WGETRC'];
  return {
    random,
    wgetrcBefore: named === undefined || named === wgetrc ? join(homedir(), '.wgetrc') : named,
    hasJava: env['JAVA_HOME'] !== undefined || findProgram('java', env['PATH'], platform) === 'found',
  };
}
