// The list of commands, in the order of `--help`. A command's file is loaded only when it is called or asked about.
import type { Command } from 'commander';
import type { Outside } from '../outside.ts';

/** Every file of this folder exports one as `build`. */
export type Build = (outside: Outside) => Command;

export interface CommandEntry {
  name: string;
  summary: string;
  load(): Promise<{ build: Build }>;
}

export const commands: readonly CommandEntry[] = [
  { name: 'dev', summary: 'Start the emulator: a whole world on this machine, for developing against.', load: () => import('./dev.ts') },
  { name: 'seed', summary: 'Check seed files.', load: () => import('./seed.ts') },
];
