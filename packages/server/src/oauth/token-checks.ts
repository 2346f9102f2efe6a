// The token endpoint looks at its parameters in this order, and says this of each: one list for every grant, walked by
// the endpoint and printed in the reference. What a grant looks at before the secret, and what it says of its own
// parameters, stands in the grant. Sources: reports of callers (redirect_uri comes before the code,
// nxtbgthng/OAuth2Client#76; a grant_type that is not known counts as none, Clancey/SimpleAuth#100).
import { type ErrorKey, GraphError, graphError } from '@hallpass/protocol';
import type { App } from '../store/apps/apps.ts';
import { clientApp, secretShown } from './client.ts';
import type { Context } from '../graph/language/context.ts';
import type { Grant } from './grant.ts';

/** The facts that have been found out about one call of the token endpoint. */
interface TokenCall {
  readonly context: Context;
  readonly grants: ReadonlyMap<string, Grant>;
  app?: App;
  grant?: Grant;
  /** The client showed its secret. */
  proven?: boolean;
}

interface TokenCheck {
  parameter: string;
  /** The way in which it is looked at, in words. */
  doc: string;
  /** The refusals it can lead to. */
  says: readonly ErrorKey[];
  take(call: TokenCall): Promise<void>;
}

/** The grant of a call without a grant_type, or with one that nobody knows. */
const USUAL = 'authorization_code';

const known = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('a check was walked before the one that it needs');
  return value;
};

export const tokenChecks: readonly TokenCheck[] = [
  {
    parameter: 'client_id',
    doc: 'Names the app; also by HTTP Basic.',
    says: ['app.missing', 'app.system', 'app.unknown', 'app.deleted'],
    async take(call) {
      call.app = await clientApp(call.context);
    },
  },
  {
    parameter: 'grant_type',
    doc: `Names the grant. One that there is not counts as none, and none means ${USUAL}.`,
    says: [],
    async take(call) {
      const name = call.context.call.params['grant_type'];
      call.grant = (typeof name === 'string' ? call.grants.get(name) : undefined) ?? known(call.grants.get(USUAL));
    },
  },
  {
    parameter: 'redirect_uri',
    doc: 'Where the grant takes one: it must be there, be absolute, and be of the app. Whether it is that of the dialog is seen with the code.',
    says: ['redirect.missing', 'redirect.not_absolute', 'redirect.not_allowed'],
    async take(call) {
      known(call.grant).first?.(call.context, known(call.app));
    },
  },
  {
    parameter: 'client_secret',
    doc: 'Checked in every case where it is sent; also by HTTP Basic.',
    says: ['secret.desktop_app', 'app.address', 'limit.guessing', 'secret.wrong', 'secret.missing'],
    async take(call) {
      const grant = known(call.grant);
      call.proven = await clientProven(call.context, grant, known(call.app));
      if (!call.proven && grant.client === 'secret') throw graphError('secret.missing');
    },
  },
];

/** A grant is told of a secret that proves nothing; the refusal stays the same. */
async function clientProven(context: Context, grant: Grant, app: App): Promise<boolean> {
  try {
    return await secretShown(context, app);
  } catch (error) {
    if (error instanceof GraphError && (error.key === 'secret.wrong' || error.key === 'secret.desktop_app'))
      await grant.refused?.(context, context.call.params);
    throw error;
  }
}

/** Walks the list. @throws GraphError of the first check that fails */
export async function checkTokenCall(
  context: Context,
  grants: ReadonlyMap<string, Grant>,
): Promise<{ app: App; grant: Grant; proven: boolean }> {
  const call: TokenCall = { context, grants };
  for (const check of tokenChecks) await check.take(call);
  return { app: known(call.app), grant: known(call.grant), proven: known(call.proven) };
}
