// Writes what was learnt of connections, with the events that tell of it, in one change. A lease that was lost, or a token
// that was replaced meanwhile, makes a write nothing: what was learnt of an older token says nothing of a newer one.
import { recordEvent } from '../events/record-event.ts';
import { kindOf } from '../kinds.ts';
import type { VaultParts } from '../parts.ts';
import { isWorking } from '../states.ts';
import { replaceToken } from '../store/connections.ts';
import { settleConnection, settleMany, type SweptRow, wakeChildren } from '../store/due-connections.ts';
import { tokenPlace } from '../store/keys/places.ts';
import { type Decision, isUnchanged } from '../events/decide.ts';
import { toldOnce } from '../events/told-before.ts';
import type { Renewal } from './renew.ts';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world' | 'forget'>;

export interface SettledRow {
  row: SweptRow;
  decision: Decision;
}

/** Writes a group of one tenant; those of which nothing new was learnt in one statement. */
export async function settleGroup(
  { db, world, forget }: Parts,
  owner: string,
  group: readonly SettledRow[],
): Promise<number> {
  const now = world.clock.now();
  const [first] = group;
  if (first === undefined) return 0;
  const changed: SettledRow[] = [];
  /** Ids of those of which nothing new was learnt, by their next moment: a batch has the same one. */
  const same = new Map<number | null, string[]>();
  for (const settled of group) {
    const { row, decision } = settled;
    const due = decision.facts.due_at ?? null;
    if (!isUnchanged(row, decision)) changed.push(settled);
    else if (!same.get(due)?.push(row.id)) same.set(due, [row.id]);
  }
  await db.act(async ({ tx, after }) => {
    const { tenant } = first.row;
    for (const [due_at, ids] of same) await settleMany(tx, db.kind, { tenant, owner, due_at, checked_at: now, ids });
    for (const { row, decision } of changed) {
      if (!(await settleConnection(tx, db.kind, row, owner, decision.facts))) continue;
      after(() => forget(row));
      for (const event of decision.events)
        await recordEvent(
          { tx },
          { tenant: row.tenant, connectionId: row.id, at: now, ...(await toldOnce(tx, row, event)) },
        );
      const { state } = decision.facts;
      if (state !== undefined && isWorking(state) && !isWorking(row.state)) await wakeChildren(tx, row, now);
    }
  });
  return changed.length;
}

/** Saves a new token in place of the one with the version that was read. Answers false where another came first. */
export async function settleRenewal(
  { db, keys, world, forget }: Parts,
  row: SweptRow,
  renewal: Extract<Renewal, { as: 'renewed' }>,
  { facts, events }: Decision,
): Promise<boolean> {
  const now = world.clock.now();
  const text = renewal.token.open();
  const token = await keys.seal(text, tokenPlace({ ...row, token_version: row.token_version + 1 }));
  // A short-lived token that was extended is a long one from now on.
  const kind = renewal.event === 'extended' && row.kind !== null ? (kindOf(row.kind).becomes ?? row.kind) : facts.kind;
  const next = { token, fingerprint: keys.hash('token', text), ...facts, kind, extended_at: now };
  return db.act(async ({ tx, after }) => {
    if (!(await replaceToken(tx, row, row.token_version, next))) return false;
    after(() => forget(row));
    const until = facts.expires_at ?? null;
    const told = { kind: renewal.event, facts: { until } };
    for (const event of [told, ...events])
      await recordEvent({ tx }, { tenant: row.tenant, connectionId: row.id, at: now, ...event });
    return true;
  });
}
