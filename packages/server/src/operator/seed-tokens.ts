// Plants tokens with a past: issued and ending at given moments, as if their log-ins had been long ago. For worlds that
// stand in for one that exists; no act of a person gives a token that is older than its making.
import { readScope, withDependencies } from '@hallpass/protocol';
import { change, type ChangeContext } from '../liveness/change.ts';
import { derivePageToken } from '../liveness/page-tokens.ts';
import type { Installation } from '../installation/installation.ts';
import { mint, newId } from '../installation/mint.ts';
import * as systemUsers from '../store/businesses/system-users.ts';
import { AppId, PageId, PersonId } from '../store/ids.ts';
import { fingerprint } from '../tokens/fingerprint.ts';

export interface SeedToken {
  kind: 'user' | 'system_user';
  app: string;
  /** The person or system user who has granted the app something. */
  person: string;
  /** Epoch seconds. */
  issuedAt: number;
  /** Epoch seconds; 0 = never. */
  expiresAt: number;
  longLived: boolean;
  /** Names of the permissions that the token of a system user is made for; a person's are those of the grant. */
  permissions?: readonly string[] | undefined;
  /** Pages whose tokens are read with it. */
  pages?: readonly string[] | undefined;
}

export interface PlantedToken {
  text: string;
  /** The tokens of its Pages by their ids; none for a Page on which there is no role. */
  pages: ReadonlyMap<string, string>;
}

/** Plants a token, and those of Pages that hang on it. */
export async function plantToken(
  installation: ChangeContext & Pick<Installation, 'facts' | 'ring' | 'keys'>,
  token: SeedToken,
): Promise<PlantedToken> {
  const { kind, issuedAt, expiresAt, longLived } = token;
  const [app, user] = [AppId.of(token.app), PersonId.of(token.person)];
  const login = newId(installation);
  const { text, record } = await change(installation, async ({ tx }) => {
    const minted = await mint(installation, tx, {
      kind,
      app,
      user,
      session: undefined,
      login,
      issuedAt,
      expiresAt,
      longLived,
      native: false,
      authType: undefined,
      authNonce: undefined,
    });
    if (kind === 'system_user') {
      const names = withDependencies(readScope((token.permissions ?? []).join(',')).permissions);
      await systemUsers.insertToken(tx, {
        id: login,
        personId: user,
        appId: app,
        fingerprint: fingerprint(installation.keys, minted.text),
        permissions: Object.fromEntries(names.map((name) => [name, { status: 'granted' as const }])),
        issuedBy: null,
        issuedAt,
        expiresAt,
        endedAt: null,
      });
    }
    return minted;
  });
  const pages = new Map<string, string>();
  for (const id of token.pages ?? []) {
    const derived = await derivePageToken(installation, record, PageId.of(id));
    if (derived !== undefined) pages.set(id, derived);
  }
  return { text, pages };
}
