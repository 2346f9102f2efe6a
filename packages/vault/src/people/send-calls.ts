// Calls one webhook with what waits for it, in the order in which it happened. A receiver that does not take a call is
// asked again for three days, and whoever looks after it can have all of it sent again after that.
import type { DeliveryAttempt } from '../client/answers/deliveries.ts';
import { DAY, HOUR } from '@hallpass/protocol';
import { pauseAfter } from '@hallpass/world';
import { type DeliveryLine, deliveryQueue, type DeliveryRow } from '../store/people/deliveries.ts';
import { webhookSecretPlace } from '../store/keys/places.ts';
import { webhookById, type WebhookRow } from '../store/people/webhooks.ts';
import { LEASE, outcomeOf, type SendParts, triesOf, withTry } from './send-mails.ts';
import { webhookHeaders } from './webhook-signature.ts';

/** Calls that are taken at a time; they are made one after the other within the lease. */
const MOST = 5;
const pauses = { first: 30, longest: HOUR };
const GIVE_UP = 3 * DAY;

/** Works on the line of one webhook until nothing of it is due. */
export async function sendCalls(parts: SendParts, line: DeliveryLine, stopped: () => boolean): Promise<void> {
  const { db, world, worker } = parts;
  const hook = await webhookById(db.read, line.tenant, line.receiver);
  while (!stopped()) {
    const lease = { owner: worker, now: world.clock.now(), wall: world.wall.now(), lease: LEASE, most: MOST };
    const rows = await db.act(({ tx }) => deliveryQueue.take(tx, line, lease));
    if (rows.length === 0) return;
    for (const [at, row] of rows.entries())
      if (!(await callOnce(parts, hook, row))) {
        await giveBack(parts, rows.slice(at + 1), line);
        return;
      }
  }
}

/** Answers false where the line has to wait. */
async function callOnce(parts: SendParts, hook: WebhookRow | undefined, row: DeliveryRow): Promise<boolean> {
  const { db, keys, settings, world, worker, tally } = parts;
  const attempt = await callOf();
  const now = world.clock.now();
  const over = hook === undefined || now >= row.created_at + GIVE_UP;
  const failed = attempt.error !== undefined;
  const due = now + pauseAfter(triesOf(row).length + 1, pauses, world.random);
  const ended = failed ? ({ state: 'failed', ended_at: now } as const) : ({ state: 'sent', ended_at: now } as const);
  tally.add('deliveries_total', { channel: 'webhook', outcome: outcomeOf(failed, over) });
  await db.act(({ tx }) =>
    deliveryQueue.settle(
      tx,
      { id: row.id, owner: worker },
      { tries: withTry(row, attempt), ...(!failed || over ? ended : { due_at: due }) },
    ),
  );
  world.log(failed ? 'warn' : 'info', `vault.webhook.${failed ? 'failed' : 'sent'}`, {
    tenant: row.tenant,
    webhook: row.receiver,
    delivery: row.id,
    event: row.event,
    status: attempt.status,
    ms: attempt.ms,
    error: attempt.error,
  });
  return !failed || over;

  async function callOf(): Promise<DeliveryAttempt> {
    const at = world.clock.now();
    if (hook === undefined) return { at, ms: 0, error: 'no_receiver' };
    if (!world.outbound) return { at, ms: 0, error: 'busy' };
    const secret = await keys.open(hook.secret, webhookSecretPlace(hook));
    const signed = webhookHeaders(secret, `msg_${row.id}`, world.wall.now(), row.payload);
    const answer = await world.outbound.send({
      method: 'POST',
      url: hook.url,
      headers: { 'content-type': 'application/json', 'user-agent': 'hallpass-vault/1.0', ...signed },
      body: row.payload,
      reach: settings.webhookReceivers,
      beginning: true,
    });
    const ms = Math.round(answer.ms);
    if (answer.fault !== undefined) return { at, ms, error: answer.fault };
    const { status } = answer;
    return status >= 200 && status < 300 ? { at, ms, status } : { at, ms, status, error: 'status' };
  }
}

/** Gives back what stands behind a call that was not taken: it waits with it. */
async function giveBack(
  { db, world, worker }: SendParts,
  rows: readonly DeliveryRow[],
  line: DeliveryLine,
): Promise<void> {
  await db.act(async ({ tx }) => {
    for (const row of rows) await deliveryQueue.settle(tx, { id: row.id, owner: worker }, { due_at: row.due_at });
    const { due } = await deliveryQueue.endOf(tx, line);
    await deliveryQueue.postpone(tx, line, { due, wall: world.wall.now() });
  });
}
