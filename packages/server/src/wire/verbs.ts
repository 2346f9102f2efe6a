// These are the verbs of the Graph, and what is said of others: PUT and PATCH are methods that no call has, anything
// else is nothing that is served here. Sources: mediacloud/backend#810 for the words; 405 for what nobody serves is
// ours (threats IV-10).
import { type GraphError, graphError } from '@hallpass/protocol';

/** The `Allow` header of the Graph. */
export const servedVerbs = 'GET, POST, DELETE, HEAD, OPTIONS';

const served: ReadonlySet<string> = new Set(['GET', 'POST', 'DELETE', 'HEAD']);
const ofOthers: ReadonlySet<string> = new Set(['PUT', 'PATCH']);

/** @param method a verb, in any case */
export function unsupported(method: string): GraphError {
  const name = { method: method.toLowerCase() };
  return served.has(method.toUpperCase()) || ofOthers.has(method.toUpperCase())
    ? graphError('object.unsupported', name)
    : graphError('param.method', name);
}

/** @throws GraphError object.unsupported | param.method for a verb that no call has */
export function demandVerb(method: string): void {
  if (!served.has(method)) throw unsupported(method);
}
