// Variables in the words of a shell.
import { basename } from 'node:path';
import type { Outside } from '../surroundings/outside.ts';

export type Shell = 'sh' | 'fish' | 'powershell';

const assignment: Readonly<Record<Shell, (name: string, value: string) => string>> = {
  sh: (name, value) => `export ${name}='${value.replaceAll("'", `'\\''`)}'`,
  fish: (name, value) => `set -gx ${name} '${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
  powershell: (name, value) => `$env:${name} = '${value.replaceAll("'", "''")}'`,
};

export const assignments = (shell: Shell, set: Readonly<Record<string, string>>): string =>
  Object.entries(set)
    .map(([name, value]) => assignment[shell](name, value))
    .join('\n');

/** The shell that the person most likely uses. */
export function usualShell({ env, platform }: Pick<Outside, 'env' | 'platform'>): Shell {
  if (platform === 'win32') return 'powershell';
  return basename(env['SHELL'] ?? '') === 'fish' ? 'fish' : 'sh';
}
