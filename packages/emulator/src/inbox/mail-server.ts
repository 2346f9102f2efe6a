// The mail server of the emulator: it takes every mail, for whomever it is, and puts it into an inbox. It sends none on.
// Its code is loaded when it is opened.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { callbackify } from 'node:util';
import type { SMTPServer, SMTPServerDataStream, SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import type { Inbox } from './inbox.ts';

export interface MailServerAddress {
  /** `smtp://localhost:1025` */
  readonly url: string;
  readonly port: number;
}

export interface OpenMailServer extends MailServerAddress {
  close(): Promise<void>;
}

/** Larger mails are refused with 552. */
const LARGEST = 4 * 1024 * 1024;
/** Connections at a time. */
const MOST_CLIENTS = 50;

/**
 * @param inboxOf the inbox for a client that has logged in with this name, or not at all; any password is taken
 * @throws the error of the socket where the port cannot be had
 */
export async function openMailServer(
  { host, port }: { host: string; port: number },
  inboxOf: (user: string | undefined) => Inbox,
): Promise<OpenMailServer> {
  const { SMTPServer } = await import('smtp-server');
  const take = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> => {
    const source = await bytesOf(stream);
    if (!source) throw Object.assign(new Error(`A mail has at most ${LARGEST} bytes here`), { responseCode: 552 });
    inboxOf(session.user).receive(
      source,
      session.envelope.rcptTo.map(({ address }) => address),
    );
  };
  const options: SMTPServerOptions = {
    banner: 'Hallpass emulator: mail is kept here, and goes nowhere',
    size: LARGEST,
    maxClients: MOST_CLIENTS,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    authOptional: true,
    disableReverseLookup: true,
    onAuth: ({ username = '' }, _session, done) => done(null, { user: username }),
    onData: (stream, session, done) => callbackify(take)(stream, session, done),
  };
  const first = await listening(new SMTPServer(options), host, port);
  const servers = [first];
  const { port: bound } = first.server.address() as AddressInfo;
  if (host === '127.0.0.1') {
    // A machine without IPv6 has one address alone.
    const second = await listening(new SMTPServer(options), '::1', bound).catch(() => undefined);
    if (second) servers.push(second);
  }
  return {
    url: `smtp://localhost:${bound}`,
    port: bound,
    close: async () => {
      await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
    },
  };
}

async function listening(server: SMTPServer, host: string, port: number): Promise<SMTPServer> {
  // A connection that breaks off concerns nobody else.
  server.on('error', () => undefined);
  server.listen(port, host);
  await once(server.server, 'listening');
  return server;
}

/** @returns undefined for more than is taken: the rest is read and thrown away, so that the client hears the refusal */
async function bytesOf(stream: SMTPServerDataStream): Promise<Uint8Array | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    length += part.length;
    if (length <= LARGEST) parts.push(part);
  }
  return length <= LARGEST ? Buffer.concat(parts) : undefined;
}
