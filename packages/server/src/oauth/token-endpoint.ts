// This module answers oauth/access_token, GET and POST alike: walks the list of checks, reads the parameters of the
// grant, runs it. Sources: the guides on the manual log-in flow and on long-lived tokens; clients send a token here
// that nobody needs.
import { anyone, graphError, type TokenAnswer } from '@hallpass/protocol';
import type { FieldRequest } from '@hallpass/protocol/request';
import type { Context } from '../graph/language/context.ts';
import type { Grant } from './grant.ts';
import { throwOrderedFault } from '../graph/faults.ts';
import { readParams } from '../graph/language/params.ts';
import { type Operation, operation } from '../graph/language/schema.ts';
import { checkTokenCall } from './token-checks.ts';

/** The operations of the token endpoint for these grants. @throws Error where two grants have one name */
export function tokenEndpoint(grants: readonly Grant[]): Operation[] {
  const byName = new Map(grants.map((one) => [one.name, one]));
  if (byName.size !== grants.length) throw new Error('two grants have the same name');
  return (['GET', 'POST'] as const).map((method) =>
    operation(method, 'oauth/access_token', {
      doc: `Gives tokens. grant_type is one of ${[...byName.keys()].join(', ')}; without it, and for any other, authorization_code. The client is named by client_id, in the parameters or by HTTP Basic, and shows the app secret where the grant asks for it. \`fields\` names the parts of the answer that are wanted.`,
      needs: anyone,
      ownCredentials: true,
      run: (context) => giveToken(byName, context),
    }),
  );
}

async function giveToken(grants: ReadonlyMap<string, Grant>, context: Context): Promise<unknown> {
  const { call } = context;
  if (call.head) throw graphError('object.unsupported', { method: 'head' });
  const { app, grant, proven } = await checkTokenCall(context, grants);
  throwOrderedFault(context, 'token.checked');
  const args = readParams(grant.params, call.params);
  return only(await grant.run(context, args as never, { app, proven }), call.fields);
}

/** The asked parts of the answer; all of it when none are asked. */
function only(answer: TokenAnswer, fields: readonly FieldRequest[] | undefined): Partial<TokenAnswer> {
  if (!fields) return answer;
  return Object.fromEntries(
    fields.flatMap(({ name, alias }) =>
      Object.hasOwn(answer, name) ? [[alias, answer[name as keyof TokenAnswer]]] : [],
    ),
  );
}
