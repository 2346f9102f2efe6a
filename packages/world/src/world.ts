// A program needs these things of its surroundings: time, chance, log, calls to other servers. Servers and stores are
// handed these, so that a test or the emulator can hand them others.
import type { Clock, Random, Wall } from '@hallpass/protocol';

export type { Wall };

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
/** Writes one line. `facts` never hold a token, secret, code, e-mail address or full URL. */
export type Log = (level: LogLevel, message: string, facts?: Record<string, unknown>) => void;

/** A request to the server of an app. */
export interface OutboundRequest {
  method: 'GET' | 'POST';
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** `public`: https to addresses of the open network. `local`: this machine alone, http too. `any`: no fence. */
  reach: 'public' | 'local' | 'any';
  /** Only the beginning of a long answer is wanted: what is beyond the limit is left unread, and no fault. */
  beginning?: true;
}

/** The reason why there is no answer; `busy` when nothing was tried, because too much is under way to this host. */
export type OutboundFault = 'address' | 'unreachable' | 'tls' | 'timeout' | 'too_large' | 'busy';

/**
 * The answer that came back; `reason` is the text of the status line. A redirect is an answer like any other: it is not
 * followed.
 */
export type OutboundAnswer = { ms: number } & (
  | { status: number; reason: string; body: string; fault?: undefined }
  | { fault: OutboundFault }
);

/** The fenced way out (threats RL-18): time, size and addresses are bounded. Never rejects. */
export interface Outbound {
  send(request: OutboundRequest): Promise<OutboundAnswer>;
}

/** A mail to one person, as plain text, and as HTML too where there is any. */
export interface Mail {
  /** The same for every try, so that a receiver can tell a second copy. */
  id: string;
  to: string;
  subject: string;
  text: string;
  /** A document that says what `text` says. */
  html?: string;
  /** An https address by which the receiver gets no more of these mails, with one POST to it (RFC 8058). */
  unsubscribe?: string;
}

/**
 * The reason why the mail server did not take a mail; `refused` when it said no, `busy` when nothing was tried, because
 * too many are under way.
 */
export type MailFault = 'unreachable' | 'tls' | 'timeout' | 'refused' | 'busy';

export interface MailAnswer {
  ms: number;
  fault?: MailFault;
  /** The reply code of the mail server, where it gave one: 450, 550. */
  status?: number;
}

/** The way to the mail server: time and connections are bounded. Never rejects. */
export interface Mailer {
  send(mail: Mail): Promise<MailAnswer>;
}

export interface BaseWorld {
  /** Protocol time; the emulator may move it. */
  clock: Clock;
  wall: Wall;
  random: Random;
  /** The number of processors: bounds the password hashes made at a time. */
  parallelism: number;
  log: Log;
  /** Calls to the servers of apps. Without it this process sends none: what is queued waits for one that does. */
  outbound?: Outbound;
  /** Mails to people, where a mail server is set. Without it none is sent: there is nobody who would take them. */
  mail?: Mailer;
}
