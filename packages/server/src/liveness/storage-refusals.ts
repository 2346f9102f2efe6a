// This module decides what an error of the database means for a request. Everything else that is thrown is a mistake of
// ours.
import { StorageUnavailable, UnstorableValue } from '@hallpass/db';
import { type GraphError, graphError } from '@hallpass/protocol';

/** The refusal for an error of the database; undefined for one that it does not explain. */
export function storageRefusal(error: unknown): GraphError | undefined {
  if (error instanceof StorageUnavailable) return graphError('server.away');
  // It came from the request, past a check that should have been made earlier: refused, with nothing asked or changed.
  if (error instanceof UnstorableValue) return graphError('param.unstorable');
  return undefined;
}
