// The list of the watch is read from a file, and its memory kept in another one beside it, mode 0600.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readJson } from '@hallpass/protocol';
import type { WatchMemory } from '@hallpass/vault';
import { CommandError } from '../exit.ts';
import { fileOrInput } from '../surroundings/file-text.ts';
import type { Outside } from '../surroundings/outside.ts';

interface MemoryFile {
  list(): Promise<string>;
  read(): WatchMemory;
  write(memory: WatchMemory): void;
  fingerprint(token: string): string;
}

/** @throws CommandError where the list cannot be read, or the memory is not one */
export async function memoryFile(outside: Outside, file: string, state: string | undefined): Promise<MemoryFile> {
  const [{ replaceFile }, { watchMemory }] = await Promise.all([import('@hallpass/db'), import('@hallpass/vault')]);
  if (file === '-' && state === undefined)
    throw new CommandError('wrongUse', 'With a list on standard input, name a file for the memory: --state FILE.');
  const path = state ?? `${file}.watch.json`;
  return {
    list: () => fileOrInput(outside, file),
    read() {
      if (!existsSync(path)) return {};
      try {
        return readJson(watchMemory, readFileSync(path, 'utf8'));
      } catch {
        throw new CommandError(
          'cannotStart',
          `${path} is not the memory of a watch. It is left as it is: name another file with --state, or remove it.`,
        );
      }
    },
    write(memory) {
      try {
        replaceFile(path, `${JSON.stringify(memory, null, 2)}\n`);
      } catch {
        throw new CommandError('failed', `${path} cannot be written: at the next run all of this is news again.`);
      }
    },
    fingerprint: (token) => createHash('sha256').update(token).digest('base64url').slice(0, 22),
  };
}
