// The store that is used when the caller names none: a file that only its owner reads, encrypted with a key that stands
// in another such file. A copy of one of the two, as a backup or a synchronised folder makes it, opens nothing.
import { createCipheriv, createDecipheriv } from 'node:crypto';
import { constants } from 'node:fs';
import { link, lstat, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { homedir, platform, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { realSurroundings, type Surroundings } from '../surroundings.ts';
import type { TokenStore } from './token-store.ts';

const CIPHER = 'aes-256-gcm';
const KEY = 32;
const NONCE = 12;
const TAG = 16;
/** The first letters of such a file; they are also bound into what is encrypted. */
const MARK = 'hallpass-token-1.';

export interface FileStoreOptions {
  file: string;
  /** The file of the key, made when it is missing. `token.key` beside the file where it is left out. */
  keyFile?: string;
  /** 32 bytes from elsewhere, such as the keychain of the operating system, in place of a file of the key. */
  key?: Uint8Array;
  bytes?: Surroundings['bytes'];
}

/** The file is not one that only its owner reads. The message names it and says what to do. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
}

/** The folder of a program's own files, as each system has it. */
export function defaultFolder(): string {
  if (platform() === 'win32') return join(homedir(), 'AppData', 'Local', 'Hallpass');
  if (platform() === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Hallpass');
  return join(homedir(), '.local', 'share', 'hallpass');
}

export function fileStore({ file, keyFile, key, bytes = realSurroundings.bytes }: FileStoreOptions): TokenStore {
  const keyPath = keyFile ?? join(dirname(file), 'token.key');
  if (key !== undefined && key.length !== KEY) throw new TypeError(`The key of a token store has ${KEY} bytes.`);
  const suffix = (): string => Buffer.from(bytes(NONCE)).toString('hex');
  const existingKey = async (): Promise<Uint8Array | undefined> => {
    const read = key ?? (await readPrivate(keyPath));
    if (read && read.length !== KEY) throw new StoreRefused(`${keyPath} is not a key of a token store.`);
    return read;
  };
  return {
    async load() {
      const [opens, text] = [await existingKey(), (await readPrivate(file))?.toString('utf8')];
      return opens && text !== undefined ? decrypted(text, opens) : undefined;
    },
    async save(text) {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      let seals = await existingKey();
      if (!seals) {
        await mkdir(dirname(keyPath), { recursive: true, mode: 0o700 });
        // Of two programs that start together one makes the key, and both use that.
        await createPrivate(keyPath, bytes(KEY), suffix());
        seals = await existingKey();
      }
      if (!seals) throw new StoreRefused(`${keyPath} cannot be read.`);
      await replacePrivate(file, encrypted(text, seals, bytes(NONCE)), suffix());
    },
    remove: () => rm(file, { force: true }),
  };
}

function encrypted(text: string, key: Uint8Array, nonce: Uint8Array): string {
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG }).setAAD(Buffer.from(MARK));
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${MARK}${sealed.toString('base64url')}\n`;
}

/** Undefined for what this key does not open: the person logs in once more. */
function decrypted(text: string, key: Uint8Array): string | undefined {
  if (!text.startsWith(MARK)) return undefined;
  const sealed = Buffer.from(text.slice(MARK.length).trim(), 'base64url');
  if (sealed.length < NONCE + TAG) return undefined;
  const end = sealed.length - TAG;
  try {
    const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(MARK)).setAuthTag(sealed.subarray(end));
    return Buffer.concat([decipher.update(sealed.subarray(NONCE, end)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** The bytes of a file that only its owner reads; undefined where there is none. @throws StoreRefused */
async function readPrivate(path: string): Promise<Buffer | undefined> {
  const found = await lstat(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (!found) return undefined;
  if (!found.isFile()) throw new StoreRefused(`${path} is not a plain file.`);
  if (platform() !== 'win32') {
    if (found.uid !== userInfo().uid) throw new StoreRefused(`${path} belongs to someone else.`);
    if ((found.mode & 0o077) !== 0)
      throw new StoreRefused(`Others may read ${path}: run chmod 600 on it, or delete it and log in again.`);
  }
  return readFile(path);
}

async function writePrivate(path: string, content: string | Uint8Array): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const handle = await open(path, flags, 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the file unless it is there. It appears with its whole content or not at all. */
async function createPrivate(path: string, content: Uint8Array, suffix: string): Promise<void> {
  const beside = `${path}.${suffix}`;
  await writePrivate(beside, content);
  try {
    await link(beside, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(beside, { force: true });
  }
}

async function replacePrivate(path: string, content: string, suffix: string): Promise<void> {
  const beside = `${path}.${suffix}`;
  try {
    await writePrivate(beside, content);
    await rename(beside, path);
  } finally {
    await rm(beside, { force: true });
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
