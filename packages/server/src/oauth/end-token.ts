// This module ends a token by hand, for oauth/revoke and for the revocation of RFC 7009: a user token with all that its
// log-in led to, a Page token by itself. A token that is gone already, or never was one, is a success too (RFC 7009,
// section 2.2).
import { type InvalidationName, invalidations, graphError, scopeKey } from '@hallpass/protocol';
import type { Actor } from '../liveness/change.ts';
import { present } from '../liveness/open-token.ts';
import type { App } from '../store/apps/apps.ts';
import * as systemUsers from '../store/businesses/system-users.ts';
import { fingerprint } from '../tokens/fingerprint.ts';
import { anchorIds, scopesOf, type TokenRecord } from '../tokens/record.ts';
import { changeIn, type Context } from '../graph/language/context.ts';
import { noteToken } from '../graph/authentication/note-token.ts';

/**
 * Finds the token that is to be ended; undefined for text that is no token.
 * @param name of the parameter that the token came in
 * @throws GraphError param.invalid for a token of another app, and for app and client tokens
 */
export async function tokenToEnd(
  context: Context,
  app: App,
  text: string,
  name: string,
): Promise<TokenRecord | undefined> {
  // App and client tokens end with the secret they are made of. They are not looked at: the answer would help to guess
  // one.
  if (text.includes('|')) throw graphError('param.invalid', { name });
  const presented = await present(context.installation, text);
  if (presented.is !== 'sealed' && presented.is !== 'dead') return undefined;
  if (presented.record.app === app.id) return presented.record;
  noteToken(context, 'token.cross_app', app, text);
  throw graphError('param.invalid', { name });
}

/**
 * Also a token that is dead for another reason: one that a state refuses would come back, and its Page tokens may live
 * on.
 */
export async function endToken(
  context: Context,
  record: TokenRecord,
  text: string,
  by: Actor = { kind: 'app', id: record.app },
): Promise<void> {
  const { installation, call } = context;
  const name: InvalidationName =
    record.kind === 'page'
      ? 'page_token_revoked'
      : record.kind === 'system_user'
        ? 'system_user_token_revoked'
        : 'revoked';
  const ids = anchorIds(record);
  const scope = scopeKey(invalidations[name].hits, ids);
  const held = scopesOf(record).find((one) => one.scope === scope);
  if (!held) throw new Error('this token was made without what its revocation hits');
  if ((await installation.facts.epoch(held.scope)) !== held.epoch) return;
  await changeIn(context, async ({ tx, record: died, event }) => {
    if (record.kind === 'system_user' && record.login !== undefined)
      await systemUsers.endToken(tx, record.login, context.now);
    await died(name, ids, by);
    event({
      name: 'token.revoked',
      outcome: 'ok',
      appId: record.app,
      actorKind: by.kind,
      actorId: by.id,
      targetId: record.user,
      requestId: call.traceId,
      tokenFp: fingerprint(installation.keys, text),
    });
  });
}
