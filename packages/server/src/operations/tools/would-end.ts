// POST would_end: what a call of the dashboard would end, for the sentence before its button. The call is carried out and
// taken back, so the sentence is about what it does and not about what somebody once wrote down. Not a call of the real
// service.
import { dashboard } from '@hallpass/protocol';
import { callInside, callText } from '../../graph/language/call-inside.ts';
import type { Context } from '../../graph/language/context.ts';
import { answerCall } from '../../graph/index.ts';
import { param } from '../../graph/language/params.ts';
import { operation } from '../../graph/language/schema.ts';
import type { Viewer } from '../../graph/authentication/viewer.ts';
import { nothingEnds, wouldEnd } from '../../graph/would-end.ts';
import { Rehearsed, rehearsalOf } from '../../liveness/rehearsal.ts';

export const wouldEndOperation = operation('POST', 'would_end', {
  doc: 'What a call through the dashboard would end: tokens, sessions, invitations, by number, with the apps and Pages that they are about. Nothing is changed by it. A call that would be refused is refused here alike.',
  source: 'ours',
  needs: dashboard,
  params: {
    call: callText,
    call_method: param.text('The method of the call.', { required: true, oneOf: ['POST', 'DELETE'] }),
  },
  async run(context, { call, call_method: method }) {
    const { installation, graph, tab, parse } = context;
    const inner = await callInside(context, { call, method });
    try {
      await answerCall(rehearsalOf(installation), graph, inner, async () => trusted(context), tab, { parse });
    } catch (error) {
      if (error instanceof Rehearsed) return wouldEnd(context, error.change);
      throw error;
    }
    return nothingEnds;
  },
});

/** The viewer as if the password had been given: it is asked for when the act itself is done. */
function trusted({ viewer, now }: Context): Viewer {
  return viewer.dashboard === undefined ? viewer : { ...viewer, dashboard: { ...viewer.dashboard, provenAt: now } };
}
