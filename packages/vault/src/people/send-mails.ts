// Sends what waits for one address as one mail. When the mail server itself does not answer, all mails wait for it, so
// that a server that is away is not asked once for every address.
import { DAY, parseJson, shape, randomHex } from '@hallpass/protocol';
import type { DeliveryAttempt } from '../client/answers/deliveries.ts';
import { type MailAnswer, pauseAfter } from '@hallpass/world';
import type { VaultParts } from '../parts.ts';
import {
  type DeliveryLine,
  deliveryQueue,
  type DeliveryRow,
  mailsSince,
  queueDelivery,
} from '../store/people/deliveries.ts';
import { isOptedOut } from '../store/people/mail-opt-outs.ts';
import { composeMail, MOST_ITEMS, type MailLook, usualTemplate } from './compose-mail.ts';
import { afterQuietHours, dayAt, nextDay } from './hours.ts';
import type { GateAnswer, MailGate } from './mail-gate.ts';
import { readMailSettings } from './mail-settings.ts';
import { isMailAddress } from '../mail-address.ts';

const attempts = shape.listOf(
  shape.object<DeliveryAttempt>({
    at: shape.number,
    ms: shape.number,
    status: shape.optional(shape.number),
    error: shape.optional(shape.text),
  }),
);

/** Tells what came of a try, for monitoring. */
export const outcomeOf = (failed: boolean, over: boolean): 'sent' | 'failed' | 'retried' => {
  if (!failed) return 'sent';
  return over ? 'failed' : 'retried';
};

/** The newest tries are kept. */
const MOST_TRIES = 20;

export const triesOf = (row: Pick<DeliveryRow, 'tries'>): DeliveryAttempt[] => parseJson(attempts, row.tries) ?? [];
export const withTry = (row: Pick<DeliveryRow, 'tries'>, attempt: DeliveryAttempt): string =>
  JSON.stringify([...triesOf(row), attempt].slice(-MOST_TRIES));

export interface SendParts extends Pick<VaultParts, 'db' | 'keys' | 'settings' | 'world' | 'tally'> {
  /** Unique for each process. */
  worker: string;
  gate: MailGate;
  look?: MailLook | undefined;
}

/** Seconds of real time for which what is taken is nobody else's: longer than any mail may take. */
export const LEASE = 90;
/** Seconds until a mail server that does not answer is tried again: often enough that a backlog is soon gone. */
const serverPauses = { first: 30, longest: 120 };
/** Seconds until a mail that was refused is tried again, and after which it is given up. */
const refusedPauses = { first: 300, longest: 4 * 3600 };
const GIVE_UP = 3 * DAY;

/** Works on the line of one address until nothing of it is due. */
export async function sendMails(parts: SendParts, line: DeliveryLine, stopped: () => boolean): Promise<void> {
  const { db, world, worker, gate } = parts;
  for (let more = true; more && !stopped(); ) {
    more = false;
    await gate.pass(world.clock.now(), async () => {
      const now = world.clock.now();
      const lease = { owner: worker, now, wall: world.wall.now(), lease: LEASE, most: MOST_ITEMS };
      const [first, ...others] = await db.act(({ tx }) => deliveryQueue.take(tx, line, lease));
      if (first === undefined) return 'not_asked';
      const { next, server } = await sendOne(parts, line, [first, ...others]);
      more = next === 'go_on';
      return server;
    });
  }
}

interface SendEnd {
  /** The rest of the line, or the line has to wait. */
  next: 'go_on' | 'wait';
  server: GateAnswer;
}

const notAsked = { next: 'go_on', server: 'not_asked' } as const;

type Rows = readonly [DeliveryRow, ...DeliveryRow[]];

async function sendOne(parts: SendParts, line: DeliveryLine, rows: Rows): Promise<SendEnd> {
  const { db, world, look = {} } = parts;
  const now = world.clock.now();
  const { tenant, receiver } = line;
  const mailSettings = await readMailSettings(db.read, tenant);
  const { timeZone, quietHours, mailsPerDay } = mailSettings;
  if (await isOptedOut(db.read, tenant, receiver)) return drop(parts, rows, 'opted_out');
  const awake = afterQuietHours(now, quietHours, timeZone);
  if (awake > now) return wait(parts, rows, line, awake);
  // A day has 23 hours at least, and 25 at most: counted from its first moment there.
  const today = await mailsSince(db.read, tenant, receiver, beginOfDay(now, timeZone));
  if (today >= mailsPerDay)
    return wait(parts, rows, line, afterQuietHours(nextDay(now, timeZone), quietHours, timeZone));
  const content = await composeMail(parts, rows, mailSettings, look);
  if (content === undefined) return drop(parts, rows, 'no_longer_true');
  if (!world.mail) return wait(parts, rows, { channel: 'mail' }, now + serverPauses.longest);
  const { template = usualTemplate } = look;
  const unsubscribe = content.optOut?.url;
  const mail = { ...template(content), id: rows[0].id, to: receiver };
  const answer = await world.mail.send(unsubscribe?.startsWith('https:') ? { ...mail, unsubscribe } : mail);
  return settleMail(parts, line, rows, answer);
}

function beginOfDay(now: number, timeZone: string): number {
  const today = dayAt(now, timeZone);
  let begin = now;
  for (let hours = 1; hours <= 26 && dayAt(now - hours * 3600, timeZone) === today; hours++) begin = now - hours * 3600;
  return begin - (begin % 3600);
}

async function settleMail(parts: SendParts, line: DeliveryLine, rows: Rows, answer: MailAnswer): Promise<SendEnd> {
  const { db, world, worker, tally } = parts;
  const { ms, fault, status } = answer;
  const now = world.clock.now();
  const attempt: DeliveryAttempt = {
    at: now,
    ms: Math.round(ms),
    ...(status !== undefined && { status }),
    ...(fault !== undefined && { error: fault }),
  };
  const tries = triesOf(rows[0]).length + 1;
  const ofServer = fault === 'unreachable' || fault === 'timeout' || fault === 'tls' || fault === 'busy';
  const due = now + pauseAfter(tries, ofServer ? serverPauses : refusedPauses, world.random);
  const over = fault === 'refused' && now >= rows[0].created_at + GIVE_UP;
  tally.add('deliveries_total', { channel: 'mail', outcome: outcomeOf(fault !== undefined, over) });
  await db.act(async ({ tx }) => {
    for (const row of rows)
      await deliveryQueue.settle(
        tx,
        { id: row.id, owner: worker },
        {
          tries: withTry(row, attempt),
          ...(fault === undefined || over
            ? { state: fault === undefined ? 'sent' : 'failed', ended_at: now }
            : { due_at: due }),
        },
      );
    if (ofServer) await deliveryQueue.postpone(tx, { channel: 'mail' }, { due, wall: world.wall.now() });
    if (over) await tellTeam(parts, tx, rows, now);
  });
  world.log(fault === undefined ? 'info' : 'warn', `vault.mail.${fault === undefined ? 'sent' : 'failed'}`, {
    tenant: line.tenant,
    delivery: rows[0].id,
    told: rows.length,
    ms: attempt.ms,
    status,
    error: fault,
  });
  if (ofServer) return { next: 'wait', server: { awayUntil: due } };
  return { next: fault === undefined || over ? 'go_on' : 'wait', server: 'answered' };
}

/** An address that takes no mails is as good as none: what it should have been told goes to the team. */
async function tellTeam(
  { world }: SendParts,
  tx: Parameters<typeof queueDelivery>[0],
  rows: Rows,
  now: number,
): Promise<void> {
  const [{ tenant, receiver }] = rows;
  const { team } = await readMailSettings(tx, tenant);
  for (const address of new Set(team.map((one) => one.toLowerCase())))
    if (address !== receiver && isMailAddress(address) && !(await isOptedOut(tx, tenant, address)))
      for (const { key, event, connection_id, payload } of rows)
        await queueDelivery(tx, {
          id: randomHex(world.random, 12),
          tenant,
          key: `${key} for ${address}`,
          channel: 'mail',
          receiver: address,
          event,
          connection_id,
          payload,
          created_at: now,
          due_at: now,
        });
}

/** There is nothing to send; the line goes on. */
async function drop({ db, world, worker, tally }: SendParts, rows: Rows, error: string): Promise<SendEnd> {
  tally.add('deliveries_total', { channel: 'mail', outcome: 'dropped' });
  const now = world.clock.now();
  await db.act(async ({ tx }) => {
    for (const row of rows)
      await deliveryQueue.settle(
        tx,
        { id: row.id, owner: worker },
        { state: 'dropped', ended_at: now, tries: withTry(row, { at: now, ms: 0, error }) },
      );
  });
  return notAsked;
}

/** Gives the rows back, and lets these lines wait. */
async function wait(
  { db, world, worker }: SendParts,
  rows: Rows,
  lines: Partial<DeliveryLine>,
  due: number,
): Promise<SendEnd> {
  await db.act(async ({ tx }) => {
    for (const row of rows) await deliveryQueue.settle(tx, { id: row.id, owner: worker }, { due_at: due });
    await deliveryQueue.postpone(tx, lines, { due, wall: world.wall.now() });
  });
  return notAsked;
}
