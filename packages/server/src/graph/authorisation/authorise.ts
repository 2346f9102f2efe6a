// Step 6 of a call authorises it: the engine asks for what the declaration says. A declaration cannot do it itself: it
// says what is needed in `needs`, where it is printed, tested and explained.
import { conditions, inWords, partsOf, refuseUnchecked, type Requirement } from '@hallpass/protocol';
import { fingerprint } from '../../tokens/fingerprint.ts';
import { clientTokenRefused } from '../authentication/client-token.ts';
import type { Context } from '../language/context.ts';
import { type Maybe, withValue } from '../../installation/maybe.ts';
import type { FailedJudgement } from './findings.ts';
import { judge } from './judge.ts';
import { noteToken } from '../authentication/note-token.ts';
import type { Edge, Target } from '../language/schema.ts';

/**
 * A promise only where something must be read first.
 * @param withoutPermission words of the call for a missing permission
 * @throws GraphError of the part of the requirement that failed
 */
export const demand = (
  context: Context,
  requirement: Requirement,
  target: Target,
  withoutPermission?: Edge<unknown>['withoutPermission'],
): Maybe<void> =>
  withValue(judge(context, requirement, target), (verdict) =>
    verdict.ok ? undefined : refuse(context, { requirement, target, verdict }, withoutPermission),
  );

async function refuse(
  context: Context,
  refused: FailedJudgement,
  withoutPermission: Edge<unknown>['withoutPermission'],
): Promise<never> {
  context.findings.refused = refused;
  const { requirement, verdict } = refused;
  const { because } = verdict;
  const { app, token, kind } = context.viewer;
  const handed = verdict.error === 'debug.other_app' ? handedToken(context, requirement) : undefined;
  const noted = handed ?? token;
  const event =
    handed !== undefined || because.is === 'own_app'
      ? 'token.cross_app'
      : because.is === 'token' || verdict.error === 'debug.not_allowed'
        ? 'token.wrong_kind'
        : undefined;
  if (event && noted !== undefined) noteToken(context, event, app, noted);
  if (verdict.because.is === 'business_role')
    context.installation.world.log('info', 'business.refused', {
      outcome: 'refused',
      reason: inWords(verdict.because),
      appId: app?.id,
      actorId: context.viewer.person?.id,
      traceId: context.call.traceId,
    });
  const wantsAppToken = because.is === 'token' && because.otherwise === 'token.app_token_needed';
  if (kind === 'client' && (wantsAppToken || verdict.error === 'debug.not_allowed'))
    throw await clientTokenRefused(context);
  if (withoutPermission && because.is === 'permission' && verdict.error === 'permission.missing')
    throw withoutPermission(because.name, context.call.params);
  const refusal = refuseUnchecked(verdict.error, { method: context.call.method.toLowerCase(), ...verdict.params });
  if (because.is !== 'where') throw refusal;
  if (because.condition === 'proof_sent') logMissingProof(context);
  throw refusal.because(`only where ${conditions[because.condition].words}`);
}

/** The token that the call hands over to be looked at. */
function handedToken({ call }: Context, requirement: Requirement): string | undefined {
  for (const part of partsOf(requirement))
    if (part.is === 'on' && part.thing.kind === 'token') {
      const sent = call.params[part.thing.parameter];
      if (typeof sent === 'string') return sent;
    }
  return undefined;
}

function logMissingProof({ installation, call, viewer }: Context): void {
  installation.world.log('warn', 'proof.rejected', {
    reason: `only where ${conditions.proof_sent.words}`,
    appId: viewer.app?.id,
    traceId: call.traceId,
    tokenFp: viewer.token === undefined ? undefined : fingerprint(installation.keys, viewer.token),
  });
}
