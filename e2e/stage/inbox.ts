// A real SMTP server on this machine that keeps what it takes, for a journey that goes on from a mail.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { callbackify } from 'node:util';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { TestEnd } from './visitor.ts';

interface ReceivedMail {
  to: string[];
  subject: string;
  text: string;
  html: string;
}

interface Inbox {
  port: number;
  /** The next mail that nobody has taken yet. */
  next(): Promise<ReceivedMail>;
}

export async function openInbox(t: TestEnd): Promise<Inbox> {
  const mails: ReceivedMail[] = [];
  let arrived = (): void => undefined;
  const take = async (stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<void> => {
    const { subject = '', text = '', html = '' } = await PostalMime.parse(Buffer.concat(await stream.toArray()));
    mails.push({ to: envelope.rcptTo.map(({ address }) => address), subject, text, html });
    arrived();
  };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, done) => callbackify(take)(stream, session, done),
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  t.after(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return {
    port: (server.server.address() as AddressInfo).port,
    async next() {
      for (;;) {
        const mail = mails.shift();
        if (mail) return mail;
        const { promise, resolve } = Promise.withResolvers<void>();
        arrived = resolve;
        await promise;
      }
    },
  };
}
