// Calls to the servers of apps: written in the change they tell of, sent after it (jobs/deliver.ts). What is for one
// app and of one kind stands in one line and goes in its order. jobs/purge.ts deletes rows four weeks after they were
// sent or given up; a person who is deleted is taken out of them at once (operator/delete-person.ts).
import { givenBack, type Lease, type QueueTime, queueTable } from '@hallpass/db';
import { readJson, shape } from '@hallpass/protocol';
import type { MailKind, NoticeKind, OutboxTable } from './tables.ts';
import type { Query } from '../query.ts';
import type { AppId, PersonId } from '../ids.ts';

export type DeliveryKind = OutboxTable['kind'];
/** These kinds go to the server of the app; the rest goes to people. */
export type CallKind = Exclude<DeliveryKind, MailKind>;

const mailKinds = ['alert_mail', 'account_mail'] as const satisfies readonly MailKind[];
const isMail = (kind: DeliveryKind): kind is MailKind => (mailKinds as readonly DeliveryKind[]).includes(kind);

export const isCall = (kind: DeliveryKind): kind is CallKind => !isMail(kind);

/** One try. No address, no body: what a receiver says may be anything. */
export interface DeliveryAttempt {
  /** Epoch seconds of the protocol's clock. */
  at: number;
  /** HTTP status, where there was an answer. */
  status?: number;
  /** Milliseconds. */
  ms: number;
  /** The reason why it does not count as delivered. */
  error?: string;
}

/** An app answers this to a request to delete data. */
export interface DeletionAnswer {
  url: string;
  code: string;
}

export interface Delivery {
  id: string;
  appId: AppId;
  kind: DeliveryKind;
  personId: PersonId | null;
  payload: Record<string, unknown>;
  state: OutboxTable['state'];
  tries: DeliveryAttempt[];
  answer: DeletionAnswer | undefined;
  createdAt: number;
  dueAt: number;
  endedAt: number | null;
}

export type NewDelivery = Pick<Delivery, 'appId' | 'kind' | 'payload'> & {
  /** The person who is shown what became of it, or to whom a mail goes. */
  personId?: PersonId;
  /** The reason why it is given up from the start: there is nobody to tell. */
  failed?: string;
};

const triesShape = shape.listOf(
  shape.object<DeliveryAttempt>({
    at: shape.number,
    status: shape.optional(shape.number),
    ms: shape.number,
    error: shape.optional(shape.text),
  }),
);
const answerShape = shape.object<DeletionAnswer>({ url: shape.text, code: shape.text });

const read = (row: OutboxTable): Delivery => ({
  id: row.id,
  appId: row.app_id,
  kind: row.kind,
  personId: row.person_id,
  payload: readJson(shape.anyObject, row.payload),
  state: row.state,
  tries: readJson(triesShape, row.tries),
  answer: row.answer === null ? undefined : readJson(answerShape, row.answer),
  createdAt: row.created_at,
  dueAt: row.due_at,
  endedAt: row.ended_at,
});

/** Adds to the end of its line. What stands behind something that waits for another try waits with it. */
export async function add(tx: Query, id: string, params: NewDelivery, now: number): Promise<void> {
  const { place, due } = await queue.endOf(tx, rowLine(params));
  const tries: DeliveryAttempt[] = params.failed === undefined ? [] : [{ at: now, ms: 0, error: params.failed }];
  await tx
    .insertInto('outbox')
    .values({
      id,
      app_id: params.appId,
      kind: params.kind,
      place: place + 1,
      person_id: params.personId ?? null,
      payload: JSON.stringify(params.payload),
      state: params.failed === undefined ? 'waiting' : 'failed',
      tries: JSON.stringify(tries),
      answer: null,
      created_at: now,
      due_at: isInOrder(params.kind) ? Math.max(now, due) : now,
      ended_at: params.failed === undefined ? null : now,
      ...givenBack,
    })
    .execute();
}

/** Notices are told in their order, many at a time; calls of other kinds and mails are each for themselves. */
export const isInOrder = (kind: DeliveryKind): kind is NoticeKind =>
  kind !== 'deauthorize' && kind !== 'data_deletion' && !isMail(kind);

export interface DeliveryQueue {
  appId: AppId;
  kind: DeliveryKind;
}

type RowLine = Pick<OutboxTable, 'app_id' | 'kind'>;
const rowLine = ({ appId, kind }: DeliveryQueue): RowLine => ({ app_id: appId, kind });

const queue = queueTable<OutboxTable, keyof RowLine>({
  table: 'outbox',
  line: ['app_id', 'kind'],
  isInOrder: ({ kind }) => isInOrder(kind),
});

/** Lines in which something is due and nothing is being sent. */
export async function dueLines(q: Query, time: QueueTime, limit: number): Promise<DeliveryQueue[]> {
  const rows = await queue.dueLines(q, time, limit);
  return rows.map((row) => ({ appId: row.app_id, kind: row.kind }));
}

/** When the next delivery falls due that nobody is sending; undefined when nothing waits. */
export const nextDue = (q: Query, wall: number): Promise<number | undefined> => queue.nextDue(q, wall);

/** Takes what is due at the head of a line, for one node of many. */
export async function take(
  tx: Query,
  line: DeliveryQueue,
  lease: Lease & { now: number; most: number },
): Promise<Delivery[]> {
  return (await queue.take(tx, rowLine(line), lease)).map(read);
}

/** A delivery becomes one of these after a try. */
export type AttemptResult =
  | { state: 'sent'; answer?: DeletionAnswer }
  | { state: 'failed' }
  | { state: 'waiting'; dueAt: number };

/** Writes a try down and gives the lease back. */
export async function settle(
  tx: Query,
  delivery: Delivery,
  owner: string,
  attempt: DeliveryAttempt | undefined,
  after: AttemptResult,
  now: number,
): Promise<void> {
  await queue.settle(
    tx,
    { id: delivery.id, owner },
    {
      state: after.state,
      tries: JSON.stringify(attempt ? [...delivery.tries, attempt] : delivery.tries),
      due_at: after.state === 'waiting' ? after.dueAt : delivery.dueAt,
      ended_at: after.state === 'waiting' ? null : now,
      answer: after.state === 'sent' && after.answer ? JSON.stringify(after.answer) : null,
    },
  );
}

/** Lets the rest of a line wait until `due`, because its receiver does not answer now. */
export const postpone = (tx: Query, line: DeliveryQueue, until: { due: number; wall: number }): Promise<void> =>
  queue.postpone(tx, rowLine(line), until);

/** Lets calls that ended be sent once more: one, or all that failed. A call that a node is sending now is left alone. */
export async function sendAgain(
  tx: Query,
  appId: AppId,
  which: { id: string } | { state: 'failed'; most: number },
  now: number,
): Promise<number> {
  const ofApp = tx
    .selectFrom('outbox')
    .select('id')
    .where('app_id', '=', appId)
    .where('kind', 'not in', mailKinds)
    .where('lease_owner', 'is', null);
  const chosen =
    'id' in which
      ? // What an app said to a request to delete data is shown to the person, and stays.
        ofApp
          .where('id', '=', which.id)
          .where((e) => e.or([e('state', '!=', 'sent'), e('kind', '!=', 'data_deletion')]))
      : ofApp.where('state', '=', which.state).orderBy('created_at').orderBy('id').limit(which.most);
  const done = await tx
    .updateTable('outbox')
    .set({ state: 'waiting', due_at: now, ended_at: null, answer: null })
    .where('id', 'in', chosen)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

export interface DeliveryFilter {
  kind: CallKind | undefined;
  state: Delivery['state'] | undefined;
  limit: number;
  after: string | undefined;
  before: string | undefined;
}

/** The position of a delivery in the list of an app: the moment, then the id. */
export const positionOf = ({ createdAt, id }: Delivery): string => `${createdAt} ${id}`;

/** Calls to the server of an app, newest first. */
export async function ofApp(
  q: Query,
  appId: AppId,
  { kind, state, limit, after, before }: DeliveryFilter,
): Promise<Delivery[]> {
  let query = q.selectFrom('outbox').selectAll().where('app_id', '=', appId).where('kind', 'not in', mailKinds);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (state !== undefined) query = query.where('state', '=', state);
  const beyond = (position: string, sign: '<' | '>') => {
    const [moment = '', id = ''] = position.split(' ');
    query = query.where((e) =>
      e.or([e('created_at', sign, Number(moment)), e.and([e('created_at', '=', Number(moment)), e('id', sign, id)])]),
    );
  };
  if (after !== undefined) beyond(after, '<');
  if (before !== undefined) beyond(before, '>');
  const order = before === undefined ? 'desc' : 'asc';
  const rows = await query.orderBy('created_at', order).orderBy('id', order).limit(limit).execute();
  return (before === undefined ? rows : rows.reverse()).map(read);
}

/** Counts the deliveries that `ofApp` would go through. */
export async function countOfApp(
  q: Query,
  appId: AppId,
  { kind, state }: Pick<DeliveryFilter, 'kind' | 'state'>,
): Promise<number> {
  let query = q
    .selectFrom('outbox')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('app_id', '=', appId)
    .where('kind', 'not in', mailKinds);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (state !== undefined) query = query.where('state', '=', state);
  return Number((await query.executeTakeFirstOrThrow()).n);
}

/** Requests of a person to delete data, newest first. */
export async function deletionsOf(q: Query, personId: PersonId, limit: number): Promise<Delivery[]> {
  const rows = await q
    .selectFrom('outbox')
    .selectAll()
    .where('person_id', '=', personId)
    .where('kind', '=', 'data_deletion')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(read);
}

/** The app is still told; who it was about is no longer known here. Mails about the account hold an address, and go. */
export async function forgetPerson(q: Query, personId: PersonId): Promise<void> {
  await q.deleteFrom('outbox').where('person_id', '=', personId).where('kind', '=', 'account_mail').execute();
  await q.updateTable('outbox').set({ person_id: null }).where('person_id', '=', personId).execute();
}
