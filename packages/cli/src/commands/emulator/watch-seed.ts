// `hallpass dev --watch` plants the world anew when its seed file was changed. A file with mistakes is told of, and the
// world before it stays.
import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Emulator } from '@hallpass/emulator';
import type { Outside } from '../../surroundings/outside.ts';

/** Editors write a file in several steps, within so many milliseconds. */
const SETTLED = 100;

/** @returns a function that stops watching */
export function watchSeed(outside: Outside, emulator: Emulator, file: string): () => void {
  let planting: Promise<void> | undefined;
  let again = false;
  const plant = async (): Promise<void> => {
    const { BadSeed, loadSeed } = await import('@hallpass/emulator');
    do {
      again = false;
      await outside.pause(SETTLED);
      try {
        await emulator.reset(await loadSeed(file, file));
        outside.err(`${file} was changed: the world ${emulator.seed.name} was planted again.`);
      } catch (error) {
        const gone = (error as { code?: unknown }).code === 'ENOENT';
        if (!(error instanceof BadSeed) && !gone) throw error;
        outside.err(error instanceof Error ? error.message : String(error));
      }
    } while (again);
  };
  const watcher = watch(dirname(file), (_event, name) => {
    if (name !== basename(file)) return;
    again = true;
    planting ??= plant().finally(() => {
      planting = undefined;
    });
  });
  return () => watcher.close();
}
