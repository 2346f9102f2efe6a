// A world is stored in one of two places: in memory, or in a directory of its own with its database, its key and where its
// clock stood.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createKeyFile,
  type MasterKey,
  openDataDirectory,
  openSqlite,
  readKeyFile,
  type SqliteDatabase,
} from '@hallpass/db';
import { parseJson, type Random, shape, randomHex } from '@hallpass/protocol';
import type { Schema, World } from '@hallpass/server';
import type { ClockPosition } from '../clock.ts';
import { refusePlatformData } from '../refused.ts';

export interface WorldStorage {
  /** The keys that everything of this world is sealed with, the newest first. */
  keys(): readonly MasterKey[];
  /** Everything that is derived for one purpose hangs on it: sessions, codes, links. */
  rootKey(): Uint8Array;
  open(): Promise<SqliteDatabase<Schema>>;
  /** Forgets the world; the database must be closed. */
  empty(): void;
  /** Puts a copy of a database in the place of this one; the database must be closed. */
  load(image: WorldImage): void;
  /** Returns the position of the clock when the world was last open. */
  clock(): ClockPosition | undefined;
  keepClock(position: ClockPosition): void;
}

/** A copy of the database of a world, with the keys that open what is sealed in it. */
export interface WorldImage {
  readonly bytes: Uint8Array;
  readonly keys: readonly MasterKey[];
  /** Only of a world that goes on as it was; a new world has one of its own. */
  readonly rootKey?: Uint8Array;
}

/** Each world in memory seals with a key of its own; only what a copy brought along opens with the key of its origin. */
export function storageInMemory(random: Random, wall: World['wall']): WorldStorage {
  const own = (): MasterKey => ({ id: randomHex(random, 8), key: random.bytes(32) });
  let keys: readonly MasterKey[] = [own()];
  let rootKey = random.bytes(32);
  let image: Uint8Array | undefined;
  return {
    keys: () => keys,
    rootKey: () => rootKey,
    open: () => openSqlite<Schema>({ file: ':memory:', wall, image }),
    empty() {
      keys = [own()];
      rootKey = random.bytes(32);
      image = undefined;
    },
    load(loaded) {
      keys = [own(), ...loaded.keys];
      rootKey = loaded.rootKey ?? random.bytes(32);
      image = loaded.bytes;
    },
    clock: () => undefined,
    keepClock: () => undefined,
  };
}

/** @throws EmulatorRefused, StorageRefused */
export function storageInDirectory(directory: string, random: Random, wall: World['wall']): WorldStorage {
  refusePlatformData(directory);
  openDataDirectory(directory);
  const database = join(directory, 'world.db');
  const key = join(directory, 'world.key');
  const clock = join(directory, 'clock.json');
  const keys = (): readonly MasterKey[] => (existsSync(key) ? readKeyFile(key) : createKeyFile(key, random));
  return {
    keys,
    // The oldest key is the root: what is derived from it must not change when a newer one seals.
    rootKey: () => keys().at(-1)?.key ?? random.bytes(32),
    open: () => openSqlite<Schema>({ file: database, wall }),
    empty() {
      for (const file of [database, `${database}-wal`, `${database}-shm`, key, clock]) rmSync(file, { force: true });
    },
    load({ bytes }) {
      for (const file of [`${database}-wal`, `${database}-shm`]) rmSync(file, { force: true });
      writeFileSync(database, bytes, { mode: 0o600 });
    },
    clock: () => (existsSync(clock) ? readPosition(readFileSync(clock, 'utf8')) : undefined),
    keepClock: (position) => writeFileSync(clock, JSON.stringify(position), { mode: 0o600 }),
  };
}

const positionShape = shape.object<ClockPosition>({
  offset: shape.number,
  frozen: shape.optional(shape.number),
});

/** A file that somebody broke counts as none. */
const readPosition = (text: string): ClockPosition | undefined => parseJson(positionShape, text);
