// This process is killed in tests: makes changes, three at a time, and prints the id of each one that was answered.
// Ends itself with SIGKILL the given time it comes by the given crash point.
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { openDatabase } from '@hallpass/db';
import type { DatabaseOptions } from '@hallpass/db';
import { both, wall } from './tables.ts';
import type { Tables } from './tables.ts';

const { options, point, time, prefix } = JSON.parse(process.argv[2] ?? '') as {
  options: DatabaseOptions;
  point: string;
  time: number;
  prefix: string;
};
// A killed process keeps nothing, so what it has compiled is kept for the next one now.
flushCompileCache();
let left = time;
const crashPoint = (name: string): void => {
  if (name !== point) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
};
const database = await openDatabase<Tables>({ ...options, wall, crashPoint });
for (let turn = 0; ; turn++) {
  await Promise.all(
    ['a', 'b', 'c'].map(async (which) => {
      const id = await both(database, `${prefix}-${turn}-${which}`);
      writeSync(1, `${id}\n`);
    }),
  );
}
