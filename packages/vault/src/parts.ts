// The rooms of the vault are handed these parts of an open vault: a function takes those that it uses.
import type { Fetch } from '@hallpass/client';
import type { Database } from '@hallpass/db';
import type { BaseWorld } from '@hallpass/world';
import type { Keyring } from './keys/keyring.ts';
import type { Tally } from './monitoring/metrics.ts';
import type { VaultSettings } from './settings.ts';
import type { ConnectionKey } from './store/connections.ts';
import type { VaultSchema } from './store/schema.ts';

export interface VaultParts {
  db: Database<VaultSchema>;
  keys: Keyring;
  world: BaseWorld;
  settings: VaultSettings;
  /** The way to the servers that tokens are for. */
  fetch: Fetch;
  /** Counts what this process does, for monitoring. */
  tally: Tally;
  /** Has to be called after every change of a connection: what was read of it a moment ago counts no more. */
  forget(key: ConnectionKey): void;
}
