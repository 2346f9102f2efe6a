// The data directory and the files of keys in it are private: nobody but the program's own user may read them. What is
// found more open than that is refused, not repaired: somebody may have read it already.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type Random, randomHex } from '@hallpass/protocol';
import { StorageRefused } from './database.ts';
import type { MasterKey } from './sealing.ts';

const OTHERS = 0o077;

/** Throws `StorageRefused` when group or others may do anything with `path`. `rightMode` goes into the sentence. */
export function refuseLooseMode(path: string, what: string, rightMode: number): void {
  // On Windows modes say nothing; access lists of the person's own folders keep others out.
  if (process.platform === 'win32') return;
  const mode = statSync(path).mode & 0o777;
  if ((mode & OTHERS) === 0) return;
  const [has, right] = [mode, rightMode].map((bits) => bits.toString(8).padStart(4, '0'));
  throw new StorageRefused(
    `The ${what} ${path} is open to others (mode ${has}): run \`chmod ${right} ${path}\`, and change what it holds if others could log in here.`,
  );
}

/** Creates the data directory with mode 0700, or checks the one that is there (ST-03). */
export function openDataDirectory(path: string): void {
  if (!existsSync(path)) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return;
  }
  if (!statSync(path).isDirectory())
    throw new StorageRefused(`The data directory ${path} is not a directory: name another one.`);
  refuseLooseMode(path, 'data directory', 0o700);
}

/**
 * Reads a file that holds one secret on one line, such as the address of a database with its password. @param what it
 * holds
 */
export function readSecretFile(path: string, what: string): string {
  if (!existsSync(path)) throw new StorageRefused(`There is no file ${path}: name one that holds the ${what}.`);
  if (!statSync(path).isFile())
    throw new StorageRefused(`The file of the ${what}, ${path}, is not a file: name another one.`);
  refuseLooseMode(path, `file of the ${what}`, 0o600);
  const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  if (text === '' || /[\r\n\0]/.test(text))
    throw new StorageRefused(`The file of the ${what}, ${path}, must hold one line.`);
  return text;
}

/**
 * Reads the master keys of a key file, the active one first: one line each, `id key`, the key's 32 bytes in base64url.
 */
export function readKeyFile(path: string): MasterKey[] {
  if (!existsSync(path))
    throw new StorageRefused(
      `The key file ${path} is missing: restore it from your backup; without it nothing sealed can be read.`,
    );
  refuseLooseMode(path, 'key file', 0o600);
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  const keys = lines.map((line) => {
    const [, id, text] = /^([A-Za-z0-9]{1,16}) ([A-Za-z0-9_-]{43})$/.exec(line) ?? [];
    return id === undefined || text === undefined
      ? undefined
      : { id, key: new Uint8Array(Buffer.from(text, 'base64url')) };
  });
  if (keys.length === 0 || keys.includes(undefined))
    throw new StorageRefused(`The key file ${path} is damaged: restore it from your backup.`);
  return keys as MasterKey[];
}

/**
 * Makes a key file with one new key, mode 0600, and answers what is in it. The file is there whole or not at all.
 * @throws StorageRefused when there is one already
 */
export function createKeyFile(path: string, random: Random): MasterKey[] {
  if (existsSync(path)) throw new StorageRefused(`The key file ${path} exists already: it is never overwritten.`);
  const id = randomHex(random, 4);
  const key = random.bytes(32);
  replaceFile(path, `${id} ${Buffer.from(key).toString('base64url')}\n`);
  return [{ id, key }];
}

/**
 * Writes a file, mode 0600, in place of the one that is there. After a crash it is the old one or the new one, whole.
 */
export function replaceFile(path: string, text: string): void {
  const unfinished = `${path}.new`;
  rmSync(unfinished, { force: true });
  writeSynced(unfinished, text);
  renameSync(unfinished, path);
  syncDirectory(dirname(path));
}

function writeSynced(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

// A new name is durable only when its directory is.
function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
