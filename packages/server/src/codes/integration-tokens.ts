// Integrations get their tokens here: the one of a finished dialog, and narrower ones that are made for some assets and
// scopes, or found again. Those are sealed so that the same record gives the same string; nothing is stored of them but
// a fingerprint. Source: POST /{client-business-id}/system_user_access_tokens.
import { scopeKey, tokenKinds } from '@hallpass/protocol';
import type { Change } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import type { Permit } from '../store/grants/grants.ts';
import * as systemUsers from '../store/businesses/system-users.ts';
import { fingerprint } from '../tokens/fingerprint.ts';
import { sealDeterministic } from '../tokens/seal.ts';
import type { CodePayload } from './codes.ts';
import type { AppId, PersonId } from '../store/ids.ts';

/** Lists the token that the code of an integration was exchanged for, within that change: it is ended by itself. */
export async function keepIntegrationToken(
  { keys }: Pick<Installation, 'keys'>,
  { tx }: Pick<Change, 'tx'>,
  { token, expiresAt, payload }: { token: string; expiresAt: number; payload: CodePayload },
  now: number,
): Promise<void> {
  const { record, integration } = payload;
  if (!integration || record.login === undefined) return;
  await systemUsers.insertToken(tx, {
    id: record.login,
    personId: record.user,
    appId: record.app,
    fingerprint: fingerprint(keys, token),
    permissions: integration.permissions,
    issuedBy: integration.by,
    issuedAt: now,
    expiresAt,
    endedAt: null,
  });
}

interface IntegrationTokenRequest {
  personId: PersonId;
  appId: AppId;
  permissions: Readonly<Record<string, Permit>>;
  expiring: boolean;
}

/** The newest living token that was made for exactly this; undefined where there is none. */
export async function findToken(
  installation: Pick<Installation, 'db' | 'facts' | 'keys' | 'ring' | 'world'>,
  { personId, appId, permissions, expiring }: IntegrationTokenRequest,
): Promise<string | undefined> {
  const now = installation.world.clock.now();
  const wanted = inOrder(permissions);
  for (const row of await systemUsers.tokens(installation.db.read, personId, appId)) {
    if (row.endedAt !== null || (row.expiresAt !== 0) !== expiring || (expiring && now >= row.expiresAt)) continue;
    if (inOrder(row.permissions) !== wanted) continue;
    const ids = { app: appId, user: personId, login: row.id };
    const text = sealDeterministic(installation.ring(), {
      kind: 'system_user',
      ...ids,
      page: undefined,
      session: undefined,
      issuedAt: row.issuedAt,
      expiresAt: row.expiresAt,
      longLived: true,
      native: false,
      authType: undefined,
      authNonce: undefined,
      epochs: await Promise.all(
        tokenKinds.system_user.hangsOn.map(async (anchor) => installation.facts.epoch(scopeKey(anchor, ids) ?? '')),
      ),
    });
    // Another string means that it has died since, or was sealed by an older key: nothing is brought back to life.
    if (fingerprint(installation.keys, text) === row.fingerprint) return text;
  }
  return undefined;
}

const inOrder = (permissions: Readonly<Record<string, Permit>>): string =>
  JSON.stringify(
    Object.entries(permissions)
      .map(([name, { targets }]) => [name, targets === undefined ? null : [...targets].sort()] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
