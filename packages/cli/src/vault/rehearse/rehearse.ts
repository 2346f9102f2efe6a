// Holds a rehearsal: a snapshot becomes a stage, the days pass on it, and what happened becomes the report.
import { DAY } from '@hallpass/protocol';
import { type MailLook, rehearseDays } from '@hallpass/vault';
import type { Snapshot, VaultClient } from '@hallpass/vault/client';
import type { BaseWorld } from '@hallpass/world';
import { openStage } from './open-stage.ts';
import { orderOn, readOrder } from './orders.ts';
import type { RehearsalReport } from './rehearsal-report.ts';

interface Rehearsing {
  world: Pick<BaseWorld, 'wall' | 'random' | 'parallelism'>;
  /** Whole days. */
  days: number;
  /** The words of what is made to happen. */
  events: readonly string[];
  look?: MailLook | undefined;
  progress?: ((done: number, total: number) => void) | undefined;
}

/** Reads the metadata of a vault, page by page. @throws VaultError */
export async function wholeSnapshot(client: Pick<VaultClient, 'snapshot'>): Promise<Snapshot> {
  const whole = await client.snapshot();
  for (let { next } = whole; next !== undefined; ) {
    const page = await client.snapshot({ after: next });
    whole.connections.push(...page.connections);
    next = page.next;
  }
  return whole;
}

/** @throws CommandError where an event can't be read, or names nobody */
export async function rehearse(
  snapshot: Snapshot,
  { world, days, events, look, progress }: Rehearsing,
): Promise<RehearsalReport> {
  const until = snapshot.at + days * DAY;
  const read = events.map((words) => readOrder(words, snapshot.at, until));
  const open = await openStage(snapshot, { world, look });
  try {
    const orders = read.map((order) => orderOn(open, snapshot.connections, order));
    const lived = await rehearseDays(open.stage, { days, orders, progress });
    const changes = lived.flatMap((day) => day.changes);
    const nameOf = new Map(snapshot.connections.map(({ id, name }) => [id, name]));
    return {
      name: snapshot.name,
      from: snapshot.at,
      until,
      timeZone: snapshot.mail.timeZone,
      connections: snapshot.connections.length - open.world.left.length,
      left: open.world.left,
      approximate: [...open.unlike].map((connectionId) => ({ connectionId, name: nameOf.get(connectionId) ?? '' })),
      days: lived,
      breaks: changes
        .filter(({ stoppedAt }) => stoppedAt !== undefined)
        .toSorted((a, b) => (a.stoppedAt ?? 0) - (b.stoppedAt ?? 0)),
    };
  } finally {
    await open.close();
  }
}
