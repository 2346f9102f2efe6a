// The list of the watch is read from a file, and its memory kept in another one beside it, mode 0600.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { readJson } from '@hallpass/protocol';
import type { WatchMemory } from '@hallpass/vault';
import { CommandError } from '../command-error.ts';
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
  const [{ replaceFile }, { watchMemory }] = await Promise.all([
    import('@hallpass/db/files'),
    import('@hallpass/vault'),
  ]);
  if (file === '-' && state === undefined)
    throw new CommandError(
      'wrongUse',
      'With a list on standard input, name a file to remember results in: --state FILE.',
    );
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
          `${path} isn't a memory file of a watch, so it was left as it is. Name another file with --state, or remove it.`,
        );
      }
    },
    write(memory) {
      try {
        replaceFile(path, `${JSON.stringify(memory, null, 2)}\n`);
      } catch {
        throw new CommandError('failed', `${path} can't be written, so the next run will report all of this again.`);
      }
    },
    fingerprint: (token) => createHash('sha256').update(token).digest('base64url').slice(0, 22),
  };
}
