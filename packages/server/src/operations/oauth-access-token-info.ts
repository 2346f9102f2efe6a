// GET oauth/access_token_info tells what a holder may still know of a token of its own: how long it lives, and the
// nonce of the dialog that it came from. A login library compares that nonce when somebody has to enter the password
// again. Source: pennersr/django-allauth (flows.py, reauthenticate).
import { clientOperation } from '../oauth/client-operation.ts';
import { expiresIn } from '../oauth/expires-in.ts';
import { param } from '../graph/language/params.ts';

export const oauthAccessTokenInfo = clientOperation('GET', 'oauth/access_token_info', {
  doc: 'Gives the token back with its remaining life, and with `auth_nonce` where the dialog was sent one.',
  client: 'named',
  bearer: ['user', 'system_user'],
  params: { client_id: param.asSent('numeric string', 'The app.') },
  async run(context, _args, { bearer: { record, token } }) {
    return {
      access_token: token,
      token_type: 'bearer',
      ...expiresIn(record.expiresAt, context.now),
      ...(record.authNonce === undefined ? {} : { auth_nonce: record.authNonce }),
    };
  },
});
