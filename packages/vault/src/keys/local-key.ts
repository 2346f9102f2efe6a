// Master keys that this process holds itself: from a key file, from a text such as a variable of the environment, or
// from a passphrase.
import { existsSync } from 'node:fs';
import { scrypt } from 'node:crypto';
import { createKeyFile, createSealer, type MasterKey, readKeyFile, SealError, StorageRefused } from '@hallpass/db';
import type { Random, Secret } from '@hallpass/protocol';
import { type MasterKeySource, MasterKeyUnavailable } from './master-key.ts';

const place = { table: 'keys', column: 'wrapped', row: '' };

const wrapWith = (keys: readonly MasterKey[], plain: Uint8Array, random: Random): string =>
  createSealer({ keys, random }).seal(Buffer.from(plain).toString('base64url'), place);

function unwrapWith(keys: readonly MasterKey[], wrapped: string, random: Random, label: string): Uint8Array {
  try {
    return new Uint8Array(Buffer.from(createSealer({ keys, random }).open(wrapped, place), 'base64url'));
  } catch (error) {
    if (error instanceof SealError)
      throw new MasterKeyUnavailable(`The master key of ${label} isn't the one this vault was created with.`);
    throw error;
  }
}

/**
 * The key file of `path`: lines `id key`, the active one first. It is read anew at each use, so a file that was missing
 * may come later. @param create makes the file when a new vault finds none
 */
export function keyFromFile(
  path: string,
  { random, create = false }: { random: Random; create?: boolean },
): MasterKeySource {
  const label = `the key file ${path}`;
  const read = (): MasterKey[] => {
    try {
      return readKeyFile(path);
    } catch (error) {
      if (error instanceof StorageRefused) throw new MasterKeyUnavailable(error.message);
      throw error;
    }
  };
  return {
    label,
    wrap: async (plain) => wrapWith(create && !existsSync(path) ? createKeyFile(path, random) : read(), plain, random),
    unwrap: async (wrapped) => unwrapWith(read(), wrapped, random, label),
  };
}

/** A key of 32 bytes in base64url, as `hallpass vault key` prints one. @throws MasterKeyUnavailable at its use */
export function keyFromText(text: Secret, { random, label }: { random: Random; label: string }): MasterKeySource {
  const keys = (): MasterKey[] => {
    const key = Buffer.from(text.open().trim(), 'base64url');
    if (!/^[A-Za-z0-9_-]{43}$/.test(text.open().trim()) || key.length !== 32)
      throw new MasterKeyUnavailable(`The master key of ${label} must be 32 bytes in base64url: 43 characters.`);
    return [{ id: 'text', key: new Uint8Array(key) }];
  };
  return {
    label,
    wrap: async (plain) => wrapWith(keys(), plain, random),
    unwrap: async (wrapped) => unwrapWith(keys(), wrapped, random, label),
  };
}

/** OWASP's advice for scrypt: 2^17 rounds of 8 blocks, 128 MiB of memory. */
const work = { N: 2 ** 17, r: 8, p: 1, maxmem: 192 * 1024 * 1024 };
const SHORTEST_PASSPHRASE = 16;

/** A passphrase of 16 letters or more. Each wrapped key has a salt of its own: `p1.<salt>.<sealed>`. */
export function keyFromPassphrase(passphrase: Secret, { random }: { random: Random }): MasterKeySource {
  const label = 'the passphrase';
  const derived = new Map<string, Promise<MasterKey[]>>();
  const keysOf = (salt: string): Promise<MasterKey[]> => {
    const known = derived.get(salt);
    if (known) return known;
    const text = passphrase.open().normalize('NFKC');
    if (text.length < SHORTEST_PASSPHRASE)
      throw new MasterKeyUnavailable(`The passphrase must have at least ${SHORTEST_PASSPHRASE} characters.`);
    const { promise, resolve, reject } = Promise.withResolvers<MasterKey[]>();
    scrypt(text, Buffer.from(salt, 'base64url'), 32, work, (error, key) =>
      error ? reject(error) : resolve([{ id: 'passphrase', key: new Uint8Array(key) }]),
    );
    derived.set(salt, promise);
    return promise;
  };
  return {
    label,
    async wrap(plain) {
      const [known] = derived.keys();
      const salt = known ?? Buffer.from(random.bytes(16)).toString('base64url');
      return `p1.${salt}.${wrapWith(await keysOf(salt), plain, random)}`;
    },
    async unwrap(wrapped) {
      const [, salt, sealed] = /^p1\.([A-Za-z0-9_-]{22})\.(.+)$/.exec(wrapped) ?? [];
      if (salt === undefined || sealed === undefined)
        throw new MasterKeyUnavailable("This vault wasn't created with a passphrase.");
      return unwrapWith(await keysOf(salt), sealed, random, label);
    },
  };
}
