// The folder of one `hallpass exec`: files by which programs trust its authority, a socket, settings. It goes with the
// command; one that stayed behind, because its process was killed, goes at the next start.
import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from '../command-error.ts';
import type { Outside } from '../surroundings/outside.ts';

const PREFIX = 'hallpass-exec-';

export interface SessionFolder {
  path: string;
  remove(): void;
}

/** @throws CommandError where no folder can be made */
export function openSessionFolder(outside: Outside): SessionFolder {
  const parent = tmpdir();
  removeStale(parent, outside);
  try {
    const path = mkdtempSync(join(parent, `${PREFIX}${outside.processSpace}-${outside.pid}-`));
    return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
  } catch {
    throw new CommandError('cannotStart', `${parent} can't be written to: name another folder in TMPDIR.`);
  }
}

/** Removes folders of this user whose process has ended: of processes that could be seen from here. */
function removeStale(parent: string, outside: Outside): void {
  for (const name of foldersIn(parent)) {
    const [, space, pid] = /^hallpass-exec-([a-z0-9]+)-(\d+)-/.exec(name) ?? [];
    const path = join(parent, name);
    if (space !== outside.processSpace || outside.isRunning(Number(pid))) continue;
    try {
      const { uid } = lstatSync(path);
      if (outside.user === undefined || uid === outside.user.id) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another process removes it at the same time.
    }
  }
}

function foldersIn(parent: string): string[] {
  try {
    return readdirSync(parent).filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
}
