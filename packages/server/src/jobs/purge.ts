// Deletes rows that nothing can need any more, a thousand at a time, so that no statement is long (threats ST-07).
import { DAY } from '@hallpass/protocol';
import { change } from '../liveness/change.ts';
import type { Installation } from '../liveness/installation.ts';
import * as attempts from '../store/attempts.ts';
import * as deviceCodes from '../store/device-codes.ts';
import * as feed from '../store/feed.ts';
import * as interactions from '../store/interactions.ts';
import * as singleUse from '../store/single-use.ts';
import * as usage from '../store/usage.ts';
import * as webSessions from '../store/web-sessions.ts';

const BATCH = 1000;

/** Seconds that rows are kept after they have served. */
export interface Retention {
  singleUse: number;
  interactions: number;
  deviceCodes: number;
  sessions: number;
  attempts: number;
  feed: number;
  /** Days for which it is kept how apps were used. */
  days: number;
}

/** @returns how many rows went */
export async function purge(installation: Installation, keep: Retention): Promise<number> {
  const now = installation.world.clock.now();
  const wall = installation.world.wall.now();
  let gone = 0;
  for (;;) {
    // One change for all tables: mostly there is nothing to delete, and a clock that is moved by months runs this every hour of them.
    const rows = await change(installation, async ({ tx }) => [
      await singleUse.purge(tx, now - keep.singleUse, BATCH),
      await interactions.purge(tx, now - keep.interactions, BATCH),
      await deviceCodes.purge(tx, now - keep.deviceCodes, BATCH),
      await webSessions.purge(tx, now - keep.sessions, BATCH),
      await attempts.purge(tx, now - keep.attempts, BATCH),
      await feed.purge(tx, wall - keep.feed, BATCH),
      await usage.purgeCounts(tx, now, BATCH),
      await usage.purgeDays(tx, Math.floor(now / DAY) - keep.days, BATCH),
    ]);
    gone += rows.reduce((sum, count) => sum + count, 0);
    if (!rows.includes(BATCH)) return gone;
  }
}
