// This module keeps the proof that this node has heard of every change. On SQLite the only process owns the facts and
// always knows. On PostgreSQL each node follows the feed; one that has not caught up within the last two seconds must ask
// the database for each call (promise P-1), and where it cannot, the call is answered with code 2. A database that no
// longer holds what this node has read from it is believed in nothing (threats RL-07, RL-08).
import type { Database } from '@hallpass/db';
import { HOUR } from '@hallpass/protocol';
import * as feed from '../store/installation/feed.ts';
import type { Schema } from '../store/schema.ts';
import type { World } from '../world.ts';

export interface Freshness {
  proven(): boolean;
  /** The database has lost what this node had seen of it: nothing may be accepted or changed. */
  lost(): boolean;
  /** Catches up with the feed now. */
  catchUp(): Promise<void>;
  close(): void;
}

/** A process that owns its database is always fresh. */
export const alwaysFresh: Freshness = {
  proven: () => true,
  lost: () => false,
  catchUp: async () => {},
  close: () => {},
};

/** The milliseconds for which a proof holds. */
const PROOF = 2000;
/** The milliseconds after which a node looks for news though nothing has woken it. */
export const LOOK_EVERY = 250;
/** The bound in wall time, which goes on while a machine is suspended. It has whole seconds, so one more. */
const PROOF_SECONDS = PROOF / 1000 + 1;
/** After so many milliseconds every node has heard of a change, or cannot prove that it has and asks for each call. */
export const HEARD_EVERYWHERE = PROOF + 500;
/** A node that has missed more changes than this forgets everything: that is quicker. */
const MOST = 10_000;
/** Rows of the feed are kept for so many seconds; one that is missing though it is an hour younger was lost. */
export const FEED_KEPT = 3 * HOUR;

interface FeedFollower {
  /** Is called for each key that another node changed. */
  forget(key: string): Promise<void>;
  /**
   * When rows of the feed were cleared away before they were read, or the operator has confirmed a restored database.
   */
  forgetAll(): Promise<void>;
  /** Changes when the operator confirms that the database is to be used as it is now. */
  confirmation(): Promise<string>;
}

/** Follows the feed of a shared database. */
export async function followFeed(db: Database<Schema>, world: World, followed: FeedFollower): Promise<Freshness> {
  const { wall, log } = world;
  let provenAt = wall.ms();
  let provenNow = wall.now();
  let position = await feed.present(db.read);
  let confirmed = await followed.confirmation();
  let lost = false;
  let stale = false;
  let running: Promise<void> | undefined;
  let again = false;

  const pull = async (): Promise<void> => {
    const [askedAt, askedNow] = [wall.ms(), wall.now()];
    const look = await feed.look(db.read, position, MOST);
    const verdict = judge(position, look, askedNow);
    if (verdict === 'lost' && !(await confirmedAnew())) return tellLost();
    if (verdict === 'whole') {
      for (const row of look.rows) for (const key of row.keys) await followed.forget(key);
      position = feed.after(position, look);
    } else if (verdict === 'missed') {
      await beginAnew();
    }
    if (lost) log('warn', 'store.recovered');
    if (stale) log('info', 'feed.recovered');
    lost = false;
    stale = false;
    provenAt = askedAt;
    provenNow = askedNow;
  };

  const confirmedAnew = async (): Promise<boolean> => {
    const present = await followed.confirmation();
    if (present === confirmed) return false;
    await beginAnew();
    confirmed = present;
    return true;
  };

  const beginAnew = async (): Promise<void> => {
    const present = await feed.present(db.read);
    await followed.forgetAll();
    position = present;
  };

  const tellLost = (): void => {
    if (!lost) log('error', 'store.regressed', { reason: 'feed', seq: position.witnesses[0]?.seq });
    lost = true;
  };

  const tellStale = (error: unknown): void => {
    if (stale || wall.ms() - provenAt <= PROOF) return;
    stale = true;
    log('warn', 'feed.stale', { reason: error instanceof Error ? error.message : String(error) });
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
      } catch (error) {
        tellStale(error);
      } finally {
        running = undefined;
      }
    })();
    return running;
  };

  const timer = wall.every(LOOK_EVERY, () => void catchUp());
  await db.listen('hallpass_feed', () => void catchUp());
  return {
    proven: () => !lost && wall.ms() - provenAt <= PROOF && wall.now() - provenNow <= PROOF_SECONDS,
    lost: () => lost,
    catchUp,
    close: () => timer.cancel(),
  };
}

/** Decides what a look says of what this node knows: all of it, that it missed something, or that it was lost. */
function judge(
  { witnesses }: feed.FeedPosition,
  { rows, standing, newest, movedAway }: feed.FeedLook,
  now: number,
): 'whole' | 'missed' | 'lost' {
  const gone = witnesses.filter(({ seq }) => !standing.has(seq));
  // The newest row is never cleared away, so after what was seen there must be one.
  const cleared = newest !== undefined && gone.every(({ at }) => at < now - FEED_KEPT + HOUR);
  if (gone.length > 0) return cleared ? 'missed' : 'lost';
  return movedAway || rows.length >= MOST ? 'missed' : 'whole';
}
