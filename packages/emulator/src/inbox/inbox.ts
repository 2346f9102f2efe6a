// The inbox of a world: mails of the platform, and of programs that send to the mail server of the emulator. No mail leaves
// this process.
import type { Mail, Mailer, Settings, World } from '@hallpass/server';
import { type Random, randomHex } from '@hallpass/protocol';
import { composeMail } from '@hallpass/world';
import { KeptList } from '../kept-list.ts';
import { type MailContent, readMail } from './read-mail.ts';

interface StoredMail {
  /** Nobody can guess it: the document of the mail is shown at an address that has it. */
  readonly key: string;
  /** Epoch seconds by the clock of the world. */
  readonly time: number;
  /** The people that it was sent to, whatever its head says. */
  readonly recipients: readonly string[];
  readonly source: Uint8Array;
}

/** A mail that has arrived, as it can be read. */
export interface ReceivedMail extends MailContent {
  /** Higher than that of every mail before it. */
  id: number;
  /** Epoch seconds by the clock of the world. */
  time: number;
  recipients: string[];
  /** The bytes as they came. */
  source: Uint8Array;
  key: string;
}

/** Finds a mail; what is left out fits every mail. */
export interface MailFilter {
  /** The address that it was sent to. */
  to?: string;
  /** Stands in its subject, in small or capital letters. */
  subject?: string;
  /** Only mails with a higher id. */
  after?: number;
}

/** No such mail came in time. */
export class NoMail extends Error {
  override readonly name = 'NoMail';
}

/** The oldest mails are forgotten beyond this many, and beyond this many bytes. */
const MOST = 500;
const HEAVIEST = 32 * 1024 * 1024;

interface Around {
  now(): number;
  wall: Pick<World['wall'], 'every' | 'ms'>;
  random: Random;
  /** The sender of the mails of the platform. */
  from: string;
}

export const senderOf = ({ mailFrom }: Settings): string => mailFrom ?? 'hallpass@localhost';

export class Inbox implements Mailer {
  readonly #around: Around;
  readonly #kept: KeptList<StoredMail>;
  readonly #read = new WeakMap<Uint8Array, Promise<MailContent>>();

  constructor(around: Around) {
    this.#around = around;
    this.#kept = new KeptList<StoredMail>(
      { most: MOST, heaviest: HEAVIEST, weigh: ({ source }) => source.length },
      around.wall,
    );
  }

  /** Takes a mail of the platform. */
  async send(mail: Mail): Promise<{ ms: number }> {
    const begun = this.#around.wall.ms();
    this.receive(await composeMail(mail, this.#around.from, this.#around.now()), [mail.to]);
    return { ms: this.#around.wall.ms() - begun };
  }

  /** Takes a mail as it came. */
  receive(source: Uint8Array, recipients: readonly string[]): void {
    const key = randomHex(this.#around.random, 16);
    this.#kept.add({ key, time: this.#around.now(), recipients, source });
  }

  /** The mails after this one, oldest first. */
  async list(after = 0): Promise<ReceivedMail[]> {
    return Promise.all(this.#kept.list(after).map((mail) => this.#opened(mail)));
  }

  /** The mails after this one, as soon as there is one, and none after so many milliseconds. */
  async wait(after: number, ms: number): Promise<ReceivedMail[]> {
    await this.#kept.wait(after, ms);
    return this.list(after);
  }

  async get(id: number): Promise<ReceivedMail | undefined> {
    const mail = this.#kept.get(id);
    return mail && this.#opened(mail);
  }

  /** The mail with this key, where it is kept. */
  async byKey(key: string): Promise<ReceivedMail | undefined> {
    const mail = this.#kept.list().find((one) => one.key === key);
    return mail && this.#opened(mail);
  }

  /**
   * The first mail that fits, which may have come already.
   * @param ms how long to wait for it
   * @throws NoMail where none came, with what came in its place
   */
  async waitFor({ to, subject, after = 0 }: MailFilter = {}, ms = 5000): Promise<ReceivedMail> {
    const { wall } = this.#around;
    const end = wall.ms() + ms;
    const fits = (mail: ReceivedMail): boolean =>
      (to === undefined || mail.recipients.some((one) => one.toLowerCase() === to.toLowerCase())) &&
      (subject === undefined || mail.subject.toLowerCase().includes(subject.toLowerCase()));
    const others: string[] = [];
    for (let seen = after; ; ) {
      const left = end - wall.ms();
      const mails = await this.wait(seen, left);
      const found = mails.find(fits);
      if (found) return found;
      others.push(...mails.map((mail) => `“${mail.subject}” to ${mail.recipients.join(', ')}`));
      seen = mails.at(-1)?.id ?? seen;
      if (left <= 0)
        throw new NoMail(
          `No such mail came within ${ms} ms; ${others.length === 0 ? 'none came at all' : `there came ${others.join('; ')}`}.`,
        );
    }
  }

  /** Empties it. @returns how many mails there were */
  clear(): number {
    const { length } = this.#kept.list();
    this.#kept.clear();
    return length;
  }

  async #opened({ id, key, time, recipients, source }: StoredMail & { id: number }): Promise<ReceivedMail> {
    const known = this.#read.get(source) ?? readMail(source);
    this.#read.set(source, known);
    return { ...(await known), id, key, time, recipients: [...recipients], source };
  }
}
