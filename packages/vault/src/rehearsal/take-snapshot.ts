// Copies what a rehearsal needs out of a vault, by reading alone.
import { DAY } from '@hallpass/protocol';
import type { Snapshot } from '../client/answers/operations.ts';
import type { VaultParts } from '../parts.ts';
import { readMailSettings } from '../people/mail-settings.ts';
import { appsOf } from '../store/apps/apps.ts';
import { connectionsAfter } from '../store/connections.ts';
import { standingMails } from '../store/people/deliveries.ts';
import { optedOut } from '../store/people/mail-opt-outs.ts';
import { connectionOf, mailOf } from './snapshot-rows.ts';

/** Connections of one page. */
const MOST = 1000;
/** Mails that are looked back at: what was told before that is told anew by another day's key. */
const MAILS_SINCE = 2 * DAY;
const MOST_MAILS = 10_000;

/** @throws VaultSealed */
export async function takeSnapshot(
  { db, keys, settings, world }: Pick<VaultParts, 'db' | 'keys' | 'settings' | 'world'>,
  tenant: string,
  { limit = MOST, after = '' }: { limit?: number | undefined; after?: string | undefined } = {},
): Promise<Snapshot> {
  keys.requireOpen(tenant);
  const q = db.read;
  const at = world.clock.now();
  const most = Math.min(MOST, Math.max(1, limit));
  const rows = await connectionsAfter(q, tenant, after, most + 1);
  const shown = rows.slice(0, most);
  const apps = await appsOf(q, tenant);
  const mails = await standingMails(q, tenant, at - MAILS_SINCE, MOST_MAILS);
  return {
    at,
    name: settings.name,
    publicUrl: settings.publicUrl,
    mail: await readMailSettings(q, tenant),
    optOuts: await optedOut(q, tenant),
    apps: apps.map(({ app_id, service, secret }) => ({ appId: app_id, service, hasSecret: secret !== null })),
    mails: mails.flatMap((row) => mailOf(row) ?? []),
    connections: shown.map(connectionOf),
    next: rows.length > most ? shown.at(-1)?.id : undefined,
  };
}
