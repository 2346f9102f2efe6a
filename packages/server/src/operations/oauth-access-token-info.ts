// GET oauth/access_token_info tells what a holder may still know of a token of its own: how long it lives, and the
// nonce of the dialog that it came from. A login library compares that nonce when somebody has to enter the password
// again. Source: pennersr/django-allauth (flows.py, reauthenticate).
import { anyone } from '@hallpass/protocol';
import { clientApp } from '../oauth/client.ts';
import { expiresIn } from '../oauth/expires-in.ts';
import { viewerOf } from '../oauth/handed-token.ts';
import { param } from '../graph/language/params.ts';
import { operation } from '../graph/language/schema.ts';

export const oauthAccessTokenInfo = operation('GET', 'oauth/access_token_info', {
  doc: 'Gives the token back with its remaining life, and with `auth_nonce` where the dialog was sent one.',
  needs: anyone,
  ownCredentials: true,
  guards: ['access_token is a living token of a person or system user, of the app that client_id names.'],
  params: { client_id: param.asSent('numeric string', 'The app.') },
  async run(context) {
    const app = await clientApp(context);
    const { record, token } = await viewerOf(context, app, ['user', 'system_user']);
    return {
      access_token: token,
      token_type: 'bearer',
      ...expiresIn(record?.expiresAt ?? 0, context.now),
      ...(record?.authNonce === undefined ? {} : { auth_nonce: record.authNonce }),
    };
  },
});
