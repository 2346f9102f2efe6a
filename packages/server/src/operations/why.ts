// POST why: how the Graph would answer a call with a token, and why. The call is made for real as far as it changes nothing,
// so that the explanation comes from the rules themselves. Not a call of the real service.
import { all, any, anyone, given, GraphError, graphError, keysOf, token, tokenKinds, where } from '@hallpass/protocol';
import type { Context } from '../graph/language/context.ts';
import { Findings } from '../graph/authorisation/findings.ts';
import { answerCall, authenticateAnew } from '../graph/index.ts';
import { inspects } from '../graph/authorisation/inspects.ts';
import { param } from '../graph/language/params.ts';
import { operation } from '../graph/language/schema.ts';
import { explainAnswer, explainRefusal } from '../graph/why/explain.ts';
import type { GraphRequest, HttpRequest } from '../wire/call.ts';

const LONGEST_CALL = 4000;

export const why = operation('POST', 'why', {
  doc: 'Explains how a call with a token is answered: the rule that decides, and each cause that was looked at with its repair. Nothing is changed by it.',
  source: 'ours',
  needs: all(
    any(where('refusals_explained'), token(...keysOf(tokenKinds))),
    given('input_token', inspects('input_token'), anyone),
  ),
  params: {
    call: param.text('Path and parameters of the call, such as me/accounts?fields=name.', {
      required: true,
      max: LONGEST_CALL,
    }),
    call_method: param.text('The method of the call; GET without it.', { oneOf: ['GET', 'POST', 'DELETE'] }),
    input_token: param.secret('The token that makes the call; none without it.'),
    input_proof: param.secret('The appsecret_proof that comes with the call.'),
  },
  async run(context, { call, call_method: method, input_token, input_proof: proof }) {
    return explain(context, { call, method: method ?? 'GET', token: input_token, proof });
  },
});

interface Asked {
  call: string;
  method: string;
  token: string | undefined;
  proof: string | undefined;
}

async function explain(context: Context, asked: Asked) {
  const { installation, graph, tab } = context;
  const inner = await innerCall(context, asked);
  const findings = new Findings(true);
  try {
    const { value } = await answerCall(installation, graph, inner, authenticateAnew(installation), tab, {
      parse: context.parse,
      findings,
    });
    return await explainAnswer(inner, findings, value);
  } catch (error) {
    if (!(error instanceof GraphError) || error.status >= 500) throw error;
    return explainRefusal(inner, findings, error);
  }
}

/**
 * The call as it would come in, on the budget of the one that asks. @throws GraphError of the parser, where it is no
 * call
 */
async function innerCall(
  { call: outer, parse }: Context,
  { call, method, token, proof }: Asked,
): Promise<GraphRequest> {
  const [path, query] = splitOnce(call.replace(/^\/+/, ''), '?');
  const incoming: HttpRequest = {
    method: method === 'DELETE' ? 'DELETE' : method === 'POST' ? 'POST' : 'GET',
    host: new URL(outer.base).host,
    scheme: outer.base.startsWith('https:') ? 'https' : 'http',
    path: `/${path}`,
    query,
    headers: {},
    body: new Uint8Array(),
    address: outer.address,
  };
  const parsed = await parse(incoming, outer);
  // A token inside the call would be looked at by nobody; the one that was handed over makes it.
  if (parsed.credential !== undefined) throw graphError('token.two_credentials');
  return {
    ...parsed,
    credential: token === '' ? undefined : token,
    credentialPlace: token === undefined ? undefined : 'header',
    proof: proof ?? parsed.proof,
  };
}

function splitOnce(text: string, at: string): [string, string] {
  const place = text.indexOf(at);
  return place < 0 ? [text, ''] : [text.slice(0, place), text.slice(place + at.length)];
}
