// Token revocation as RFC 7009 has it, for tools that know no Graph: the same effects as oauth/revoke, without a
// caller's token. Two addresses, since deployed clients are configured with either.
import { graphError } from '@hallpass/protocol';
import { clientOperation } from '../oauth/client-operation.ts';
import { endToken, tokenToEnd } from '../oauth/end-token.ts';
import { param } from '../graph/language/params.ts';

export const oauthRevocation = ['oauth/revocation', 'oauth/revoke_token'].map((path) =>
  clientOperation('POST', path, {
    doc: 'Ends a token as RFC 7009 describes it: 200 also for a token that is unknown or dead already.',
    source: 'ours',
    client: 'secret',
    errors: 'oauth',
    refuses: ['token.unsupported_type', 'param.invalid'],
    params: {
      client_id: param.asSent('numeric string', 'The app.'),
      client_secret: param.asSent('string', 'Its secret.'),
      token: param.secret('The token to end.', { required: true }),
      token_type_hint: param.asSent('string', 'Not needed: every token says itself what it is.'),
    },
    async run(context, { token }, { app }) {
      if (token.includes('|')) throw graphError('token.unsupported_type');
      const record = await tokenToEnd(context, app, token, 'token');
      if (record) await endToken(context, record, token);
      return {};
    },
  }),
);
