// This is one order to `hallpass exec`, with everything that was checked before the command starts.
import type { Seed } from '@hallpass/emulator';
import { CONTROL_TOKEN, EMULATOR_URL, WORLD } from '../control/control-variables.ts';
import type { Outside } from '../surroundings/outside.ts';
import type { JoinedEmulator } from './joined-emulator.ts';

export interface ExecRequest {
  command: readonly string[];
  seed: Seed | undefined;
  /** The emulator to join; undefined for a world of the command's own. */
  join: JoinedEmulator | undefined;
  passthrough: boolean;
  /** Loopback ports of the machine that the command may reach in sealed mode. */
  open: readonly number[];
  /** The authority may sign for these hosts, and those below them. */
  scope: readonly string[];
  /** Names this run in the environment of all that it starts. */
  mark: string;
  controlToken: string;
  log: ReturnType<Outside['log']>['log'];
}

/** Tells the command where the emulator itself is, and how to move its clock. @param url where this process listens */
export function controlVariables(
  { join, controlToken }: Pick<ExecRequest, 'join' | 'controlToken'>,
  url: string,
): Record<string, string | undefined> {
  const token = join ? join.token : controlToken;
  return { [EMULATOR_URL]: url, [CONTROL_TOKEN]: token, [WORLD]: join?.world };
}
