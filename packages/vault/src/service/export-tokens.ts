// The way out of a vault: its tokens leave page by page, with a right of its own, and each is written into the history
// before it is answered (VT-02). Nothing limits how many, because whoever leaves takes them all.
import { readJson, shape } from '@hallpass/protocol';
import type { Answers } from '../client/answers.ts';
import type { ExportedToken } from '../client/answers/tokens.ts';
import { stateAt } from '../connections/view.ts';
import { recordEvent } from '../events/record-event.ts';
import { usefulUntil } from '../policy.ts';
import { isWorking } from '../states.ts';
import { adoptionsOf } from '../store/adoptions.ts';
import { type ConnectionRow, listConnections } from '../store/connections.ts';
import { positionFrom, positionOf } from '../store/list-position.ts';
import { tokenPlace } from '../store/keys/places.ts';
import type { Vault } from '../vault.ts';
import type { Caller } from './api-keys.ts';

interface ExportOptions {
  appId?: string | undefined;
  limit?: number | undefined;
  after?: string | undefined;
}

const MOST = 200;
const texts = shape.listOf(shape.text);

/** Takes a page of tokens out. @throws VaultSealed, VaultRefusal `bad_value` */
export async function exportTokens(
  vault: Vault,
  { tenant, by }: Pick<Caller, 'tenant' | 'by'>,
  { appId, limit = MOST, after }: ExportOptions,
): Promise<Answers['export']> {
  const { db, world, keys } = vault.parts;
  keys.requireOpen(tenant);
  const most = Math.min(MOST, Math.max(1, limit));
  const rows = await listConnections(db.read, tenant, {
    app_id: appId,
    limit: most + 1,
    after: afterIn(after),
  });
  const page = rows.slice(0, most);
  const last = page.at(-1);
  const now = world.clock.now();
  const leaving = page.filter((row) => row.token !== null && isWorking(stateAt(row, now)));
  await db.act(async (act) => {
    for (const { id } of leaving)
      await recordEvent(act, { tenant, connectionId: id, kind: 'exported', at: now, facts: { by } });
  });
  world.log('warn', 'vault.exported', { tenant, by, tokens: leaving.length });
  const sources = await adoptionsOf(
    db.read,
    tenant,
    page.map(({ id }) => id),
  );
  const tokens: ExportedToken[] = [];
  for (const row of page) {
    const token = leaving.includes(row) && row.token !== null ? await keys.open(row.token, tokenPlace(row)) : undefined;
    const adoptedFrom = sources.filter(({ connection_id }) => connection_id === row.id).map(({ source }) => source);
    tokens.push({ ...described(row, now), token, adoptedFrom });
  }
  return { tokens, next: rows.length > most && last !== undefined ? positionOf(last.name, last.id) : undefined };
}

function afterIn(text: string | undefined): { id: string; name: string } | undefined {
  if (text === undefined) return undefined;
  const { id, by } = positionFrom(text);
  return { id, name: by };
}

const described = (row: ConnectionRow, now: number): Omit<ExportedToken, 'token' | 'adoptedFrom'> => ({
  id: row.id,
  name: row.name,
  kind: row.kind ?? undefined,
  state: stateAt(row, now),
  appId: row.app_id,
  subject: { type: row.subject_type, id: row.subject_id, name: row.subject_name },
  until: usefulUntil({ expiresAt: row.expires_at ?? undefined, dataAccessUntil: row.data_access_until ?? undefined }),
  ownerName: row.owner_name ?? undefined,
  ownerEmail: row.owner_email ?? undefined,
  language: row.language ?? undefined,
  wantedScopes: readJson(texts, row.wanted_scopes),
});
