// Deletes rows that nothing can need any more, a thousand at a time, so that no statement is long (threats ST-07).
import { change } from '../liveness/change.ts';
import type { Installation } from '../liveness/installation.ts';
import * as attempts from '../store/attempts.ts';
import * as feed from '../store/feed.ts';
import * as interactions from '../store/interactions.ts';
import * as singleUse from '../store/single-use.ts';
import * as webSessions from '../store/web-sessions.ts';

const BATCH = 1000;

/** Seconds that rows are kept after they have served. */
export interface Retention {
  singleUse: number;
  interactions: number;
  sessions: number;
  attempts: number;
  feed: number;
}

/** @returns how many rows went */
export async function purge(installation: Installation, keep: Retention): Promise<number> {
  const now = installation.world.clock.now();
  const wall = installation.world.wall.now();
  let gone = 0;
  const tables = [
    (tx: Parameters<typeof singleUse.purge>[0]) => singleUse.purge(tx, now - keep.singleUse, BATCH),
    (tx: Parameters<typeof singleUse.purge>[0]) => interactions.purge(tx, now - keep.interactions, BATCH),
    (tx: Parameters<typeof singleUse.purge>[0]) => webSessions.purge(tx, now - keep.sessions, BATCH),
    (tx: Parameters<typeof singleUse.purge>[0]) => attempts.purge(tx, now - keep.attempts, BATCH),
    (tx: Parameters<typeof singleUse.purge>[0]) => feed.purge(tx, wall - keep.feed, BATCH),
  ];
  for (const table of tables) {
    let rows: number;
    do {
      rows = await change(installation, ({ tx }) => table(tx));
      gone += rows;
    } while (rows === BATCH);
  }
  return gone;
}
