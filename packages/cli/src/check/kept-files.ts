// Files of an app that a check puts back before each story, such as the database in which it keeps its tokens: what the
// command did to them in one story must not be seen in the next.
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface KeptFiles {
  /** Puts every file and folder back as it was kept; one that was not there is removed. */
  putBack(): void;
  remove(): void;
}

/** @param paths files and folders */
export function keepFiles(paths: readonly string[]): KeptFiles {
  const folder = mkdtempSync(join(tmpdir(), 'hallpass-check-'));
  const copyOf = (at: number): string => join(folder, String(at));
  for (const [at, path] of paths.entries()) if (existsSync(path)) cpSync(path, copyOf(at), { recursive: true });
  return {
    putBack() {
      for (const [at, path] of paths.entries()) {
        const copy = copyOf(at);
        const ready = `${path}.hallpass-check`;
        // The copy is beside it before anything is removed: a check that is killed loses no file.
        if (existsSync(copy)) cpSync(copy, ready, { recursive: true, preserveTimestamps: true });
        rmSync(path, { recursive: true, force: true });
        if (existsSync(ready)) renameSync(ready, path);
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
