// The authority of this person on this machine, for an emulator that runs on (`hallpass dev`) and the programs that are
// told to trust it (`hallpass env`, `hallpass trust`). It is made at its first use and never leaves the machine (threats
// EM-01, EM-06). `hallpass exec` has one of its own in memory for each command.
import { linkSync, lstatSync, mkdirSync, readFileSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Authority, isAuthorityFor, makeAuthority, readAuthorityKey } from '@hallpass/emulator/front';
import { CommandError } from '../command-error.ts';
import type { Outside } from '../surroundings/outside.ts';
import { dataFolder } from './data-folder.ts';
import { scope } from './scope.ts';

export const authorityFolder = (outside: Outside): string => join(dataFolder(outside), 'authority');

/** Key and certificate in one file, so that they are never of two authorities. */
const keyFile = (folder: string): string => join(folder, 'authority.key');

/**
 * Reads the authority, and makes one where there is none, or one that ends soon or is for other hosts.
 * @throws CommandError for a key that others may have read, and where the folder cannot be written
 */
export function keptAuthority(outside: Outside): Authority {
  const folder = authorityFolder(outside);
  const file = keyFile(folder);
  const present = readAuthority(file, outside);
  if (present && isAuthorityFor(scope, present, outside.wall.now())) return present;
  return makeKept(folder, file, outside);
}

function readAuthority(file: string, outside: Outside): Authority | undefined {
  const state = stateOf(file);
  if (!state) return undefined;
  const others = outside.platform === 'win32' ? 0 : state.mode & 0o077;
  if (!state.isFile() || others !== 0 || (outside.user && state.uid !== outside.user.id))
    throw new CommandError(
      'cannotStart',
      `Others may have read the key in ${file}. Run hallpass untrust to remove it; a new one is created at the next use.`,
    );
  const text = readFileSync(file, 'utf8');
  const [certificate] = /-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----\n/.exec(text) ?? [];
  try {
    return certificate === undefined ? undefined : { certificate, key: readAuthorityKey(text) };
  } catch {
    // A file that somebody broke counts as none.
    return undefined;
  }
}

function makeKept(folder: string, file: string, outside: Outside): Authority {
  const authority = makeAuthority(scope, { now: outside.wall.now(), random: outside.random });
  const fresh = `${file}.${outside.pid}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(fresh, authority.key.export({ type: 'pkcs8', format: 'pem' }) + authority.certificate, {
      mode: 0o600,
    });
    rmSync(file, { force: true });
    // Of two processes that make one at the same time the first wins.
    linkSync(fresh, file);
    return authority;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return keptAuthority(outside);
    throw new CommandError('cannotStart', `${folder} can't be written to: name another folder in XDG_DATA_HOME.`);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** Removes certificate, key and all files that were made for them; @returns whether there were any */
export function removeAuthority(outside: Outside): boolean {
  const folder = authorityFolder(outside);
  const there = stateOf(folder) !== undefined;
  rmSync(folder, { recursive: true, force: true });
  return there;
}

function stateOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

/** The authority as it is now: read again when its file has changed. */
export function followAuthority(outside: Outside): () => Authority {
  const file = keyFile(authorityFolder(outside));
  let read: { changed: number; authority: Authority } | undefined;
  return () => {
    const changed = stateOf(file)?.mtimeMs;
    if (read === undefined || read.changed !== changed) {
      const authority = keptAuthority(outside);
      read = { changed: stateOf(file)?.mtimeMs ?? 0, authority };
    }
    return read.authority;
  };
}
