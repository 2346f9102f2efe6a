// This module explains a call that was just answered: shown where it asks for messages, and kept for the people of its
// app.
import { type Explanation, GraphError } from '@hallpass/protocol';
import type { DebugMessage } from '../../wire/answer.ts';
import type { GraphRequest } from '../../wire/call.ts';
import { OrderedFault } from '../../wire/faults.ts';
import type { Installation } from '../../installation/installation.ts';
import type { Findings } from '../authorisation/findings.ts';
import { explainAnswer, explainRefusal, isEmptyList } from './explain.ts';
import { AppId } from '../../store/ids.ts';

/** Explains why a refused call was refused; undefined for our own failures, which no rule decided. */
export async function whyItFailed(
  installation: Installation,
  call: GraphRequest,
  findings: Findings,
  error: unknown,
): Promise<Explanation | undefined> {
  if (!(error instanceof GraphError) || (error.status >= 500 && !(error instanceof OrderedFault))) return undefined;
  try {
    return await explainRefusal(call, findings, error);
  } catch (failure) {
    // The refusal stands, whatever becomes of its explanation.
    const text = failure instanceof Error ? failure.stack : String(failure);
    installation.world.log('error', 'server.bug', { traceId: call.traceId, error: text });
    return undefined;
  }
}

/** Explains why an answer shows nothing; undefined where it shows something. */
export function whyItIsShort(call: GraphRequest, findings: Findings, value: unknown): Promise<Explanation> | undefined {
  return isEmptyList(value) ? explainAnswer(call, findings, value) : undefined;
}

/** The checks as messages of `__debug__`: causes are warnings, what was looked at besides is information. */
export const messagesOf = (why: Explanation | undefined): DebugMessage[] =>
  (why?.checks ?? []).map(({ state, message, repair }) => ({
    type: state === 'cause' ? 'warning' : 'info',
    message: repair === undefined ? message : `${message} ${repair}`,
  }));

/** Calls that no app can be named for are not kept: strangers write nothing. */
export function logCall(
  installation: Installation,
  call: GraphRequest,
  { context }: Findings,
  outcome: { status: number; why: Explanation | undefined },
): void {
  const viewer = context?.viewer;
  const appId = viewer ? (viewer.dashboard ? undefined : viewer.app?.id) : AppId.parse(call.rejected?.appId ?? '');
  if (appId !== undefined) installation.callLog.add(appId, call, { time: installation.world.clock.now(), ...outcome });
}
