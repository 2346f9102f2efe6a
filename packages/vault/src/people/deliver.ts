// Tells people and programs what happened to connections: makes deliveries of events, and sends them when they are due.
import { Dispatcher } from '@hallpass/db';
import { DAY } from '@hallpass/protocol';
import type { VaultParts } from '../parts.ts';
import { deleteOldConsoleSessions } from '../store/access/console-sessions.ts';
import { deleteOldDeliveries, type DeliveryLine, deliveryQueue } from '../store/people/deliveries.ts';
import { deleteOldEvents } from '../store/events.ts';
import { deleteOldHandleCalls } from '../store/access/handle-calls.ts';
import { deleteOldLogins } from '../store/logins.ts';
import type { MailLook } from './compose-mail.ts';
import { MailGate } from './mail-gate.ts';
import { queueEvents } from './queue-events.ts';
import { sendCalls } from './send-calls.ts';
import { sendMails, type SendParts } from './send-mails.ts';

/** Receivers that are told side by side: no more than a mail server may be asked at a time. */
const MOST_LINES = 24;
/** Milliseconds of real time between looks for new events. */
const ROUND = 2000;
/** Rows are kept for so many seconds after their end. */
const oldRows = [
  { kept: 90 * DAY, deleteOld: deleteOldDeliveries },
  { kept: DAY, deleteOld: deleteOldLogins },
  { kept: 0, deleteOld: deleteOldConsoleSessions },
  { kept: 730 * DAY, deleteOld: deleteOldEvents },
  { kept: 90 * DAY, deleteOld: deleteOldHandleCalls },
];
/** Rows that are deleted at a time. */
const PURGED = 1000;

export interface Delivering {
  /** Looks for new events now, and resolves when nothing is being sent. */
  idle(): Promise<void>;
  /** Begins nothing new and waits for what is under way. */
  stop(): Promise<void>;
}

type Parts = Pick<VaultParts, 'db' | 'keys' | 'settings' | 'world' | 'tally'>;

const sendPartsOf = (parts: Parts, look: MailLook | undefined): SendParts => ({
  ...parts,
  look,
  gate: new MailGate(),
  worker: Buffer.from(parts.world.random.bytes(9)).toString('base64url'),
});

/** Seconds after which it is looked again whether a sealed tenant is open. */
const SEALED_PAUSE = 60;

async function work(parts: SendParts, line: DeliveryLine, stopped: () => boolean): Promise<void> {
  const { db, keys, world } = parts;
  const { tenant } = line;
  if (keys.tenantSealedBecause(tenant) !== undefined) {
    // All lines of the tenant wait together, so that they are in nobody's way.
    const until = { due: world.clock.now() + SEALED_PAUSE, wall: world.wall.now() };
    return db.act(({ tx }) => deliveryQueue.postpone(tx, { tenant }, until));
  }
  return line.channel === 'mail' ? sendMails(parts, line, stopped) : sendCalls(parts, line, stopped);
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Goes on until it is stopped. While the vault is sealed nothing is made or sent, and nothing is lost. */
export function startDelivering(parts: Parts, look?: MailLook): Delivering {
  const { db, world, keys } = parts;
  const sending = sendPartsOf(parts, look);
  const dispatcher = new Dispatcher<DeliveryLine>({
    clock: world.clock,
    wall: world.wall,
    mostLines: MOST_LINES,
    round: ROUND,
    async dueLines(time, limit) {
      if (keys.sealedBecause !== undefined) return [];
      await queueEvents(parts);
      return deliveryQueue.dueLines(db.read, time, limit);
    },
    nextDue: (wall) => deliveryQueue.nextDue(db.read, wall),
    keyOf: ({ tenant, channel, receiver }) => `${tenant} ${channel} ${receiver}`,
    work: (line, stopped) => work(sending, line, stopped),
    failed: (error) => world.log('warn', 'vault.deliver.failed', { error: wordsOf(error) }),
  });
  const purging = world.clock.every(DAY, async () => {
    try {
      await purge(parts);
    } catch (error) {
      world.log('warn', 'vault.purge.failed', { error: wordsOf(error) });
    }
  });
  return {
    async idle() {
      await dispatcher.look();
      await dispatcher.idle();
    },
    async stop() {
      purging.cancel();
      await dispatcher.stop();
    },
  };
}

/** Deletes old rows, a thousand at a time, so that no statement is long. */
async function purge({ db, world }: Pick<Parts, 'db' | 'world'>): Promise<void> {
  for (const { kept, deleteOld } of oldRows) {
    const moment = world.clock.now() - kept;
    while ((await db.act(({ tx }) => deleteOld(tx, moment, PURGED))) === PURGED);
  }
}

/**
 * Tells once what is due, for a vault without a service: mails that wait for others to go with them go now.
 *
 * @param grouped they go on waiting
 * @returns how many receivers there were. @throws VaultSealed, StorageUnavailable
 */
export async function deliverOnce(parts: Parts, look?: MailLook, { grouped = false } = {}): Promise<number> {
  const { db, world } = parts;
  const sending = sendPartsOf(parts, look);
  await queueEvents(parts, { grouped });
  const lines = await deliveryQueue.dueLines(db.read, { now: world.clock.now(), wall: world.wall.now() }, 10_000);
  const next = lines.values();
  await Promise.all(
    Array.from({ length: MOST_LINES }, async () => {
      for (const line of next) await work(sending, line, () => false);
    }),
  );
  return lines.length;
}
