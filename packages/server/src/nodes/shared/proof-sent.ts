// Calls that make tokens of system users need an appsecret_proof over the token of the caller. That it is right was
// checked with the credential; here it has to be there.
import { graphError } from '@hallpass/protocol';
import { fingerprint } from '../../tokens/fingerprint.ts';
import type { Context } from '../../graph/context.ts';

/** @throws GraphError proof.missing */
export function demandProofSent({ installation, call, viewer }: Context): void {
  if (call.proof !== undefined) return;
  const reason = 'a token of a system user is made with an appsecret_proof over the token of the caller';
  installation.world.log('warn', 'proof.rejected', {
    reason,
    appId: viewer.app?.id,
    traceId: call.traceId,
    tokenFp: viewer.token === undefined ? undefined : fingerprint(installation.keys, viewer.token),
  });
  throw graphError('proof.missing').because(reason);
}
