// A client token is not enough where only the app itself may ask: behind the id stands something that is not the
// secret, and it is answered and counted as any other wrong secret would be (threats TM-03, TB-03).
import { type GraphError, graphError } from '@hallpass/protocol';
import { secretFailed } from '../../apps/guessing.ts';
import { networkPrefix } from '../../wire/address.ts';
import type { Context } from '../language/context.ts';

/** The refusal for the client token of this call. */
export async function clientTokenRefused({ installation, call, viewer }: Context): Promise<GraphError> {
  if (viewer.app) await secretFailed(installation, viewer.app.id, networkPrefix(call.address));
  return graphError('token.signature');
}
