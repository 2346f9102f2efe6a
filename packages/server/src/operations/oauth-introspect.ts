// Token introspection as RFC 7662 has it, for API gateways and other tools that know no debug_token. It says what holds
// now, by the function that answers debug_token. What is not a living token of the client's own app is "not active",
// and nothing more is said about it (RFC 7662, section 2.2; threats TM-11 for the same rule elsewhere).
import { clientOperation } from '../oauth/client-operation.ts';
import type { Context } from '../graph/language/context.ts';
import { noteToken } from '../graph/authentication/note-token.ts';
import { param } from '../graph/language/params.ts';
import { describeToken } from '../liveness/describe-token.ts';
import { present } from '../liveness/open-token.ts';
import type { App } from '../store/apps/apps.ts';

const notActive = { active: false };

export const oauthIntrospect = clientOperation('POST', 'oauth/introspect', {
  doc: 'Tells whether a token of the app works and what it may do, in the words of RFC 7662. A token of another app is not active.',
  source: 'ours',
  client: 'secret',
  errors: 'oauth',
  params: {
    client_id: param.asSent('numeric string', 'The app.'),
    client_secret: param.asSent('string', 'Its secret.'),
    token: param.secret('The token to look at.', { required: true }),
    token_type_hint: param.asSent('string', 'Not needed: every token says itself what it is.'),
  },
  async run(context, { token }, { app }) {
    return token.includes('|') ? joined(context, app, token) : sealed(context, app, token);
  },
});

/** App and client tokens of other apps are not even looked at: the answer would tell whether a guess is right. */
async function joined({ installation }: Context, app: App, token: string): Promise<Record<string, unknown>> {
  if (!token.startsWith(`${app.id}|`)) return notActive;
  const presented = await present(installation, token);
  if (presented.is !== 'joined') return notActive;
  return { active: true, scope: '', client_id: app.id, token_type: 'bearer' };
}

async function sealed(context: Context, app: App, token: string): Promise<Record<string, unknown>> {
  const presented = await present(context.installation, token);
  if (presented.is !== 'sealed') return notActive;
  const { record } = presented;
  if (record.app !== app.id) {
    noteToken(context, 'token.cross_app', app, token);
    return notActive;
  }
  const facts = await describeToken(context.installation, presented);
  if (!facts.is_valid) return notActive;
  return {
    active: true,
    scope: facts.scopes.join(' '),
    client_id: app.id,
    token_type: 'bearer',
    ...(record.expiresAt === 0 ? {} : { exp: record.expiresAt }),
    ...(record.issuedAt === 0 ? {} : { iat: record.issuedAt }),
    ...(facts.user_id === undefined ? {} : { sub: facts.user_id }),
    ...(record.page === undefined ? {} : { profile_id: record.page }),
  };
}
