// This grant gives app tokens. Source: the access-token guide ("You obtain an app access token via a server-to-server
// call"). Nothing is stored, and the same app and secret give the same token each time.
import { grant } from '../oauth/grant.ts';
import { appEpochs } from '../liveness/open-token.ts';
import { appToken } from '../tokens/app-token.ts';

export const clientCredentials = grant('client_credentials', {
  doc: 'Gives the app token of the app: it reads and changes app settings, and works until the secret is reset.',
  client: 'secret',
  issues: ['app'],
  async run({ installation }, _args, { app }) {
    return {
      access_token: appToken(installation.ring(), app.id, await appEpochs(installation, app)),
      token_type: 'bearer',
    };
  },
});
