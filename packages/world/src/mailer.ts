// This module is the way out to the mail server. A password goes over TLS alone: with `smtps:` from the start, with
// `smtp:` after STARTTLS, which is insisted on unless the server is this machine. nodemailer is loaded at the first
// mail.
import { isIP, Socket } from 'node:net';
import type { Wall } from '@hallpass/protocol';
import { mayReach } from './reachable.ts';
import type { Mail, MailAnswer, Mailer, MailFault } from './world.ts';

export interface MailServer {
  host: string;
  port: number;
  /** `start`: TLS from the first byte. `upgrade`: STARTTLS, or no mail. `none`: this machine alone. */
  tls: 'start' | 'upgrade' | 'none';
  user?: string;
  password?: string;
}

/**
 * Bounds of one mail, and of what is under way at a time. `stepMs`: to connect, to be greeted, to be answered. `ms`: all of
 * it, so that a server that answers letter by letter holds nobody up.
 */
export const mailLimits = { stepMs: 10_000, ms: 30_000, together: 32 } as const;

/** Ports where the address names none: submission, and submission under TLS. */
const ports = { 'smtp:': 587, 'smtps:': 465 } as const;

/** Reads `smtp://` and `smtps://` addresses; undefined for what is none. */
export function readMailServer(text: string): MailServer | undefined {
  const url = URL.parse(text);
  if (
    !url ||
    (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') ||
    url.hostname === '' ||
    (url.pathname !== '' && url.pathname !== '/')
  )
    return undefined;
  const port = url.port === '' ? ports[url.protocol] : Number(url.port);
  const login =
    url.username === '' ? {} : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port, tls: tlsOf(url), ...login };
}

const tlsOf = ({ protocol, hostname }: URL): MailServer['tls'] => {
  if (protocol === 'smtps:') return 'start';
  return isThisMachine(hostname.replace(/^\[|\]$/g, '')) ? 'none' : 'upgrade';
};

const isThisMachine = (host: string): boolean => host === 'localhost' || (isIP(host) !== 0 && mayReach(host, 'local'));

interface MailerOptions {
  server: MailServer;
  /** The sender of every mail. */
  from: string;
  wall: Pick<Wall, 'ms' | 'every'>;
  /** Milliseconds that one mail may take; half a minute by default. */
  ms?: number;
}

export function createMailer({ server, from, wall, ms: longest = mailLimits.ms }: MailerOptions): Mailer {
  const { host, port, tls, user, password } = server;
  let underWay = 0;

  async function deliver(mail: Mail, socket: Socket): Promise<void> {
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      host,
      port,
      socket,
      secure: tls === 'start',
      requireTLS: tls === 'upgrade',
      ignoreTLS: tls === 'none',
      ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
      connectionTimeout: mailLimits.stepMs,
      greetingTimeout: mailLimits.stepMs,
      socketTimeout: mailLimits.stepMs,
      // A mail is text that we wrote: nothing is fetched for it from files or the network.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail(messageOf(mail, from));
    } finally {
      transport.close();
    }
  }

  async function send(mail: Mail): Promise<MailAnswer> {
    if (underWay >= mailLimits.together) return { ms: 0, fault: 'busy' };
    const begun = wall.ms();
    const took = (): number => wall.ms() - begun;
    const socket = new Socket();
    // The time may be over before the library listens to the socket: an error that nobody hears would end the process.
    socket.on('error', () => undefined);
    let late = false;
    const end = wall.every(longest, () => {
      late = true;
      socket.destroy(new Error('The mail took too long.'));
    });
    underWay++;
    try {
      await deliver(mail, socket);
      return { ms: took() };
    } catch (error) {
      const status = statusOf(error);
      return {
        ms: took(),
        fault: late ? 'timeout' : faultOf(error),
        ...(status === undefined ? {} : { status }),
      };
    } finally {
      underWay--;
      end.cancel();
      socket.destroy();
    }
  }
  return { send };
}

/** The mail as nodemailer takes it. */
const messageOf = ({ id, to, subject, text, html, unsubscribe }: Mail, from: string) => ({
  from,
  to,
  subject,
  text,
  ...(html === undefined ? {} : { html }),
  messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
  headers: {
    'Auto-Submitted': 'auto-generated',
    ...(unsubscribe === undefined
      ? {}
      : { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  },
});

/** The bytes of the mail, as a mail server would be given them. @param from the sender @param at epoch seconds */
export async function composeMail(mail: Mail, from: string, at: number): Promise<Uint8Array> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { message } = await transport.sendMail({ ...messageOf(mail, from), date: new Date(at * 1000) });
  return Buffer.isBuffer(message) ? message : Buffer.concat(await message.toArray());
}

const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number'
    ? error.responseCode
    : undefined;

const faults: Readonly<Record<string, MailFault>> = {
  ETIMEDOUT: 'timeout',
  ETLS: 'tls',
  EAUTH: 'refused',
  EENVELOPE: 'refused',
  EMESSAGE: 'refused',
};

function faultOf(error: unknown): MailFault {
  if (!(error instanceof Error)) return 'unreachable';
  const known = 'code' in error ? faults[String(error.code)] : undefined;
  // A certificate that is not believed comes under the code of any broken connection.
  return known ?? (/certificate|ssl|tls/i.test(error.message) ? 'tls' : 'unreachable');
}
