// This module knows the folder for files of one person on one machine, as each system has it.
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Outside } from '../surroundings/outside.ts';

export function dataFolder({ env, platform }: Pick<Outside, 'env' | 'platform'>): string {
  if (platform === 'win32') return join(env['LOCALAPPDATA'] ?? homedir(), 'Hallpass');
  if (platform === 'darwin') return join(homedir(), 'Library/Application Support/Hallpass');
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local/share'), 'hallpass');
}
