// Fills an empty vault with a snapshot of another one: every connection under its id, as it stands there, with a token of
// the world that the rehearsal is held in.
import type { GranularScope, Secret } from '@hallpass/protocol';
import type { Snapshot } from '../client/answers/operations.ts';
import { type AppSettings, setApp } from '../connections/apps.ts';
import type { VaultParts } from '../parts.ts';
import { setMailSettings } from '../people/mail-settings.ts';
import { type ConnectionRow, insertConnections } from '../store/connections.ts';
import { optOut } from '../store/people/mail-opt-outs.ts';
import { tokenPlace } from '../store/keys/places.ts';
import { connectionRowOf, deliveryRowOf } from './snapshot-rows.ts';

/** A token of the world of the rehearsal, in the place of the one that stays in its vault. */
export interface StagedToken {
  token: Secret;
  granular?: readonly GranularScope[] | undefined;
}

export interface StagedSnapshot extends Omit<Snapshot, 'apps' | 'next'> {
  apps: readonly AppSettings[];
  /** By the id of the connection. Nobody looks at connections without one: they stay as they are. */
  tokens: ReadonlyMap<string, StagedToken>;
}

type Parts = Pick<VaultParts, 'db' | 'keys' | 'world'>;

/** @throws VaultSealed, VaultRefusal */
export async function plantSnapshot(parts: Parts, tenant: string, staged: StagedSnapshot): Promise<void> {
  const { db, keys } = parts;
  for (const app of staged.apps) await setApp(parts, tenant, app);
  const rows: ConnectionRow[] = [];
  for (const connection of staged.connections) {
    const row = connectionRowOf(tenant, connection);
    const held = staged.tokens.get(row.id);
    if (held === undefined) rows.push({ ...row, due_at: null });
    else
      rows.push({
        ...row,
        token: await keys.seal(held.token.open(), tokenPlace(row)),
        fingerprint: keys.hash('token', held.token.open()),
        granular: held.granular === undefined ? null : JSON.stringify(held.granular),
      });
  }
  await db.act(async ({ tx }) => {
    await setMailSettings(tx, tenant, staged.mail);
    for (const address of staged.optOuts) await optOut(tx, tenant, address, staged.at);
    await insertConnections(tx, rows);
    for (const [at, mail] of staged.mails.entries())
      await tx
        .insertInto('deliveries')
        .values(deliveryRowOf(tenant, mail, at))
        .execute();
  });
}
