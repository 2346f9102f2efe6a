// Deliveries are made of events: which mails and webhooks tell of one, to whom, and when. An event and its deliveries are
// one change, so that each is made once, however many processes do it.
import type { MailSettings } from '../client/answers/mail.ts';
import { eventKinds } from '../event-kinds.ts';
import { appOfEvent } from '../events/record-event.ts';
import { viewOf } from '../connections/view.ts';
import { reconnectUrl } from '../connections/reconnect-link.ts';
import type { VaultParts } from '../parts.ts';
import { parseJson, shape, randomHex } from '@hallpass/protocol';
import type { Kysely } from 'kysely';
import { repairOf } from '../repairs.ts';
import { isWorking } from '../states.ts';
import { appRefusal } from '../store/apps/app-refusals.ts';
import { type ConnectionRow, connectionById } from '../store/connections.ts';
import { type NewDelivery, queueDelivery, stateOfDelivery } from '../store/people/deliveries.ts';
import { type EventRow, markHandled, unhandledEvents } from '../store/events.ts';
import { isOptedOut } from '../store/people/mail-opt-outs.ts';
import type { VaultSchema } from '../store/schema.ts';
import { webhooksOf } from '../store/people/webhooks.ts';
import { afterQuietHours, dayAt, nextDay } from './hours.ts';
import { readMailSettings } from './mail-settings.ts';
import { isMailAddress } from '../mail-address.ts';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'settings' | 'world'>;
type Query = Kysely<VaultSchema>;

/** Events that become deliveries in one change. */
const AT_ONCE = 50;

/**
 * Makes the deliveries of every event of which none were made yet, and answers of how many.
 *
 * @param grouped mails wait a little for others to go with them; true without it. @throws VaultSealed
 */
export async function queueEvents(parts: Parts, { grouped = true } = {}): Promise<number> {
  const { db, keys, world } = parts;
  let handled = 0;
  for (;;) {
    const events = await unhandledEvents(db.read, AT_ONCE, keys.sealedTenants);
    if (events.length === 0) return handled;
    await db.act(async ({ tx }) => {
      for (const event of events) {
        if (!(await markHandled(tx, event.id, world.clock.now()))) continue;
        for (const delivery of await deliveriesOf(parts, tx, event, grouped))
          if (!(await queueDelivery(tx, delivery)) && delivery.channel === 'mail' && event.kind !== 'asked')
            await queueForTomorrow(tx, delivery);
      }
    });
    handled += events.length;
  }
}

/**
 * Somebody who was told today is not told again today. What happens once more after that is told tomorrow, if it still
 * stands then.
 */
async function queueForTomorrow(tx: Query, delivery: NewDelivery): Promise<void> {
  if ((await stateOfDelivery(tx, delivery)) !== 'sent') return;
  const { timeZone, quietHours } = await readMailSettings(tx, delivery.tenant);
  const due = afterQuietHours(nextDay(delivery.created_at, timeZone), quietHours, timeZone);
  await queueDelivery(tx, { ...delivery, key: `${delivery.key} again`, due_at: due });
}

async function deliveriesOf(parts: Parts, tx: Query, event: EventRow, grouped: boolean): Promise<NewDelivery[]> {
  const { tenant, connection_id: id } = event;
  const row = id === null ? undefined : await connectionById(tx, { tenant, id });
  const mails = await mailsFor(parts, tx, { event, row, grouped });
  return [...mails, ...(await callsOf(parts, tx, event, row))];
}

async function mailsFor(
  parts: Parts,
  tx: Query,
  { event, row, grouped }: { event: EventRow; row: ConnectionRow | undefined; grouped: boolean },
): Promise<NewDelivery[]> {
  if (eventKinds[event.kind].tells === 'team') return teamMailsOf(parts, tx, event, grouped);
  if (row === undefined || !isForPeople(event)) return [];
  if (!isOfApp(event)) return mailsOf(parts, tx, { event, row, grouped });
  // The owner can do nothing where the app itself is blocked: the team can, and is told of an app once, not of each token.
  const { team: named } = await readMailSettings(tx, event.tenant);
  const team = await reachable(tx, event.tenant, named);
  if (team.length === 0) return mailsOf(parts, tx, { event, row, grouped });
  const isTold = (await appRefusal(tx, event.tenant, row.app_id)) !== undefined;
  return isTold ? [] : mailsOf(parts, tx, { event, row, grouped, team });
}

const advised = shape.object<{ advice?: string | null | undefined }>({
  advice: shape.optional(shape.either(shape.text, shape.nothing)),
});

/** True where it is the app that is blocked, not the person behind one token. */
const isOfApp = ({ kind, facts }: EventRow): boolean =>
  kind === 'blocked' && repairOf('blocked_at_meta', parseJson(advised, facts)?.advice)?.by === 'operator';

async function teamMailsOf(parts: Parts, tx: Query, event: EventRow, grouped: boolean): Promise<NewDelivery[]> {
  const { team, timeZone, groupSeconds, quietHours } = await readMailSettings(tx, event.tenant);
  const receivers = await reachable(tx, event.tenant, team);
  const app = appOfEvent(event.facts);
  if (receivers.length === 0) parts.world.log('warn', 'vault.nobody_to_tell', { tenant: event.tenant, app });
  return receivers.map((receiver) => ({
    ...common(parts, event),
    key: `${event.kind} ${app} ${receiver} ${dayAt(event.at, timeZone)}`,
    channel: 'mail',
    receiver,
    connection_id: null,
    payload: event.facts,
    due_at: afterQuietHours(event.at + (grouped ? groupSeconds : 0), quietHours, timeZone),
  }));
}

const drift = shape.object<{ lost: string[]; targetsLost: string[] }>({
  lost: shape.listOf(shape.text),
  targetsLost: shape.listOf(shape.text),
});

/** New permissions are no reason for a mail. */
function isForPeople({ kind, facts }: EventRow): boolean {
  if (eventKinds[kind].tells !== 'owner') return false;
  if (kind !== 'drifted') return true;
  const lost = parseJson(drift, facts);
  return lost !== undefined && lost.lost.length + lost.targetsLost.length > 0;
}

/** The connection that has to be renewed where this one is in trouble: the one above it, while that one is, too. */
async function rootOf(q: Query, row: ConnectionRow): Promise<ConnectionRow> {
  if (row.parent_id === null) return row;
  const parent = await connectionById(q, { tenant: row.tenant, id: row.parent_id });
  return parent !== undefined && !isWorking(parent.state) && parent.state !== 'unreachable' ? parent : row;
}

/** The addresses that are mailed where this connection is in trouble. */
export async function mailReceivers(q: Query, row: ConnectionRow): Promise<string[]> {
  const root = await rootOf(q, row);
  return receiversOf(q, root.owner_email === null ? row : root, await readMailSettings(q, row.tenant));
}

async function mailsOf(
  parts: Parts,
  tx: Query,
  { event, row, grouped, team }: { event: EventRow; row: ConnectionRow; grouped: boolean; team?: string[] },
): Promise<NewDelivery[]> {
  const mailSettings = await readMailSettings(tx, event.tenant);
  const root = await rootOf(tx, row);
  const receivers = team ?? (await receiversOf(tx, root.owner_email === null ? row : root, mailSettings));
  if (receivers.length === 0)
    parts.world.log('warn', 'vault.nobody_to_tell', { tenant: row.tenant, connection: row.id });
  const { timeZone, groupSeconds, quietHours } = mailSettings;
  return receivers.map((receiver) => ({
    ...common(parts, event),
    key: `${event.kind} ${root.id} ${receiver} ${dayAt(event.at, timeZone)}${event.kind === 'drifted' ? ` ${row.id}` : ''}`,
    channel: 'mail',
    receiver,
    connection_id: event.kind === 'drifted' || event.kind === 'page_without_token' ? row.id : root.id,
    payload: event.facts,
    due_at: afterQuietHours(event.at + (grouped ? groupSeconds : 0), quietHours, timeZone),
  }));
}

/** The owner; where none is named who wants mails, the team of the tenant: somebody is always told. */
async function receiversOf(tx: Query, row: ConnectionRow, { team }: MailSettings): Promise<string[]> {
  const owner = await reachable(tx, row.tenant, [row.owner_email ?? '']);
  return owner.length > 0 ? owner : reachable(tx, row.tenant, team);
}

/** Those of the addresses that are some and take mails, each once. */
async function reachable(tx: Query, tenant: string, addresses: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const address of new Set(addresses.map((one) => one.trim().toLowerCase())))
    if (isMailAddress(address) && !(await isOptedOut(tx, tenant, address))) found.push(address);
  return found;
}

async function callsOf(
  parts: Parts,
  tx: Query,
  event: EventRow,
  row: ConnectionRow | undefined,
): Promise<NewDelivery[]> {
  const hooks = await webhooksOf(tx, event.tenant);
  const wanted = hooks.filter(
    ({ kinds }) => kinds === null || parseJson(shape.listOf(shape.text), kinds)?.includes(event.kind),
  );
  const connection = row && viewOf(row, parts.world.clock.now(), (one) => reconnectUrl(parts, one));
  const payload = JSON.stringify({
    id: `evt_${event.id}`,
    type: `connection.${event.kind}`,
    created_at: event.at,
    tenant: event.tenant,
    connection_id: event.connection_id,
    facts: parseJson(shape.anyObject, event.facts) ?? {},
    ...(connection && { connection }),
  });
  return wanted.map((hook) => ({
    ...common(parts, event),
    key: `call ${hook.id} ${event.id}`,
    channel: 'webhook',
    receiver: hook.id,
    connection_id: event.connection_id,
    payload,
    due_at: event.at,
  }));
}

const common = (
  { world }: Parts,
  { tenant, kind, at }: EventRow,
): Pick<NewDelivery, 'id' | 'tenant' | 'event' | 'created_at'> => ({
  id: randomHex(world.random, 12),
  tenant,
  event: kind,
  created_at: at,
});
