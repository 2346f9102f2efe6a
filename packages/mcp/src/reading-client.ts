// The calls of a vault that the tools may make. No tool is handed the client itself, so what is not in this list cannot
// be called for an agent, whatever it asks: neither the call that shows a token, nor one that changes anything.
import type { VaultClient } from '@hallpass/vault/client';

const reading = ['me', 'overview', 'timeline', 'list', 'get', 'history', 'wouldEnd', 'scopes'] as const;

/** The calls that read. */
export type ReadingClient = Pick<VaultClient, (typeof reading)[number]>;

/** The call that asks people by mail, for an agent that may do so. */
export type AskingClient = Pick<VaultClient, 'askAgain'>;

/** The reading half of a client, as an object of its own. */
export const readingClient = ({
  me,
  overview,
  timeline,
  list,
  get,
  history,
  wouldEnd,
  scopes,
}: VaultClient): ReadingClient => ({
  me,
  overview,
  timeline,
  list,
  get,
  history,
  wouldEnd,
  scopes,
});
