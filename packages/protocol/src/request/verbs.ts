// These are the verbs of the Graph, and what is said of others: PUT and PATCH are methods that no call has, and so is
// whatever the parameter `method` or an item of a batch names. Another verb of HTTP is nothing that is served here.
// Sources: mediacloud/backend#810 for the words; 405 for what nobody serves is ours (threats IV-10).
import { type GraphError, graphError } from '../errors/refusal.ts';

/** The `Allow` header of the Graph. */
export const servedVerbs = 'GET, POST, DELETE, HEAD, OPTIONS';

const served: ReadonlySet<string> = new Set(['GET', 'POST', 'DELETE', 'HEAD']);
const ofOthers: ReadonlySet<string> = new Set(['PUT', 'PATCH']);

/** @param method a method that a parameter or an item of a batch names, in any case */
export const unsupported = (method: string): GraphError =>
  graphError('object.unsupported', { method: method.toLowerCase() });

/** @throws GraphError object.unsupported | param.method for a verb that no call has */
export function demandVerb(method: string, batchMember = false): void {
  if (served.has(method)) return;
  if (batchMember || served.has(method.toUpperCase()) || ofOthers.has(method)) throw unsupported(method);
  throw graphError('param.method', { method: method.toLowerCase() });
}
