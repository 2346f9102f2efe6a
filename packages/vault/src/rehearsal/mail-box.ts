// Takes the mails of a rehearsal: none of them leaves this process. A link in one leads nowhere, because it belongs to a
// vault that is gone when the rehearsal is over, so it is cut.
import type { Mail, MailAnswer, Mailer } from '@hallpass/world';

interface CollectedMail {
  /** Epoch seconds. */
  at: number;
  to: string;
  subject: string;
  text: string;
}

const links = /\/(reconnect|mail)\/\S+/g;

export class RehearsalMailBox implements Mailer {
  readonly mails: CollectedMail[] = [];
  readonly #now: () => number;

  /** @param now the clock of the rehearsal */
  constructor(now: () => number) {
    this.#now = now;
  }

  async send({ to, subject, text }: Mail): Promise<MailAnswer> {
    this.mails.push({ at: this.#now(), to, subject, text: text.replace(links, '/$1/…') });
    return { ms: 0, status: 250 };
  }
}
