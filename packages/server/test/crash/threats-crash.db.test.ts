// RL-01, promise P-3: a process that dies at any point of any act leaves every answered act and no half one. Once at
// every statement there is, by the files as they stand at that moment (which is what a killed process leaves); and with
// real processes that are really killed, on both databases.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { createSealer, type DatabaseOptions, openDatabase } from '@hallpass/db';
import type { Schema } from '../../src/index.ts';
import { live, type Told } from './crash-acts.ts';
import { mustBeWhole } from './crash-checks.ts';
import { databases, wall } from '../databases.ts';
import { testWorld } from '../world.ts';

const rootKey = new Uint8Array(32).fill(9);
const sealer = createSealer({
  keys: [{ id: 'test', key: rootKey }],
  random: { bytes: (length) => new Uint8Array(length) },
});
const CHILD = join(import.meta.dirname, 'crash-child.ts');
const ROUNDS = 12;

const directory = mkdtempSync(join(tmpdir(), 'hallpass-crash-'));
after(() => rmSync(directory, { recursive: true, force: true }));

async function check(options: DatabaseOptions, told: readonly Told[]): Promise<void> {
  const db = await openDatabase<Schema>(options);
  try {
    await mustBeWhole(db, rootKey, sealer, told);
  } finally {
    await db.close();
  }
}

test('RL-01, P-3: at every statement of every act the files hold every answered act and no half one', async (t) => {
  const file = join(directory, 'live.db');
  const copies: { copy: string; at: string; told: number }[] = [];
  const told: Told[] = [];
  let armed = false;
  const crashPoint = (name: string): void => {
    if (!armed) return;
    const copy = join(directory, `at-${copies.length}.db`);
    copyFileSync(file, copy);
    // The log first would be a state that never was: it only grows, and the file changes when it is folded in.
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    copies.push({ copy, at: name, told: told.length });
  };
  const world = await testWorld({ database: { kind: 'sqlite', file, wall, crashPoint }, rootKey });
  t.after(() => world.close());
  armed = true;
  await live(world, 'a', (one) => told.push(one));
  armed = false;
  assert.ok(copies.length > 100, `only ${copies.length} points`);
  assert.deepEqual([...new Set(copies.map(({ at }) => at))].sort(), [
    'db.after-commit',
    'db.before-commit',
    'db.in-change',
  ]);
  for (const [i, { copy, at, told: heard }] of copies.entries()) {
    await check({ kind: 'sqlite', file: copy, wall }, told.slice(0, heard)).catch((error: unknown) => {
      throw new Error(`point ${i}, ${at}, after ${told[heard - 1]?.act}`, { cause: error });
    });
    for (const end of ['', '-wal', '-shm', '.lock']) rmSync(`${copy}${end}`, { force: true });
  }
});

/** Runs a server until it kills itself; answers what it was heard to say. */
async function killed(options: DatabaseOptions, times: number, life: string): Promise<Told[]> {
  const { wall: _, ...plain } = options;
  const child = spawn(
    process.execPath,
    ['--conditions=source', CHILD, JSON.stringify({ options: plain, times, life })],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(directory, 'compiled') },
    },
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  assert.equal(signal, 'SIGKILL');
  const [ready, ...told] = said
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Told | { act: 'ready' });
  assert.equal(ready?.act, 'ready');
  return told as Told[];
}

describe('RL-01: a server that is killed', { concurrency: true }, () => {
  for (const [name, open] of databases())
    test(`${ROUNDS} times somewhere in ${name} has every answered act and no half one when it starts again`, async () => {
      const opened = await open();
      const options = opened.kind === 'sqlite' ? { ...opened, file: join(directory, 'killed.db') } : opened;
      const told: Told[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        // Spread over a life and a half.
        const heard = await killed(options, 5 + Math.floor((round * 197) / ROUNDS), String(round));
        told.push(...heard);
        await check(options, told);
      }
      assert.ok(told.length > ROUNDS, 'acts were answered between the crashes');
    });
});
