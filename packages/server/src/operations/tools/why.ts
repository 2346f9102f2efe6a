// POST why tells how the Graph would answer a call with a token, and why. The call is made for real as far as it
// changes nothing, so that the explanation comes from the rules themselves. Not a call of the real service.
import { all, any, anyone, given, GraphError, graphError, keysOf, token, tokenKinds, where } from '@hallpass/protocol';
import type { Context } from '../../graph/language/context.ts';
import { Findings } from '../../graph/authorisation/findings.ts';
import { answerCall, type Authenticate, authenticateAnew } from '../../graph/index.ts';
import { inspects } from '../../graph/authorisation/inspects.ts';
import { callInside, callMethod, callText } from '../../graph/language/call-inside.ts';
import { param } from '../../graph/language/params.ts';
import { operation } from '../../graph/language/schema.ts';
import { explainAnswer, explainRefusal } from '../../graph/why/explain.ts';
import type { GraphRequest } from '../../wire/call.ts';

export const why = operation('POST', 'why', {
  doc: 'Explains how a call with a token is answered: the rule that decides, and each cause that was checked with its fix. Nothing is changed.',
  source: 'ours',
  needs: all(
    any(where('refusals_explained'), token(...keysOf(tokenKinds))),
    given('input_token', inspects('input_token'), anyone),
  ),
  params: {
    call: callText,
    call_method: callMethod,
    input_token: param.secret('The token that makes the call; none without it.'),
    by_me: param.bool('In the dashboard: the person who asks makes the call there, in place of a token.'),
    input_proof: param.secret('The appsecret_proof that comes with the call.'),
  },
  async run(context, { call, call_method: method, input_token, input_proof: proof, by_me: byMe }) {
    if (byMe === true && (!context.viewer.dashboard || input_token !== undefined))
      throw graphError('param.invalid', { name: 'by_me' });
    const who = byMe === true ? async () => context.viewer : authenticateAnew(context.installation);
    return explain(context, { call, method: method ?? 'GET', token: input_token, proof, who });
  },
});

interface QuestionedCall {
  call: string;
  method: string;
  token: string | undefined;
  proof: string | undefined;
  /** Finds out on whose behalf the call is made. */
  who: Authenticate;
}

async function explain(context: Context, asked: QuestionedCall) {
  const { installation, graph, tab } = context;
  const inner = await innerCall(context, asked);
  const findings = new Findings(true);
  try {
    const { value } = await answerCall(installation, graph, inner, asked.who, tab, {
      parse: context.parse,
      findings,
    });
    return await explainAnswer(inner, findings, value);
  } catch (error) {
    if (!(error instanceof GraphError) || error.status >= 500) throw error;
    return explainRefusal(inner, findings, error);
  }
}

/** The call with the token that was handed over: it makes it, and one inside the call would be looked at by nobody. */
async function innerCall(
  context: Context,
  { call, method, token, proof }: Omit<QuestionedCall, 'who'>,
): Promise<GraphRequest> {
  const parsed = await callInside(context, { call, method });
  return {
    ...parsed,
    credential: token === '' ? undefined : token,
    credentialPlace: token === undefined ? undefined : 'header',
    proof: proof ?? parsed.proof,
  };
}
