// This is one order to `hallpass exec`, with everything that was checked before the command starts.
import type { Seed } from '@hallpass/emulator';
import type { Outside } from '../surroundings/outside.ts';

export interface ExecRequest {
  command: readonly string[];
  seed: Seed | undefined;
  /** The emulator to join; undefined for a world of the command's own. */
  join: URL | undefined;
  passthrough: boolean;
  /** Loopback ports of the machine that the command may reach in sealed mode. */
  open: readonly number[];
  /** The authority may sign for these hosts, and those below them. */
  scope: readonly string[];
  /** Names this run in the environment of all that it starts. */
  mark: string;
  controlToken: string;
  log: ReturnType<Outside['log']>['log'];
  /** Tells the command where the emulator itself is, and how to move its clock. */
  controlVariables(url: string): Record<string, string>;
}
