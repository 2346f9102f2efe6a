// The control interface needs these things of a world.
import type { Installation } from '@hallpass/server';
import type { EmulatorClock } from '../clock.ts';
import type { FaultOrders } from '../fault-orders.ts';
import type { Seed } from '../seed/read.ts';

export interface ControlledWorld {
  readonly clock: EmulatorClock;
  readonly seed: Seed;
  readonly faults: FaultOrders;
  /** The installation of the world as it is now. */
  installation(): Installation;
  reset(): Promise<void>;
  /** Is called after the clock was moved. */
  moved(): void;
}
