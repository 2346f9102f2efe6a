// Hallpass as `hallpass serve` runs it: SQLite in a file with synced writes, authorisation, liveness, audit and log on.
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealer, openDatabase } from '@hallpass/db';
import { createServer, listen, plant, readSettings, type Schema, type World } from '@hallpass/server';
import { pino } from 'pino';
import { report } from './report.ts';
import { codes, crowd, seed, tokens } from './cast.ts';

const directory = mkdtempSync(join(tmpdir(), 'hallpass-bench-'));
process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
const log = pino({ level: 'info' }, createWriteStream('/dev/null'));
const wall: World['wall'] = {
  now: () => Math.floor(Date.now() / 1000),
  ms: () => performance.now(),
  every: (ms, task) => {
    const timer = setInterval(task, ms);
    timer.unref();
    return { cancel: () => clearInterval(timer) };
  },
};
const world: World = {
  clock: { now: wall.now, every: (seconds, task) => wall.every(seconds * 1000, () => void task()), at: () => ({ cancel: () => {} }) },
  wall,
  random: { bytes: (length) => new Uint8Array(randomBytes(length)) },
  parallelism: availableParallelism(),
  log: (level, message, facts) => log[level](facts ?? {}, message),
};
const rootKey = world.random.bytes(32);
const db = await openDatabase<Schema>({ kind: 'sqlite', file: join(directory, 'bench.db'), wall });
const server = await createServer({ world, settings: readSettings({}), db, sealer: createSealer({ keys: [{ id: 'bench', key: rootKey }], random: world.random }), rootKey });
await plant(server.installation, seed, async () => '');
const listening = await listen({ handle: server.handle, port: 0, host: '127.0.0.1', wall, traceId: () => 'bench', onBug: (error) => process.stderr.write(`${String(error)}\n`) });

report(async ({ ask, ...given }) => {
  if (ask === 'tokens') return { tokens: await tokens(server.installation) };
  if (ask === 'codes') return { codes: await codes(server.installation, given.count as number) };
  if (ask === 'crowd') return { tokens: await crowd(server.installation, given.count as number) };
  return {};
});
process.send?.({ ready: listening.port });
