// A world is opened from its storage: its database, the server on it, and the seed planted where there is nothing yet.
import { createHash } from 'node:crypto';
import { createSealer } from '@hallpass/db';
import { createServer, type Schema, type Server, type Settings, type World } from '@hallpass/server';
import { hashPassword, leastCost, seedWorld } from '@hallpass/server/testing';
import type { SqliteDatabase } from '@hallpass/db';
import { EmulatorRefused } from '../refused.ts';
import type { Seed } from '../seed/read.ts';
import { storageInMemory, type WorldImage, type WorldStorage } from './world-storage.ts';

export interface OpenedWorld {
  server: Server;
  db: SqliteDatabase<Schema>;
}

/** Hashing at full cost would take most of the start; these passwords are written in the seed file. */
const quickHash = (password: string): Promise<string> => hashPassword(password, leastCost);

/** Tells whether there is anything already: a world may have apps and nobody in it. */
async function isPlanted({ installation }: Server): Promise<boolean> {
  const { read } = installation.db;
  const [person, app] = await Promise.all([
    read.selectFrom('people').select('id').limit(1).executeTakeFirst(),
    read.selectFrom('apps').select('id').limit(1).executeTakeFirst(),
  ]);
  return person !== undefined || app !== undefined;
}

const digestOf = (label: string): Buffer => createHash('sha256').update(`hallpass emulator/${label}`).digest();

/** @throws EmulatorRefused where the storage holds another world */
export async function openWorld(
  storage: WorldStorage,
  seed: Seed,
  world: World,
  settings: Settings,
): Promise<OpenedWorld> {
  const installationId = digestOf(`world/${seed.name}`).subarray(0, 16).toString('hex');
  const db = await storage.open();
  let server: Server;
  try {
    server = await createServer({
      world,
      settings,
      db,
      sealer: createSealer({ keys: storage.keys(), random: world.random }),
      rootKey: storage.rootKey(),
      installationId,
      scopedIdKey: digestOf(`scoped ids/${seed.name}`),
    });
  } catch (error) {
    await db.close();
    throw error;
  }
  if (server.installation.id !== installationId) {
    await server.close();
    throw new EmulatorRefused(
      `The state directory holds another world than ${seed.name}: name another directory, or delete that one.`,
    );
  }
  if (!(await isPlanted(server))) await seedWorld(server.installation, seed.world, quickHash);
  return { server, db };
}

/**
 * Plants a seed once, as an image that worlds begin from: opening a copy takes no migrations and no planting. No key of
 * a token is in it, so that each world makes its own.
 */
export async function plantImage(seed: Seed, world: World, settings: Settings): Promise<WorldImage> {
  const storage = storageInMemory(world.random, world.wall);
  const { server, db } = await openWorld(storage, seed, world, settings);
  try {
    await db.act(async ({ tx }) => {
      await tx.deleteFrom('signing_keys').execute();
    });
    return { bytes: await db.image(), keys: storage.keys() };
  } finally {
    await server.close();
  }
}
