// Lives through days with a vault whose clock can be moved: at each moment at which something is due it looks, extends
// and tells people as a serving vault does, and notes what happened.
import { DAY, HOUR, MINUTE, parseJson, type Random, shape } from '@hallpass/protocol';
import type { EventKind } from '../event-kinds.ts';
import type { VaultParts } from '../parts.ts';
import type { MailLook } from '../people/compose-mail.ts';
import { deliverOnce } from '../people/deliver.ts';
import { dayAt } from '../people/hours.ts';
import { readMailSettings } from '../people/mail-settings.ts';
import { policy, spread } from '../policy.ts';
import { type HolderState, holderStates } from '../states.ts';
import { type ConnectionRow, connectionById } from '../store/connections.ts';
import { deliveryQueue, mailsTold } from '../store/people/deliveries.ts';
import type { EventRow } from '../store/events.ts';
import { eventsAfter, nextLooks } from '../store/figures/next-due.ts';
import type { Sweeper } from '../sweep/sweep.ts';
import type { RehearsalMailBox } from './mail-box.ts';

/** Something that is made to happen on the way. */
export interface RehearsedOrder {
  /** Epoch seconds. */
  at: number;
  words: string;
  /** Ids of the connections that it may concern. */
  touches: readonly string[];
  play(): Promise<void>;
}

/** A thing that happened to a connection. */
export interface RehearsedChange {
  /** When the vault notices it, epoch seconds. */
  at: number;
  connectionId: string;
  name: string;
  kind: EventKind;
  state: HolderState;
  /** One sentence; absent where the state needs none. */
  reason?: string | undefined;
  /** When it ends or ended. */
  until?: number | undefined;
  /** When it stopped working, where it did: no later than it was noticed. */
  stoppedAt?: number | undefined;
  /** The words of the order that caused it. */
  because?: string | undefined;
}

export interface RehearsedMail {
  at: number;
  to: string;
  subject: string;
  /** The whole mail as plain text, without its links. */
  text: string;
  connectionIds: string[];
}

export interface RehearsedDay {
  /** Days after the first one, which is 0. */
  day: number;
  /** `2026-12-10`, in the time zone of the mails. */
  date: string;
  orders: string[];
  changes: RehearsedChange[];
  mails: RehearsedMail[];
}

export interface RehearsalStage {
  parts: VaultParts;
  tenant: string;
  sweeper: Pick<Sweeper, 'sweep'>;
  mailBox: RehearsalMailBox;
  look?: MailLook | undefined;
  /** Moves the clock of the world, and all that runs by it. */
  moveTo(moment: number): Promise<void>;
}

interface RehearsalPlan {
  /** Whole days. */
  days: number;
  orders?: readonly RehearsedOrder[] | undefined;
  progress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Looks that only come round again wait for the next full minute, as those of a serving vault do; those of many
 * connections for the next full hour, so that a rehearsal of them takes seconds. What has a moment of its own keeps it.
 */
const round = { few: 24, ofFew: MINUTE, ofMany: HOUR } as const;

/** Chance of a rehearsal: what is spread by chance comes at its middle, so that the same question has the same answer. */
export const evenChance = (random: Random): Random => ({
  bytes: (length) => (length <= 4 ? Uint8Array.from([127, 255, 127, 255]).subarray(0, length) : random.bytes(length)),
});

const intervals = [
  ...new Set(
    Object.values(policy.lookAgain).map((seconds) => spread(seconds, evenChance({ bytes: () => new Uint8Array() }))),
  ),
];

/** @throws VaultSealed, StorageUnavailable, and what an order throws */
export async function rehearseDays(stage: RehearsalStage, plan: RehearsalPlan): Promise<RehearsedDay[]> {
  const { parts, tenant, mailBox } = stage;
  const { clock } = parts.world;
  const { timeZone } = await readMailSettings(parts.db.read, tenant);
  const from = clock.now();
  const end = from + plan.days * DAY;
  const waiting = (plan.orders ?? []).toSorted((a, b) => a.at - b.at);
  const played: RehearsedOrder[] = [];
  const changes: RehearsedChange[] = [];
  let lastEvent = 0;
  const { looks } = await nextLooks(parts.db.read, intervals);
  const rounded = looks <= round.few ? round.ofFew : round.ofMany;
  let next = await nextMoments(parts, rounded);
  for (;;) {
    for (let [order] = waiting; order !== undefined && order.at <= clock.now(); [order] = waiting) {
      await order.play();
      played.push(order);
      waiting.shift();
    }
    if (isDue(next.look, clock.now())) await stage.sweeper.sweep();
    const events = await eventsAfter(parts.db.read, tenant, lastEvent);
    lastEvent = events.at(-1)?.id ?? lastEvent;
    for (const event of events) {
      const change = await changeOf(stage, event, played);
      if (change) changes.push(change);
    }
    if (events.length > 0 || isDue(next.mail, clock.now())) await deliverOnce(parts, stage.look, { grouped: true });
    plan.progress?.(Math.floor((clock.now() - from) / DAY), plan.days);
    if (clock.now() >= end) break;
    next = await nextMoments(parts, rounded);
    const ahead = [next.look, next.mail].map((moment) => later(moment, clock.now()));
    await stage.moveTo(Math.min(end, waiting[0]?.at ?? end, ...ahead));
  }
  const mails = await mailsOf(parts, tenant, mailBox);
  const dateOf = (at: number): string => dayAt(at, timeZone);
  const first = Date.parse(dateOf(from));
  const days = new Map<string, RehearsedDay>();
  for (let day = 0; day <= plan.days; day++) {
    const date = new Date(first + day * DAY * 1000).toISOString().slice(0, 10);
    days.set(date, { day, date, orders: [], changes: [], mails: [] });
  }
  for (const order of played) days.get(dateOf(order.at))?.orders.push(order.words);
  for (const change of changes) days.get(dateOf(change.at))?.changes.push(change);
  for (const mail of mails) days.get(dateOf(mail.at))?.mails.push(mail);
  return [...days.values()];
}

interface NextMoments {
  /** Infinity where there is none. */
  look: number;
  mail: number;
}

const isDue = (moment: number, now: number): boolean => moment <= now;

/** A thing that is due and can't be done now, as while a server asks for patience, is tried again in a minute. */
const later = (moment: number, now: number): number => (isDue(moment, now) ? now + MINUTE : moment);

/** @param rounded the seconds to whose next multiple regular looks wait */
async function nextMoments({ db, world }: Pick<VaultParts, 'db' | 'world'>, rounded: number): Promise<NextMoments> {
  const { regular = Infinity, special = Infinity } = await nextLooks(db.read, intervals);
  return {
    look: Math.min(Math.ceil(regular / rounded) * rounded, special),
    mail: (await deliveryQueue.nextDue(db.read, world.wall.now())) ?? Infinity,
  };
}

const told = shape.object<{ until?: number | null | undefined; state?: string | undefined }>({
  until: shape.optional(shape.either(shape.number, (value): value is null => value === null)),
  state: shape.optional(shape.text),
});

const isState = (word: string | undefined): word is HolderState =>
  word !== undefined && Object.hasOwn(holderStates, word);

async function changeOf(
  { parts, tenant }: Pick<RehearsalStage, 'parts' | 'tenant'>,
  { connection_id: id, kind, at, facts }: EventRow,
  played: readonly RehearsedOrder[],
): Promise<RehearsedChange | undefined> {
  const row = id === null ? undefined : await connectionById(parts.db.read, { tenant, id });
  if (row === undefined) return undefined;
  const { until, state } = parseJson(told, facts) ?? {};
  const order = played.findLast((one) => one.touches.includes(row.id));
  const stopped = kind === 'died' || kind === 'blocked';
  const ended = typeof until === 'number' && until <= at;
  const because = order !== undefined && !ended && kind !== 'warned' && kind !== 'extended' ? order : undefined;
  return {
    at,
    connectionId: row.id,
    name: row.name,
    kind,
    state: isState(state) ? state : row.state,
    reason: row.reason ?? undefined,
    until: typeof until === 'number' ? until : endOf(row),
    ...(stopped && { stoppedAt: ended ? until : (because?.at ?? at) }),
    ...(because && { because: because.words }),
  };
}

const endOf = ({ expires_at, data_access_until }: ConnectionRow): number | undefined => {
  const end = Math.min(expires_at ?? Infinity, data_access_until ?? Infinity);
  return end === Infinity ? undefined : end;
};

async function mailsOf(
  { db }: Pick<VaultParts, 'db'>,
  tenant: string,
  { mails }: RehearsalMailBox,
): Promise<RehearsedMail[]> {
  const found: RehearsedMail[] = [];
  for (const { at, to, subject, text } of mails)
    found.push({ at, to, subject, text, connectionIds: await mailsTold(db.read, { tenant, receiver: to, at }) });
  return found;
}
