// The proof that this node has heard of every change. On SQLite the only process owns the facts and always knows.
// On PostgreSQL each node follows the feed in commit order; one that has not caught up within the last two seconds
// must ask the database for each call (promise P-1), and where it cannot, the call is answered with code 2.
import type { Database } from '@hallpass/db';
import * as feed from '../store/feed.ts';
import type { Schema } from '../store/schema.ts';
import type { World } from '../world.ts';

export interface Freshness {
  proven(): boolean;
  /** Catches up with the feed now. */
  catchUp(): Promise<void>;
  close(): void;
}

/** For the process that owns its database. */
export const alwaysFresh: Freshness = { proven: () => true, catchUp: async () => {}, close: () => {} };

/** How long a proof holds, and how often it is renewed, in milliseconds. */
const PROOF = 2000;
const EVERY = 250;

/**
 * Follows the feed of a shared database.
 * @param forget called for each key another node changed
 * @param forgetAll called when the feed cannot be followed without a gap
 */
export async function followFeed(
  db: Database<Schema>,
  world: World,
  forget: (key: string) => Promise<void>,
  forgetAll: () => void,
): Promise<Freshness> {
  let provenAt = world.wall.ms();
  let seen = await feed.newest(db.read);
  let running: Promise<void> | undefined;
  let again = false;
  let stale = false;

  const pull = async (): Promise<void> => {
    const askedAt = world.wall.ms();
    // A gap (rows purged before we read them) means that we cannot know what we missed.
    const rows = await feed.after(db.read, seen, 10_000);
    for (const row of rows) {
      await forget(row.key);
      seen = row.seq;
    }
    if (rows.length === 10_000) return pull();
    if (askedAt - provenAt > 1_800_000) forgetAll();
    if (stale) world.log('info', 'feed.recovered');
    stale = false;
    provenAt = askedAt;
  };

  const catchUp = (): Promise<void> => {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      try {
        do {
          again = false;
          await pull();
        } while (again);
      } catch {
        if (!stale && world.wall.ms() - provenAt > PROOF) {
          stale = true;
          world.log('warn', 'feed.stale');
        }
      } finally {
        running = undefined;
      }
    })();
    return running;
  };

  const timer = world.wall.every(EVERY, () => void catchUp());
  await db.listen('hallpass_feed', () => void catchUp());
  return { proven: () => world.wall.ms() - provenAt <= PROOF, catchUp, close: () => timer.cancel() };
}
