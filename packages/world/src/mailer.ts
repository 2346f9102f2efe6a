// This module is the way out to the mail server. A password goes over TLS alone: with `smtps:` from the start, with
// `smtp:` after STARTTLS, which is insisted on unless the server is this machine. nodemailer is loaded at the first
// mail.
import { isIP } from 'node:net';
import { mayReach } from './reachable.ts';
import type { Mail, Mailer, MailFault, Wall } from './world.ts';

export interface MailServer {
  host: string;
  port: number;
  /** `start`: TLS from the first byte. `upgrade`: STARTTLS, or no mail. `none`: this machine alone. */
  tls: 'start' | 'upgrade' | 'none';
  user?: string;
  password?: string;
}

/** Milliseconds that each step of one mail may take: to connect, to be greeted, to be answered. */
const STEP = 10_000;

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

/** @param from the sender of every mail */
export function createMailer({
  server,
  from,
  wall,
}: {
  server: MailServer;
  from: string;
  wall: Pick<Wall, 'ms'>;
}): Mailer {
  const { host, port, tls, user, password } = server;
  const domain = from.slice(from.lastIndexOf('@') + 1);
  async function deliver({ id, to, subject, text }: Mail): Promise<void> {
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      host,
      port,
      secure: tls === 'start',
      requireTLS: tls === 'upgrade',
      ignoreTLS: tls === 'none',
      ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
      connectionTimeout: STEP,
      greetingTimeout: STEP,
      socketTimeout: STEP,
      // A mail is text that we wrote: nothing is fetched for it from files or the network.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    try {
      await transport.sendMail({
        from,
        to,
        subject,
        text,
        messageId: `<${id}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } finally {
      transport.close();
    }
  }
  return {
    async send(mail) {
      const begun = wall.ms();
      try {
        await deliver(mail);
        return { ms: wall.ms() - begun };
      } catch (error) {
        return { ms: wall.ms() - begun, fault: faultOf(error) };
      }
    },
  };
}

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
