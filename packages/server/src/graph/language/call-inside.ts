// A call of the Graph that another call speaks about: to explain how it is answered, or to find out what it would end.
import { graphError } from '@hallpass/protocol';
import type { GraphRequest, HttpRequest } from '../../wire/call.ts';
import type { Context } from './context.ts';
import { param } from './params.ts';

const LONGEST_CALL = 4000;

export const callText = param.text('Path and parameters of the call, such as me/accounts?fields=name.', {
  required: true,
  max: LONGEST_CALL,
});
export const callMethod = param.text('The method of the call; GET without it.', { oneOf: ['GET', 'POST', 'DELETE'] });

/**
 * The call as it would come in, on the budget of the one that speaks about it.
 * @throws GraphError of the parser where it is no call, token.two_credentials where it brings a token
 */
export async function callInside(
  { call: outer, parse }: Context,
  { call, method }: { call: string; method: string },
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
  if (parsed.credential !== undefined) throw graphError('token.two_credentials');
  return parsed;
}

function splitOnce(text: string, at: string): [string, string] {
  const place = text.indexOf(at);
  return place < 0 ? [text, ''] : [text.slice(0, place), text.slice(place + at.length)];
}
