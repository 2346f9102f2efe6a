// GET debug_token tells what a token is, whether it works, and if not, why. Source: the debug_token reference and the
// guide on debugging tokens. Only the token's own app may ask, so that one app cannot pass off another's token as its
// own log-in.
import { anyone, type DebugTokenData, graphError } from '@hallpass/protocol';
import { clientTokenRefused } from '../graph/authentication/client-token.ts';
import type { Context } from '../graph/language/context.ts';
import { appOfInspected, openInspected } from '../graph/authentication/inspected-token.ts';
import { noteToken } from '../graph/authentication/note-token.ts';
import { param } from '../graph/language/params.ts';
import { operation } from '../graph/language/schema.ts';
import type { FieldRequest } from '../wire/fields.ts';
import { describeToken } from '../liveness/describe-token.ts';
import type { App } from '../store/apps/apps.ts';

export const debugToken = operation('GET', 'debug_token', {
  doc: 'Tells what a token is, whether it works and until when, and if it does not work, why.',
  needs: anyone,
  proofAlsoOver: 'input_token',
  guards: [
    'The caller brings an app token, or a user token of somebody who owns or develops the app. The inspected token of anybody else does not do, nor one of a system user.',
  ],
  params: { input_token: param.secret('The token to inspect.', { required: true }) },
  async run(context, args) {
    const app = await inspector(context);
    const presented = await openInspected(context, args.input_token);
    const of = appOfInspected(presented);
    if (of !== undefined && of !== app.id) {
      noteToken(context, 'token.cross_app', app, args.input_token);
      throw graphError('debug.other_app');
    }
    const data = await describeToken(context.installation, presented);
    return { data: context.call.fields ? only(data, context.call.fields) : data };
  },
});

/**
 * The app on whose behalf the caller inspects. @throws GraphError debug.not_allowed, token.signature for a client token
 */
async function inspector(context: Context): Promise<App> {
  const { kind, app, appRoles, token } = context.viewer;
  if (app) {
    if (kind === 'app') return app;
    if (kind === 'user' && (appRoles.includes('administrators') || appRoles.includes('developers'))) return app;
    if (token !== undefined) noteToken(context, 'token.wrong_kind', app, token);
    if (kind === 'client') throw await clientTokenRefused(context);
  }
  throw graphError('debug.not_allowed');
}

function only(data: DebugTokenData, fields: readonly FieldRequest[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap(({ name, alias }) =>
      Object.hasOwn(data, name) ? [[alias, data[name as keyof DebugTokenData]]] : [],
    ),
  );
}
