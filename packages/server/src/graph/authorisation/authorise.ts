// Step 6 of a call authorises it: the engine asks for what the declaration says. A declaration cannot do it itself: it
// says what is needed in `needs`, where it is printed, tested and explained.
import { conditions, inWords, refuseUnchecked, type Requirement } from '@hallpass/protocol';
import { fingerprint } from '../../tokens/fingerprint.ts';
import { clientTokenRefused } from '../authentication/client-token.ts';
import type { Context } from '../language/context.ts';
import { judge } from './judge.ts';
import { noteToken } from '../authentication/note-token.ts';
import type { Edge, Target } from '../language/schema.ts';

/**
 * @param withoutPermission words of the call for a missing permission
 * @throws GraphError of the part of the requirement that failed
 */
export async function demand(
  context: Context,
  requirement: Requirement,
  target: Target,
  withoutPermission?: Edge<unknown>['withoutPermission'],
): Promise<void> {
  const verdict = await judge(context, requirement, target);
  if (verdict.ok) return;
  context.findings.refused = { requirement, target, verdict };
  const { because } = verdict;
  const { app, token, kind } = context.viewer;
  const event = because.is === 'token' ? 'token.wrong_kind' : because.is === 'own_app' ? 'token.cross_app' : undefined;
  if (event && token !== undefined) noteToken(context, event, app, token);
  if (verdict.because.is === 'business_role')
    context.installation.world.log('info', 'business.refused', {
      outcome: 'refused',
      reason: inWords(verdict.because),
      appId: app?.id,
      actorId: context.viewer.person?.id,
      traceId: context.call.traceId,
    });
  if (kind === 'client' && because.is === 'token' && because.otherwise === 'token.app_token_needed')
    throw await clientTokenRefused(context);
  if (withoutPermission && because.is === 'permission' && verdict.error === 'permission.missing')
    throw withoutPermission(because.name, context.call.params);
  const refusal = refuseUnchecked(verdict.error, { method: context.call.method.toLowerCase(), ...verdict.params });
  if (because.is !== 'where') throw refusal;
  if (because.condition === 'proof_sent') logMissingProof(context);
  throw refusal.because(`only where ${conditions[because.condition].words}`);
}

function logMissingProof({ installation, call, viewer }: Context): void {
  installation.world.log('warn', 'proof.rejected', {
    reason: `only where ${conditions.proof_sent.words}`,
    appId: viewer.app?.id,
    traceId: call.traceId,
    tokenFp: viewer.token === undefined ? undefined : fingerprint(installation.keys, viewer.token),
  });
}
