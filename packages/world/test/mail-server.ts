// This is a real SMTP server on this machine for tests: it keeps the mails that it takes.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import { callbackify } from 'node:util';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

interface Post {
  port: number;
  /** Resolves with the next mail that nobody has taken yet. */
  next(): Promise<{ email: Email; to: string[]; secure: boolean }>;
  /** The number of mails that nobody has taken yet. */
  waiting(): number;
}

export async function mailServer(t: TestContext, options: SMTPServerOptions = {}): Promise<Post> {
  const mails: { email: Email; to: string[]; secure: boolean }[] = [];
  let arrived: (() => void) | undefined;
  const readMail = async (stream: Readable, session: SMTPServerSession): Promise<void> => {
    const email = await PostalMime.parse(Buffer.concat((await stream.toArray()) as Buffer[]));
    mails.push({ email, to: session.envelope.rcptTo.map(({ address }) => address), secure: session.secure });
    arrived?.();
  };
  const server = new SMTPServer({
    authOptional: true,
    onData: (stream, session, done) => callbackify(readMail)(stream, session, done),
    ...options,
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return {
    port: (server.server.address() as AddressInfo).port,
    waiting: () => mails.length,
    async next() {
      for (;;) {
        const mail = mails.shift();
        if (mail) return mail;
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
    },
  };
}
