// The world in which a command of `hallpass exec` runs has these parts, whichever kind of world it is.
import type { Duplex } from 'node:stream';
import type { Seed } from '@hallpass/emulator';
import type { Authority, Tunnel } from '@hallpass/emulator/front';
import type { HttpRequest, HttpResponse } from '@hallpass/server';
import type { LogLevel } from '@hallpass/world';
import type { Outside } from '../../surroundings/outside.ts';
import type { ExecRequest } from '../exec-request.ts';
import type { JoinedEmulator } from './joined-emulator.ts';

export interface ExecWorldOptions {
  /** It is asked for when the world is opened. */
  authority(): Promise<Authority>;
  /** The world to open; the demo world when it is not given. */
  seed?: Seed;
  /** The emulator to join instead. */
  join?: JoinedEmulator;
  /** Answers come from the real service, and are recorded. */
  record?: ExecRequest['record'];
  controlToken: string;
  /** Opens hosts that are not Meta's. */
  tunnel: Tunnel | undefined;
  /** Connects to the emulator that is joined, or to the service that is recorded. */
  connect?: Tunnel;
  outside: Outside;
  /** From this level up the log is printed; not at all where it is undefined. */
  logLevel?: LogLevel;
}

/** An open world: takes connections, and answers unnoted questions about tokens. */
export interface OpenWorld {
  accept(connection: Duplex, port?: 443 | 80): void;
  apps: readonly { id: string; secret: string }[];
  ask(request: HttpRequest): Promise<HttpResponse>;
  now(): number;
  close(): Promise<void>;
}
