// oauth/access_token, GET and POST alike: picks the grant, checks the client as the grant's declaration says, reads its
// parameters, runs it. Knows no grant by name but the one that an absent grant_type stands for.
// Sources: the guides on the manual log-in flow and on long-lived tokens; clients send a token here that nobody needs.
import { anyone, Refusal, refuse, type TokenAnswer } from '@hallpass/protocol';
import type { ParamValue } from '../http/call.ts';
import type { FieldRequest } from '../http/fields.ts';
import type { App } from '../store/apps.ts';
import { clientApp, isSent, secretShown } from './client.ts';
import type { Context } from './context.ts';
import type { Grant } from './grant.ts';
import { readParams } from './params.ts';
import { type Operation, operation } from './schema.ts';

/** Of a call without a grant_type that brings a code. */
const USUAL = 'authorization_code';

/** The operations of the token endpoint for these grants. @throws Error where two grants have one name */
export function tokenEndpoint(grants: readonly Grant[]): Operation[] {
  const byName = new Map(grants.map((one) => [one.name, one]));
  if (byName.size !== grants.length) throw new Error('two grants have the same name');
  return (['GET', 'POST'] as const).map((method) =>
    operation(method, 'oauth/access_token', {
      doc: `Gives tokens. grant_type is one of ${[...byName.keys()].join(', ')}; without it, ${USUAL}. \`fields\` names the parts of the answer that are wanted.`,
      needs: anyone,
      ownCredentials: true,
      guards: ['The client is named by client_id, in the parameters or by HTTP Basic, and shows the app secret where the grant asks for it.'],
      run: (context) => giveToken(byName, context),
    }),
  );
}

async function giveToken(grants: ReadonlyMap<string, Grant>, context: Context): Promise<unknown> {
  const { call } = context;
  if (call.head) throw refuse('param.method');
  const app = await clientApp(context);
  const grant = grantFor(grants, call.params);
  const proven = await clientProven(context, grant, app);
  if (!proven && grant.client === 'secret') throw refuse('secret.missing');
  const args = readParams(grant.params, call.params);
  return only(await grant.run(context, args as never, { app, proven }), call.fields);
}

function grantFor(grants: ReadonlyMap<string, Grant>, params: Readonly<Record<string, ParamValue>>): Grant {
  const name = params.grant_type;
  if (!isSent(name) && !isSent(params.code)) throw refuse('code.missing');
  const grant = isSent(name) ? typeof name === 'string' && grants.get(name) : grants.get(USUAL);
  if (!grant) throw refuse('grant.unknown');
  return grant;
}

/** A grant is told of a secret that proves nothing; the refusal stays the same. */
async function clientProven(context: Context, grant: Grant, app: App): Promise<boolean> {
  try {
    return await secretShown(context, app);
  } catch (error) {
    if (error instanceof Refusal && (error.key === 'secret.wrong' || error.key === 'secret.desktop_app'))
      await grant.refused?.(context, context.call.params);
    throw error;
  }
}

/** The asked parts of the answer; all of it when none are asked. */
function only(answer: TokenAnswer, fields: readonly FieldRequest[] | undefined): Partial<TokenAnswer> {
  if (!fields) return answer;
  return Object.fromEntries(fields.flatMap(({ name, alias }) => (Object.hasOwn(answer, name) ? [[alias, answer[name as keyof TokenAnswer]]] : [])));
}
