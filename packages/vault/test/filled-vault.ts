// A vault with many healthy connections, written straight into its tables: for tests and measurements of what is done to
// all of them.
import type { VaultParts } from '../src/parts.ts';
import { insertConnections } from '../src/store/connections.ts';
import { tokenPlace } from '../src/store/keys/places.ts';

const DAY = 86_400;
const PART = 1000;

/** The id of a connection by its number. */
export const idOf = (at: number): string => `c${String(at).padStart(6, '0')}`;

/** The token of the connection with this id. */
export const tokenOf = (id: string): string => `EAAcanary${id}${'x'.repeat(170)}`;

/** Adds connections to the tenant `main`; their ids. */
export async function fillVault({ db, keys, world }: VaultParts, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, at) => idOf(at));
  const now = world.clock.now();
  for (let from = 0; from < count; from += PART) {
    const rows = ids.slice(from, from + PART).map(async (id) => {
      const place = { tenant: 'main', id, token_version: 1 };
      return {
        ...place,
        name: id,
        app_id: '1384720956120447',
        state: 'healthy' as const,
        kind: 'user_long' as const,
        wanted_scopes: '["pages_show_list","email"]',
        granted_scopes: '["email","pages_show_list","public_profile"]',
        expires_at: now + 50 * DAY,
        created_at: now,
        token: await keys.seal(tokenOf(id), tokenPlace(place)),
      };
    });
    const made = await Promise.all(rows);
    await db.act(({ tx }) => insertConnections(tx, made));
  }
  return ids;
}
