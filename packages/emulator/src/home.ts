// A world lives in one of two homes: in memory, or in a directory of its own with its database, its key and where its
// clock stood.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createKeyFile,
  type Database,
  type MasterKey,
  openDatabase,
  openDataDirectory,
  readKeyFile,
} from '@hallpass/db';
import { parseJson, type Random, shape } from '@hallpass/protocol';
import type { Schema, World } from '@hallpass/server';
import type { ClockPosition } from './clock.ts';
import { refusePlatformData } from './refused.ts';

export interface WorldStorage {
  /** The key that everything of this world is sealed with: in memory another one at each start and reset. */
  keys(): readonly MasterKey[];
  open(): Promise<Database<Schema>>;
  /** Forgets the world; the database must be closed. */
  empty(): void;
  /** Returns the position of the clock when the world was last open. */
  clock(): ClockPosition | undefined;
  keepClock(position: ClockPosition): void;
}

export function homeInMemory(random: Random, wall: World['wall']): WorldStorage {
  return {
    keys: () => [{ id: 'memory', key: random.bytes(32) }],
    open: () => openDatabase<Schema>({ kind: 'sqlite', file: ':memory:', wall }),
    empty: () => undefined,
    clock: () => undefined,
    keepClock: () => undefined,
  };
}

/** @throws EmulatorRefused, StorageRefused */
export function homeInDirectory(directory: string, random: Random, wall: World['wall']): WorldStorage {
  refusePlatformData(directory);
  openDataDirectory(directory);
  const database = join(directory, 'world.db');
  const key = join(directory, 'world.key');
  const clock = join(directory, 'clock.json');
  return {
    keys: () => (existsSync(key) ? readKeyFile(key) : createKeyFile(key, random)),
    open: () => openDatabase<Schema>({ kind: 'sqlite', file: database, wall }),
    empty() {
      for (const file of [database, `${database}-wal`, `${database}-shm`, key, clock]) rmSync(file, { force: true });
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
