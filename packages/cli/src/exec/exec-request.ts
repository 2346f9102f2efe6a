// This is one order to `hallpass exec`, with everything that was checked before the command starts. It is plain data: a
// sealed run hands it to the process inside.
import { type Random, randomHex } from '@hallpass/protocol/clock';
import { type OptionalShape, shape } from '@hallpass/protocol/json';
import type { LogLevel } from '@hallpass/world';
import { CONTROL_TOKEN, EMULATOR_URL, WORLD } from '../control/control-variables.ts';
import type { JoinedEmulator } from './worlds/joined-emulator.ts';

interface RecordOrder {
  file: string;
  /** The address that is asked in the place of Meta's hosts. */
  service?: string;
}

export interface ExecRequest {
  command: string[];
  /** The seed file of the world; undefined for the demo world. */
  seed?: string;
  /** The emulator to join; undefined for a world of the command's own. */
  join?: JoinedEmulator;
  /** The file that answers of the real service are recorded in; undefined where Hallpass answers. */
  record?: RecordOrder;
  passthrough: boolean;
  /** Loopback ports of the machine that the command may reach in sealed mode. */
  open: number[];
  /** From this level up the log is printed; not at all where it is undefined. */
  logLevel?: LogLevel;
  summary: 'words' | 'json' | 'none';
}

const text: OptionalShape<string | undefined> = shape.optional(shape.text);

export const execRequestShape = shape.object<ExecRequest>({
  command: shape.listOf(shape.text),
  seed: text,
  join: shape.optional(shape.object<JoinedEmulator>({ url: shape.text, world: text, token: text })),
  record: shape.optional(shape.object<RecordOrder>({ file: shape.text, service: text })),
  passthrough: shape.boolean,
  open: shape.listOf(shape.number),
  logLevel: shape.optional(shape.oneOf('debug', 'info', 'warn', 'error')),
  summary: shape.oneOf('words', 'json', 'none'),
});

/** Names that are drawn for one run. */
export interface RunNames {
  /** It stands in the environment of all that the run starts. */
  mark: string;
  controlToken: string;
}

export const runNamesShape = shape.object<RunNames>({ mark: shape.text, controlToken: shape.text });

export const drawNames = (random: Random): RunNames => ({
  mark: randomHex(random, 8),
  controlToken: randomHex(random, 16),
});

/** Tells the command where the emulator itself is, and how to move its clock. @param url where this process listens */
export function controlVariables(
  join: JoinedEmulator | undefined,
  { controlToken }: RunNames,
  url: string,
): Record<string, string | undefined> {
  const token = join ? join.token : controlToken;
  return { [EMULATOR_URL]: url, [CONTROL_TOKEN]: token, [WORLD]: join?.world };
}

/** The port of an address. */
export const portOf = (url: string): number => Number(new URL(url).port) || 80;
