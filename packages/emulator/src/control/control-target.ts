// A call of the control interface is about a world, and may be about all of them.
import type { MailServerOfWorlds } from '../inbox/mail-server-of-worlds.ts';
import type { EmulatedWorld } from '../worlds/emulated-world.ts';
import type { Worlds } from '../worlds/worlds.ts';
import type { ConsoleKeys } from './console-keys.ts';

export interface ControlTarget {
  /** The world that the header or the host of the call names; the main one where none is named. */
  readonly world: EmulatedWorld;
  readonly worlds: Worlds;
  readonly keys: ConsoleKeys;
  readonly mailServer: Pick<MailServerOfWorlds, 'address' | 'open'>;
  /** The address that was called, without a path, e.g. `http://localhost:4000`. */
  readonly base: string;
}
