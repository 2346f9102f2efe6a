// This operation is where libraries for other services look for the token endpoint. It gives no tokens, here and there
// alike: a program that sends its secret is told so. Sources: omniauth/omniauth#377; ruby-oauth/oauth2#188.
import { anyone, graphError } from '@hallpass/protocol';
import { param } from '../graph/language/params.ts';
import { operation } from '../graph/language/schema.ts';

const PATH = 'oauth/token';

export const oauthToken = (['GET', 'POST'] as const).map((method) =>
  operation(method, PATH, {
    doc: 'No token endpoint: that is oauth/access_token. A secret that is sent here is refused in words of its own.',
    needs: anyone,
    ownCredentials: true,
    params: { client_secret: param.text('Is refused.') },
    async run(_context, { client_secret: secret }) {
      throw secret === undefined ? graphError('path.unknown', { path: PATH }) : graphError('secret.not_here');
    },
  }),
);
