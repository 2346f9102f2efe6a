// oauth/revoke: ends a token by hand. Source: the guide on system-user tokens ("Revoke token"), whose sample answers the
// text "true". All of caller, client, secret and token must be of one app. A token that is gone already, or never was
// one, is a success too (RFC 7009, section 2.2; threats TM-11).
import { anyone, type InvalidationName, invalidations, refuse, scopeKey } from '@hallpass/protocol';
import { provenClient } from '../graph/client.ts';
import { changeIn, type Context } from '../graph/context.ts';
import { viewerOf } from '../graph/handed-token.ts';
import { noteToken } from '../graph/note-token.ts';
import { param } from '../graph/params.ts';
import { operation } from '../graph/schema.ts';
import { present } from '../liveness/open-token.ts';
import type { App } from '../store/apps.ts';
import { fingerprint } from '../tokens/fingerprint.ts';
import { anchorIds, scopesOf, type TokenRecord } from '../tokens/record.ts';

export const oauthRevoke = (['GET', 'POST'] as const).map((method) =>
  operation(method, 'oauth/revoke', {
    doc: 'Ends a token: a user token with all that its log-in led to, a Page token by itself.',
    needs: anyone,
    ownCredentials: true,
    guards: ['The client shows its app secret; access_token and revoke_token are tokens of the same app.'],
    params: {
      client_id: param.asSent('numeric string', 'The app.'),
      client_secret: param.asSent('string', 'Its secret.'),
      revoke_token: param.secret('The token to end.', { required: true }),
    },
    async run(context, args) {
      if (context.call.head) throw refuse('param.method');
      const app = await provenClient(context);
      await viewerOf(context, app, ['app', 'user', 'page']);
      const record = await toRevoke(context, app, args.revoke_token);
      if (record) await revoke(context, record, args.revoke_token);
      return { success: 'true' };
    },
  }),
);

/** What is to be ended; undefined for text that is no token. @throws Refusal for a token of another app, and for app tokens */
async function toRevoke(context: Context, app: App, text: string): Promise<TokenRecord | undefined> {
  // App and client tokens end with the secret they are made of. They are not looked at: the answer would help to guess one.
  if (text.includes('|')) throw refuse('param.invalid', { name: 'revoke_token' });
  const presented = await present(context.installation, text);
  if (presented.is !== 'sealed' && presented.is !== 'dead') return undefined;
  if (presented.record.app === app.id) return presented.record;
  noteToken(context, 'token.cross_app', app, text);
  throw refuse('param.invalid', { name: 'revoke_token' });
}

/** Also a token that is dead for another reason: one that a state refuses would come back, and its Page tokens may live on. */
async function revoke(context: Context, record: TokenRecord, text: string): Promise<void> {
  const { installation, call } = context;
  const name: InvalidationName = record.kind === 'page' ? 'page_token_revoked' : 'revoked';
  const ids = anchorIds(record);
  const scope = scopeKey(invalidations[name].hits, ids);
  const held = scopesOf(record).find((one) => one.scope === scope);
  if (!held) throw new Error('this token was made without what its revocation hits');
  if ((await installation.facts.epoch(held.scope)) !== held.epoch) return;
  const by = { kind: 'app' as const, id: record.app };
  await changeIn(context, async ({ record: died, event }) => {
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
