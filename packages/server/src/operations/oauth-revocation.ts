// Token revocation as RFC 7009 has it, for tools that know no Graph: the same effects as oauth/revoke, without a
// caller's token. Two addresses, since deployed clients are configured with either.
import { anyone, graphError } from '@hallpass/protocol';
import { provenClient } from '../oauth/client.ts';
import { endToken, tokenToEnd } from '../oauth/end-token.ts';
import { param } from '../graph/language/params.ts';
import { operation } from '../graph/language/schema.ts';

export const oauthRevocation = ['oauth/revocation', 'oauth/revoke_token'].map((path) =>
  operation('POST', path, {
    doc: 'Ends a token as RFC 7009 describes it: 200 also for a token that is unknown or dead already.',
    needs: anyone,
    source: 'ours',
    ownCredentials: true,
    errors: 'oauth',
    guards: [
      'The client shows its app secret, by HTTP Basic or in the body; a token of another app is refused, and nothing is revoked.',
    ],
    params: {
      client_id: param.asSent('numeric string', 'The app.'),
      client_secret: param.asSent('string', 'Its secret.'),
      token: param.secret('The token to end.', { required: true }),
      token_type_hint: param.asSent('string', 'Not needed: every token says itself what it is.'),
    },
    async run(context, { token }) {
      const app = await provenClient(context);
      if (token.includes('|')) throw graphError('token.unsupported_type');
      const record = await tokenToEnd(context, app, token, 'token');
      if (record) await endToken(context, record, token);
      return {};
    },
  }),
);
