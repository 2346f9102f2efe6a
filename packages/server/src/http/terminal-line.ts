// Answers that a person reads in a terminal end with a line end, so that the prompt does not stick to them.
import type { HttpResponse } from '../wire/answer.ts';
import type { HttpRequest } from '../wire/call.ts';

const isCurl = ({ headers }: HttpRequest): boolean => (headers['user-agent'] ?? '').startsWith('curl/');
const isJson = ({ headers }: HttpResponse): boolean =>
  String(headers['content-type'] ?? '').startsWith('application/json');

/** JSON for curl with a line end behind it, which means nothing to a program; any other answer as it is. */
export function withLineEnd(incoming: HttpRequest, answer: HttpResponse): HttpResponse {
  if (!isCurl(incoming) || !isJson(answer)) return answer;
  const { body, headers } = answer;
  const length = headers['content-length'];
  // The length that GET would have had.
  if (incoming.method === 'HEAD' && length !== undefined)
    return { ...answer, headers: { ...headers, 'content-length': String(Number(length) + 1) } };
  return typeof body === 'string' && body !== '' ? { ...answer, body: `${body}\n` } : answer;
}
