// A change is durable, with all that belongs to it in the same transaction: the epochs it moves on, their history, the
// audit line, and the keys that every node must forget. After the commit this node forgets at once.
import { type WriteTransaction, StorageUnavailable } from '@hallpass/db';
import { invalidations, type InvalidationName, scopeKey } from '@hallpass/protocol';
import * as epochs from '../store/installation/epochs.ts';
import * as audit from '../store/audit/lanes.ts';
import * as feed from '../store/installation/feed.ts';
import * as outbox from '../store/outbox/outbox.ts';
import type { Schema } from '../store/schema.ts';
import type { AuditEvent } from '../installation/events.ts';
import type { Installation } from '../installation/installation.ts';
import { newId } from '../installation/mint.ts';
import type { TokenIds } from '../tokens/record.ts';
import { observe, Rehearsed, type TokenEnd } from './rehearsal.ts';
import { withdrawWaiting } from './waiting/waiting-kinds.ts';
import type { AppId, PersonId } from '../store/ids.ts';
import { changedFacts, type ChangeTransaction, collectFacts } from '../store/query.ts';
import type { FactKey } from '../store/facts/fact-key.ts';

export interface Change {
  /** Asks and writes in the transaction. The facts that it changes are forgotten by all nodes. */
  readonly tx: ChangeTransaction;
  /** Records an event that kills tokens: the epoch of what it hits moves on. */
  record(name: InvalidationName, ids: TokenIds, by: Actor): Promise<void>;
  /** Adds a line to the audit trail, committed with the change or not at all. */
  event(event: AuditEvent): void;
  /** A call to an app's server, committed with the change and sent after it (jobs/deliver.ts). */
  queue(delivery: outbox.NewDelivery): void;
  /** Runs after the commit, before the caller is answered. Never awaits the network. */
  after(task: () => void): void;
}

/** The parts of a node that a change is made with, for functions that make one. */
export type ChangeContext = Pick<
  Installation,
  'auditLanes' | 'db' | 'facts' | 'keys' | 'nodeId' | 'queued' | 'rehearsal' | 'sealer' | 'world'
>;

/** An actor stands behind each change: a person, an app, the operator, or the platform by itself. */
export type Actor =
  | { kind: 'person'; id?: PersonId | undefined }
  | { kind: 'app'; id?: AppId | undefined }
  | Operator
  | { kind: 'system'; id?: undefined };

/** The operator acts on the machine of the platform; `id` is the name of the user there, where it's known. */
export interface Operator {
  kind: 'operator';
  id?: string | undefined;
}

/** The person who makes a change; null where nobody is named. */
export const personOf = (by: Actor): PersonId | null => (by.kind === 'person' ? (by.id ?? null) : null);

/** @throws Rehearsed in a rehearsal, in which nothing is ever kept */
export function change<T>(installation: ChangeContext, make: (change: Change) => Promise<T>): Promise<T> {
  return installation.db.act(async (act) => {
    const tx = collectFacts(act.tx);
    const events: AuditEvent[] = [];
    const queued: outbox.NewDelivery[] = [];
    const ends: TokenEnd[] = [];
    const result = await make({
      tx,
      record: async (name, ids, by) => {
        const scope = scopeKey(invalidations[name].hits, ids);
        if (scope === undefined) return;
        ends.push({ hits: invalidations[name].hits, ids });
        const epoch = await epochs.advance(tx, scope);
        await epochs.addHistory(tx, {
          scope,
          epoch,
          name,
          at: installation.world.clock.now(),
          by_kind: by.kind,
          by_id: personOf(by),
        });
      },
      event: (event) => events.push(event),
      queue: (delivery) => queued.push(delivery),
      after: (task) => act.after(task),
    });
    // Things that wait for an answer by a right that this change took away go with the right.
    const own = events.length;
    await withdrawWaiting(installation, { tx, event: (event) => events.push(event) }, changedFacts(tx));
    // An error takes the transaction back.
    if (installation.rehearsal)
      throw new Rehearsed(
        await observe(installation, tx, { ends, changed: changedFacts(tx), withdrawn: events.length - own }),
      );
    await finish(installation, act, changedFacts(tx), events, queued);
    return result;
  });
}

async function finish(
  installation: Pick<Installation, 'auditLanes' | 'db' | 'facts' | 'keys' | 'nodeId' | 'queued' | 'world'>,
  act: WriteTransaction<Schema>,
  changed: ReadonlySet<FactKey>,
  events: AuditEvent[],
  queued: outbox.NewDelivery[],
): Promise<void> {
  const { world } = installation;
  for (const delivery of queued) await outbox.add(act.tx, newId(installation), delivery, world.clock.now());
  if (queued.length > 0) act.after(() => installation.queued.ring());
  if (events.length > 0) await appendAudit(installation, act, events);
  if (changed.size > 0 && installation.db.kind === 'postgres') {
    await feed.append(act.tx, [...changed], world.wall.now());
    installation.db.tell(act, 'hallpass_feed');
  }
  act.after(() => {
    for (const key of changed) installation.facts.forget(key);
    for (const { name, ...facts } of events) world.log('info', name, facts);
  });
}

/**
 * Audited or refused (invariant I-14): where the line cannot be written, for whatever reason, the answer is "not now".
 */
async function appendAudit(
  {
    auditLanes: lanes,
    db,
    keys,
    world,
    nodeId: node,
  }: Pick<Installation, 'auditLanes' | 'db' | 'keys' | 'nodeId' | 'world'>,
  act: WriteTransaction<Schema>,
  events: readonly AuditEvent[],
): Promise<void> {
  try {
    await audit.append(db, act, { key: keys.audit, now: world.clock.now(), node, lanes }, events);
  } catch (error) {
    // A conflict with another change is tried again by the database.
    if (error instanceof StorageUnavailable) throw error;
    world.log('error', 'audit.failed', { error: error instanceof Error ? error.message : String(error) });
    throw new StorageUnavailable("The audit trail can't be written.", { cause: error });
  }
}
