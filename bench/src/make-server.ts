// This module starts Hallpass as `hallpass serve` runs it: SQLite in a file with synced writes, authorisation,
// liveness, audit and log on.
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealer, openDatabase } from '@hallpass/db';
import { createServer, readSettings, type Schema, type Server, type World } from '@hallpass/server';
import { seedWorld } from '@hallpass/server/testing';
import { seed } from './cast.ts';

export const wall: World['wall'] = {
  now: () => Math.floor(Date.now() / 1000),
  ms: () => performance.now(),
  every: (ms, task) => {
    const timer = setInterval(task, ms);
    timer.unref();
    return { cancel: () => clearInterval(timer) };
  },
};

/** A database of several nodes, and the key that they share. */
interface SharedDatabase {
  url: string;
  schema: string;
  rootKey: Uint8Array;
}

/** Makes the server with its cast, in a directory that goes with the process; or a node of a shared database, bare. */
export async function makeServer(shared?: SharedDatabase): Promise<Server> {
  const directory = mkdtempSync(join(tmpdir(), 'hallpass-bench-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  const lines = createWriteStream('/dev/null');
  const world: World = {
    clock: {
      now: wall.now,
      every: (seconds, task) => wall.every(seconds * 1000, () => void task()),
      at: () => ({ cancel: () => {} }),
    },
    wall,
    random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
    parallelism: availableParallelism(),
    log: (level, message, facts) =>
      void lines.write(`${JSON.stringify({ level, time: wall.now(), message, ...facts })}\n`),
  };
  const rootKey = shared?.rootKey ?? world.random.bytes(32);
  const db = await openDatabase<Schema>(
    shared
      ? { kind: 'postgres', url: shared.url, schema: shared.schema, wall }
      : { kind: 'sqlite', file: join(directory, 'bench.db'), wall },
  );
  const sealer = createSealer({ keys: [{ id: 'bench', key: rootKey }], random: world.random });
  // Limits are checked, and high enough for one person to be a load.
  const settings = readSettings({
    callsPerUser: 1e9,
    callsPerPerson: 1e9,
    pageCallsByPeople: 1e9,
    pageCallsPerEngagedUser: 1e9,
  });
  const server = await createServer({ world, settings, db, sealer, rootKey });
  if (!shared) await seedWorld(server.installation, seed, async () => '');
  return server;
}
