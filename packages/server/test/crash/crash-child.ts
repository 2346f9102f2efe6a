// This server process is killed in tests: lives one life after another, tells each act that was answered, and ends
// itself with SIGKILL the given time it comes by a point of the storage.
import { writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import type { DatabaseOptions } from '@hallpass/db';
import { live } from './crash-acts.ts';
import { wall } from '../databases.ts';
import { testWorld } from '../world.ts';

const { options, times, life } = JSON.parse(process.argv[2] ?? '') as {
  options: DatabaseOptions;
  times: number;
  life: string;
};
flushCompileCache();
let left = Infinity;
const crashPoint = (): void => {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
};
const world = await testWorld({ database: { ...options, wall, crashPoint }, rootKey: new Uint8Array(32).fill(9) });
writeSync(1, `${JSON.stringify({ act: 'ready' })}\n`);
left = times;
for (let turn = 0; ; turn++) await live(world, `${life}-${turn}`, (told) => writeSync(1, `${JSON.stringify(told)}\n`));
