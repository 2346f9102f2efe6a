// Everything the server does not make itself comes in here: time, chance, the outside, the log.
import type { BaseWorld } from '@hallpass/world';
import type { Faults } from './wire/faults.ts';
import type { TokenSpellings } from './wire/token-spellings.ts';

export type {
  Log,
  LogLevel,
  Mail,
  Mailer,
  MailFault,
  Outbound,
  OutboundAnswer,
  OutboundFault,
  OutboundRequest,
} from '@hallpass/world';

/** An emulator shows this to everybody on its machine: the world of a seed file, secrets included. */
export interface Demo {
  people: readonly { id: string; name: string; email: string; password: string; about: readonly string[] }[];
  apps: readonly { id: string; name: string; secret: string; mode: 'live' | 'development'; description: string }[];
}

/** The work that argon2id spends on one password. */
export interface HashCost {
  passes: number;
  /** Bytes. */
  memory: number;
}

/** One rule that was judged for a call with an access token. */
export interface PermissionJudgement {
  /** `GET /v25.0/me/accounts` */
  call: string;
  app: string | undefined;
  /** Permissions by which the rule was met. */
  used: string[];
  /** Permissions of which one more would have met it. */
  missing: string[];
}

/** The surroundings of a server, and what only the emulator and test builds set. */
export interface World extends BaseWorld {
  /** The built pages for developers and businesses. Without it they are not there. */
  console?: {
    /** The document of every page; `nonce` is what its scripts and styles carry. */
    html(nonce: string): string;
    /** By path below `/console/`. */
    assets: ReadonlyMap<string, { type: string; body: Uint8Array; brotli?: Uint8Array }>;
  };
  /** The built JavaScript SDK, each script as the text of one file. Without it there is none. */
  sdk?: {
    /** The script that pages of apps load; `__HALLPASS_SERVER__` in it stands for the addresses of the server. */
    script: string;
    /** The same, with its names and line breaks. */
    debug: string;
    /** The script of the relay page. */
    relay: string;
  };
  /** Only the emulator sets it: the people and apps of its world, for the first page of the console. */
  demo?: Demo;
  /** Only the emulator sets it, while refusals are ordered. */
  faults?: Faults | undefined;
  /** Only the emulator sets it: tokens of any length, for columns and fields that are too short for real ones. */
  tokenSpellings?: TokenSpellings;
  /**
   * The cost of a hash of a password. Only worlds that are gone with their process set it, the emulator's and those of
   * tests: they are full of passwords that everybody can read, and keep none.
   */
  passwordCost?: HashCost;
  /**
   * Only the emulator sets it: refusals say in the answer what was wrong (a proof that does not fit), and calls can be
   * traced.
   */
  explainRefusals?: boolean;
  /** Only the emulator sets it: is told by which permissions the rules of calls were met, or for which they failed. */
  judged?: ((judgement: PermissionJudgement) => void) | undefined;
  /** Only test builds set it: called with the name of each crash point. */
  crashPoint?: (name: string) => void;
}
