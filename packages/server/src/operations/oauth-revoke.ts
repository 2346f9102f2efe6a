// oauth/revoke ends a token by hand. Source: the guide on system-user tokens ("Revoke token"), whose sample answers the
// text "true". All of caller, client, secret and token must be of one app (threats TM-11).
import { anyone, graphError } from '@hallpass/protocol';
import { provenClient } from '../oauth/client.ts';
import { endToken, tokenToEnd } from '../oauth/end-token.ts';
import { viewerOf } from '../oauth/handed-token.ts';
import { param } from '../graph/language/params.ts';
import { operation } from '../graph/language/schema.ts';

export const oauthRevoke = (['GET', 'POST'] as const).map((method) =>
  operation(method, 'oauth/revoke', {
    doc: 'Ends a token: a user token with all that its log-in led to, a Page token by itself, a token of a system user with the Page tokens made by it.',
    needs: anyone,
    ownCredentials: true,
    guards: ['The client shows its app secret; access_token and revoke_token are tokens of the same app.'],
    params: {
      client_id: param.asSent('numeric string', 'The app.'),
      client_secret: param.asSent('string', 'Its secret.'),
      revoke_token: param.secret('The token to end.', { required: true }),
    },
    async run(context, args) {
      if (context.call.head) throw graphError('object.unsupported', { method: 'head' });
      const app = await provenClient(context);
      await viewerOf(context, app, ['app', 'user', 'page', 'system_user']);
      const record = await tokenToEnd(context, app, args.revoke_token, 'revoke_token');
      if (record) await endToken(context, record, args.revoke_token);
      return { success: 'true' };
    },
  }),
);
