// oauth/revoke ends a token by hand. Source: the guide on system-user tokens ("Revoke token"), whose sample answers the
// text "true". All of caller, client, secret and token must be of one app (threats TM-11).
import { clientOperation } from '../oauth/client-operation.ts';
import { endToken, tokenToEnd } from '../oauth/end-token.ts';
import { param } from '../graph/language/params.ts';

export const oauthRevoke = (['GET', 'POST'] as const).map((method) =>
  clientOperation(method, 'oauth/revoke', {
    doc: 'Ends a token: a user token with all that its log-in led to, a Page token by itself, a token of a system user with the Page tokens made by it.',
    client: 'secret',
    bearer: ['app', 'user', 'page', 'system_user'],
    makes: true,
    refuses: ['param.invalid'],
    params: {
      client_id: param.asSent('numeric string', 'The app.'),
      client_secret: param.asSent('string', 'Its secret.'),
      revoke_token: param.secret('The token to end.', { required: true }),
    },
    async run(context, args, { app }) {
      const record = await tokenToEnd(context, app, args.revoke_token, 'revoke_token');
      if (record) await endToken(context, record, args.revoke_token);
      return { success: 'true' };
    },
  }),
);
