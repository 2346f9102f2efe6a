// A call of the control interface is about a world, and may be about all of them.
import type { EmulatedWorld } from '../worlds/emulated-world.ts';
import type { Worlds } from '../worlds/worlds.ts';

export interface ControlTarget {
  /** The world that the header or the host of the call names; the main one where none is named. */
  readonly world: EmulatedWorld;
  readonly worlds: Worlds;
}
