// Copy Debug Information: what a request for support needs.
import { shellQuoted } from '../../../graph/curl.ts';
import type { SentCall } from '../state.ts';

/** The text says where and when a call was made and what was answered, and never with which token. */
export function debugInformation(
  call: SentCall,
  answer: { status: number; headers: readonly (readonly [string, string])[]; text: string },
  graph: string,
): string {
  const headers = answer.headers.filter(
    ([name]) =>
      name.startsWith('x-fb-') || name === 'facebook-api-version' || name === 'www-authenticate' || name === 'date',
  );
  return [
    `${call.method} ${graph}/${call.version}/${call.path}`,
    ...Object.keys(call.params).map((name) => `  with ${shellQuoted(name)}`),
    `Status: ${answer.status}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    answer.status >= 400 ? answer.text : '',
  ]
    .join('\n')
    .trimEnd();
}
