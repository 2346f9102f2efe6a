// This module writes one Graph call as a command for a shell. The token is a variable of that shell, never written out.
import type { GraphCall } from './calls.ts';

/** Text as one word of a POSIX shell. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

export interface CurlCall extends Pick<GraphCall, 'method' | 'path' | 'params'> {
  /** Base address of the Graph without a final slash. */
  graph: string;
}

/** @returns a command that reads the token from the variable `TOKEN` */
export function asCurl({ method, path, params, graph }: CurlCall): string {
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${shellQuoted(`${graph}${path}`)}`,
    '-H "Authorization: Bearer $TOKEN"',
  ];
  for (const [name, value] of Object.entries(params)) lines.push(`--data-urlencode ${shellQuoted(`${name}=${value}`)}`);
  return lines.join(' \\\n  ');
}
