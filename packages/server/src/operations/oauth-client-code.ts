// oauth/client_code gives a client code: a server that holds a user token gives a client of its own a token of its own:
// it fetches a code here, which the client redeems without the secret. Source: "Get long-lived tokens" ("Long-lived
// access tokens on the web").
import { anyone, graphError } from '@hallpass/protocol';
import { issueClientCode } from '../codes/codes.ts';
import { provenClient } from '../oauth/client.ts';
import { changeIn } from '../graph/language/context.ts';
import { viewerOf } from '../oauth/handed-token.ts';
import { param } from '../graph/language/params.ts';
import { operation } from '../graph/language/schema.ts';
import { addressesFor } from '../hosts.ts';
import { redirectVerdict } from '../login/redirect/redirect-uri.ts';

export const oauthClientCode = (['GET', 'POST'] as const).map((method) =>
  operation(method, 'oauth/client_code', {
    doc: 'Gives a code that a client redeems at oauth/access_token without the app secret.',
    needs: anyone,
    ownCredentials: true,
    guards: [
      'The client shows its app secret; access_token is a living user token of the same app; redirect_uri is one of the app.',
    ],
    params: {
      client_id: param.asSent('numeric string', 'The app.'),
      client_secret: param.asSent('string', 'Its secret.'),
      redirect_uri: param.secret('A redirect address of the app; the client sends the same one.'),
    },
    async run(context, args) {
      const { installation, call } = context;
      if (call.head) throw graphError('object.unsupported', { method: 'head' });
      const app = await provenClient(context);
      const viewer = await viewerOf(context, app, ['user']);
      const redirectUri = args.redirect_uri;
      if (redirectUri === undefined) throw graphError('redirect.missing');
      const { www, static: staticUrl } = addressesFor(call.base, installation.settings);
      const { settings } = app;
      const verdict = redirectVerdict(
        redirectUri,
        { ...app, ...settings, registered: settings.redirectUris },
        { wwwUrl: www, staticUrl },
      );
      if (!verdict.allow || verdict.form === 'relay') throw graphError('redirect.not_allowed');
      const { record } = viewer;
      if (!record) throw graphError('token.not_allowed_here');
      const code = await changeIn(context, (change) => issueClientCode(installation, change, record, redirectUri));
      return { code };
    },
  }),
);
