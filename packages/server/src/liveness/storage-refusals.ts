// What an error of the database means for a request. Everything else that is thrown is a mistake of ours.
import { StorageAway, UnstorableValue } from '@hallpass/db';
import { type Refusal, refuse } from '@hallpass/protocol';

/** The refusal for an error of the database; undefined for one that it does not explain. */
export function storageRefusal(error: unknown): Refusal | undefined {
  if (error instanceof StorageAway) return refuse('server.away');
  // It came from the request, past a check that should have been made earlier: refused, with nothing asked or changed.
  if (error instanceof UnstorableValue) return refuse('param.unstorable');
  return undefined;
}
