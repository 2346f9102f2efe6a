// Finds the program of a command before it is started, so that one that is not there is told in a sentence.
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';

type FoundProgram = 'found' | 'missing' | 'not executable';

/** Windows has rules of its own about what can be run; its shell will say so. */
export function findProgram(name: string, path: string | undefined, platform: NodeJS.Platform): FoundProgram {
  if (platform === 'win32') return 'found';
  const candidates = name.includes(sep)
    ? [name]
    : (path ?? '/usr/local/bin:/usr/bin:/bin')
        .split(delimiter)
        .map((folder) => join(folder === '' ? '.' : folder, name));
  const states = candidates.map(stateOf);
  return states.includes('found') ? 'found' : states.includes('not executable') ? 'not executable' : 'missing';
}

function stateOf(file: string): FoundProgram {
  try {
    if (!statSync(file).isFile()) return 'not executable';
  } catch {
    return 'missing';
  }
  try {
    accessSync(file, constants.X_OK);
    return 'found';
  } catch {
    return 'not executable';
  }
}
