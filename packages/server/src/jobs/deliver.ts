// Sends what is queued for the servers of apps and for the people who run them, line by line (one app, one kind).
import { Dispatcher } from '@hallpass/db';
import type { Installation } from '../installation/installation.ts';
import { type DeliveryQueue, dueLines, nextDue } from '../store/outbox/outbox.ts';
import { sendLine } from './send-line.ts';

/** Lines that one node sends from at a time. */
const MOST_LINES = 64;
/** Milliseconds of real time between looks for what others left behind. */
const ROUND = 5000;

interface Delivering {
  /** Resolves when everything that is due has been tried. */
  idle(): Promise<void>;
  /** Begins nothing new and waits for what is under way. */
  stop(): Promise<void>;
}

/** Begins to deliver, and goes on until it is stopped. */
export function startDelivering(installation: Installation): Delivering {
  const { db, queued, world } = installation;
  const dispatcher = new Dispatcher<DeliveryQueue>({
    clock: world.clock,
    wall: world.wall,
    mostLines: MOST_LINES,
    round: ROUND,
    dueLines: (time, limit) => dueLines(db.read, time, limit),
    nextDue: (wall) => nextDue(db.read, wall),
    keyOf: ({ appId, kind }) => `${appId} ${kind}`,
    work: (line, stopped) => sendLine(installation, line, stopped),
    failed: (error) =>
      world.log('warn', 'job.deliver.failed', { error: error instanceof Error ? error.message : String(error) }),
  });
  const end = queued.listen(() => void dispatcher.look());
  return {
    async idle() {
      await dispatcher.look();
      await dispatcher.idle();
    },
    async stop() {
      end();
      await dispatcher.stop();
    },
  };
}
