// This module makes a call as a document prints it, with its placeholders filled in.
import { type CallKey, statementOf } from './statements/index.ts';

/**
 * The path and query to send. Spaces that the print has inside go as `%20`, as a browser sends them.
 * @param values by placeholder, with its brackets where it has some
 */
export function printedCall(key: CallKey, values: Readonly<Record<string, string>>): string {
  let path = statementOf(key).call ?? '';
  // Longest first: USER-ACCESS-TOKEN is a part of SHORT-LIVED-USER-ACCESS-TOKEN.
  for (const name of Object.keys(values).toSorted((a, b) => b.length - a.length))
    path = path.replaceAll(name, () => values[name] ?? '');
  return (path.startsWith('/') ? path : `/${path}`).replaceAll(' ', '%20');
}
