// The file of a SQLite database must be safe: who may read it, on which disks it may lie, and that one process only has
// it.
import { closeSync, existsSync, openSync, realpathSync, statfsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StorageRefused } from '../database.ts';
import { refuseLooseMode } from '../files.ts';
import { faultOf } from './sqlite-connection.ts';

/** File systems whose locks and syncs reach other machines, by the magic number of Linux's statfs(2). */
const NETWORK_FILE_SYSTEMS = new Map([
  [0x00006969, 'NFS'],
  [0x0000517b, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0x5346414f, 'AFS'],
  [0x73757245, 'Coda'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
]);

/** The name of the network file system with this statfs type; undefined for disks of this machine. */
function networkFileSystem(type: number): string | undefined {
  return NETWORK_FILE_SYSTEMS.get(type >>> 0);
}

/** The file by its one real name, so that a symbolic link does not lead around the lock. */
export function realFile(file: string): string {
  if (existsSync(file)) return realpathSync(file);
  if (!existsSync(dirname(file)))
    throw new StorageRefused(
      `The directory ${dirname(file)} of the database file does not exist: create it, or name another.`,
    );
  return join(realpathSync(dirname(file)), basename(file));
}

/** Throws `StorageRefused` when `file` lies on a network file system: SQLite's locks and syncs do not hold there. */
export function refuseNetwork(
  file: string,
  typeOf: (directory: string) => number = (directory) => statfsSync(directory).type,
): void {
  const network = networkFileSystem(typeOf(dirname(file)));
  if (network === undefined) return;
  throw new StorageRefused(
    `The database file ${file} lies on a network file system (${network}), which SQLite cannot trust: use a disk of this machine, or PostgreSQL.`,
  );
}

/** Creates `file` with mode 0600, or checks that nobody else may read the one that is there. */
export function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
    refuseLooseMode(file, 'database file', 0o600);
  }
}

/**
 * Takes the one place a process can have at `file`. The lock is SQLite's own, on a file beside it: the operating system
 * lets go of it when the process ends, however it ends. Throws `StorageRefused` when another process has it.
 */
export function lockFile(file: string): { release(): void } {
  const beside = `${file}.lock`;
  makePrivate(beside);
  const lock = new DatabaseSync(beside, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (faultOf(error)?.code !== 5) throw error;
    throw new StorageRefused(
      `The database file ${file} is in use by another process: stop that one first, or use PostgreSQL for several.`,
    );
  }
  return { release: () => lock.close() };
}
