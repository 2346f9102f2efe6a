// oauth/client_code gives a client code: a server that holds a user token gives a client of its own a token of its own:
// it fetches a code here, which the client redeems without the secret. Source: "Get long-lived tokens" ("Long-lived
// access tokens on the web").
import { graphError } from '@hallpass/protocol';
import { issueClientCode } from '../codes/codes.ts';
import { clientOperation } from '../oauth/client-operation.ts';
import { changeIn } from '../graph/language/context.ts';
import { param } from '../graph/language/params.ts';
import { addressesFor } from '../hosts.ts';
import { redirectVerdict } from '../login/redirect/redirect-uri.ts';

export const oauthClientCode = (['GET', 'POST'] as const).map((method) =>
  clientOperation(method, 'oauth/client_code', {
    doc: 'Gives a code that a client redeems at oauth/access_token without the app secret.',
    client: 'secret',
    bearer: ['user'],
    makes: true,
    refuses: ['redirect.missing', 'redirect.not_allowed'],
    params: {
      client_id: param.asSent('numeric string', 'The app.'),
      client_secret: param.asSent('string', 'Its secret.'),
      redirect_uri: param.secret('A redirect address of the app; the client sends the same one.'),
    },
    async run(context, args, { app, bearer: { record } }) {
      const { installation, call } = context;
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
      const code = await changeIn(context, (change) => issueClientCode(installation, change, record, redirectUri));
      return { code };
    },
  }),
);
