// Processes that a command left running in the background: found by the mark in their environment, and ended. Only
// Linux tells the environment of a process in a file.
import { readdirSync, readFileSync } from 'node:fs';
import { pause } from '@hallpass/protocol/clock';
import type { Outside } from '../surroundings/outside.ts';

/** Carried by everything below one `hallpass exec`. */
export const MARK = 'HALLPASS_EXEC';

/** Ids of other processes of this user that carry the mark. */
function marked(mark: string, own: number): number[] {
  const sign = `${MARK}=${mark}\0`;
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && Number(name) !== own)
      .filter((name) => `${environmentOf(name)}\0`.includes(sign))
      .map(Number);
  } catch {
    return [];
  }
}

/** Processes end while they are looked at, and those of others may not be. */
function environmentOf(id: string): string {
  try {
    return readFileSync(`/proc/${id}/environ`, 'latin1');
  } catch {
    return '';
  }
}

/** Processes that are asked to end may take so many milliseconds. */
const GRACE = 2000;
const STEP = 50;

/** Ends what carries the mark; @returns how many there were */
export async function endLeftovers(mark: string, outside: Outside): Promise<number> {
  const found = marked(mark, outside.pid);
  if (found.length === 0) return 0;
  for (const id of found) outside.signal(id, 'SIGTERM');
  for (let waited = 0; waited < GRACE && marked(mark, outside.pid).length > 0; waited += STEP)
    await pause(outside.wall, STEP);
  for (const id of marked(mark, outside.pid)) outside.signal(id, 'SIGKILL');
  return found.length;
}
