// Webhooks of a tenant: programs that are called when something happens to a connection.
import { isKeyOf, parseJson, shape, randomHex } from '@hallpass/protocol';
import type { WebhookAnswer } from '../client/answers/deliveries.ts';
import { type EventKind, eventKinds } from '../event-kinds.ts';
import type { VaultParts } from '../parts.ts';
import { VaultRefusal } from '../refusals.ts';
import { deliveryQueue, dropLine, sendAgain } from '../store/people/deliveries.ts';
import { webhookSecretPlace } from '../store/keys/places.ts';
import { deleteWebhook, insertWebhook, webhookById, type WebhookRow, webhooksOf } from '../store/people/webhooks.ts';
import { webhookSecretOf } from './webhook-signature.ts';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'settings' | 'world'>;

const MOST = 20;

const view = ({ id, url, kinds, created_at }: WebhookRow): WebhookAnswer => ({
  id,
  url,
  events:
    kinds === null
      ? undefined
      : (parseJson(shape.listOf(shape.text), kinds) ?? []).filter((kind) => isKeyOf(eventKinds, kind)),
  createdAt: created_at,
});

/**
 * Adds an address. Its secret is in the answer, and never shown again.
 *
 * @throws VaultRefusal `bad_value`, VaultSealed
 */
export async function addWebhook(
  { db, keys, settings, world }: Parts,
  tenant: string,
  { url, events }: { url: string; events?: readonly EventKind[] | undefined },
): Promise<WebhookAnswer & { secret: string }> {
  refuseBadAddress(url, settings.webhookReceivers);
  const id = randomHex(world.random, 8);
  const secret = webhookSecretOf(world.random.bytes(32));
  const sealed = await keys.seal(secret, webhookSecretPlace({ tenant, id, secret_version: 1 }));
  const row: WebhookRow = {
    tenant,
    id,
    url,
    secret: sealed,
    secret_version: 1,
    kinds: events === undefined ? null : JSON.stringify(events),
    created_at: world.clock.now(),
  };
  await db.act(async ({ tx }) => {
    if ((await webhooksOf(tx, tenant)).length >= MOST)
      throw new VaultRefusal('bad_value', { what: `There are ${MOST} webhooks already: remove one first.` });
    await insertWebhook(tx, row);
  });
  return { ...view(row), secret };
}

function refuseBadAddress(text: string, reach: VaultParts['settings']['webhookReceivers']): void {
  const url = URL.parse(text);
  const right = url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && reach !== 'public'));
  if (!right || url.username !== '' || url.password !== '' || text.length > 2000)
    throw new VaultRefusal('bad_value', { what: '`url` is an https address without a user or password.' });
}

export async function listWebhooks({ db }: Pick<VaultParts, 'db'>, tenant: string): Promise<WebhookAnswer[]> {
  return (await webhooksOf(db.read, tenant)).map(view);
}

/** Removes an address, and what is queued for it. @throws VaultRefusal `unknown_webhook` */
export async function removeWebhook({ db }: Pick<VaultParts, 'db'>, tenant: string, id: string): Promise<void> {
  await db.act(async ({ tx }) => {
    if (!(await deleteWebhook(tx, tenant, id))) throw new VaultRefusal('unknown_webhook', { id });
    await dropLine(tx, { tenant, channel: 'webhook', receiver: id });
  });
}

/**
 * Sends again what an address was not told: all that failed, one delivery, or everything since a moment.
 *
 * @throws VaultRefusal `unknown_webhook`
 */
export async function replayWebhook(
  { db, world }: Pick<VaultParts, 'db' | 'world'>,
  tenant: string,
  id: string,
  which: { delivery?: string | undefined; since?: number | undefined } = {},
): Promise<number> {
  if ((await webhookById(db.read, tenant, id)) === undefined) throw new VaultRefusal('unknown_webhook', { id });
  const line = { tenant, channel: 'webhook', receiver: id } as const;
  return db.act(async ({ tx }) => {
    const now = world.clock.now();
    const many = await sendAgain(tx, line, { id: which.delivery, since: which.since }, now);
    if (many > 0) await deliveryQueue.postpone(tx, line, { due: now, wall: world.wall.now() });
    return many;
  });
}
