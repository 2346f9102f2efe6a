// These queries are about the key pairs that sign id_tokens. The private half is sealed. Rows are kept: an id_token
// that was signed before a key was retired must stay checkable.
import { SealError, type Sealer } from '@hallpass/db';
import { insertInto } from '../facts/fact-writes.ts';
import type { ChangeTransaction, Query } from '../query.ts';

export interface OidcKey {
  kid: string;
  /** JSON of the private JWK, in the clear. */
  privateJwk: string;
  /** JSON of the public JWK. */
  publicJwk: string;
  createdAt: number;
  retiredAt: number | null;
}

const place = (kid: string) => ({ table: 'oidc_keys', column: 'private_jwk', row: kid });

export async function insert(tx: ChangeTransaction, sealer: Sealer, key: OidcKey): Promise<void> {
  await insertInto(tx, 'oidc_keys', (rows) =>
    rows.values({
      kid: key.kid,
      private_jwk: sealer.seal(key.privateJwk, place(key.kid)),
      public_jwk: key.publicJwk,
      created_at: key.createdAt,
      retired_at: key.retiredAt,
    }),
  );
}

/** Every key, oldest first. Of those in use that can be opened, all nodes sign with the first. */
export async function all(
  q: Query,
  sealer: Sealer,
): Promise<(Omit<OidcKey, 'privateJwk'> & { privateJwk: string | undefined })[]> {
  const rows = await q.selectFrom('oidc_keys').selectAll().orderBy('created_at').orderBy('kid').execute();
  return rows.map((row) => ({
    kid: row.kid,
    privateJwk: opened(row.private_jwk, row.kid, sealer),
    publicJwk: row.public_jwk,
    createdAt: row.created_at,
    retiredAt: row.retired_at,
  }));
}

/** A key that cannot be opened counts as missing: ID tokens are signed with another key, made where there is none. */
function opened(sealed: string, kid: string, sealer: Sealer): string | undefined {
  try {
    return sealer.open(sealed, place(kid));
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}
