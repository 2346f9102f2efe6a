// Browsers ask before they send Authorization or JSON to another origin. Graph answers are for every origin and never
// for cookies.
import type { HttpResponse } from '../wire/answer.ts';
import type { HttpRequest } from '../wire/call.ts';
import { servedVerbs } from '../wire/verbs.ts';

/** The answer to OPTIONS; undefined for every other verb. */
export function preflight(incoming: HttpRequest): HttpResponse | undefined {
  if (incoming.method !== 'OPTIONS') return undefined;
  return {
    status: 200,
    headers: {
      allow: servedVerbs,
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-headers': 'Authorization, Content-Type',
      'access-control-max-age': '86400',
      vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
    },
    body: '',
  };
}
