// Sends what is queued for the servers of apps: after the commit, when a retry falls due, and now and then in case
// another node left something behind. Lines (one app, one kind) go side by side, so a slow receiver holds up nobody
// else's.
import type { Timer } from '@hallpass/protocol';
import type { Installation } from '../installation/installation.ts';
import { dueLines, type DeliveryQueue, nextDue } from '../store/outbox/outbox.ts';
import { sendLine } from './send-line.ts';

/** Lines that one node sends from at a time. */
const MOST_LINES = 64;
/** Milliseconds of real time between looks for what others left behind. */
const ROUND = 5000;

export class Delivering {
  readonly #installation: Installation;
  readonly #sending = new Map<string, Promise<void>>();
  readonly #ends: (() => void)[];
  #looking: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #timer: { at: number; timer: Timer } | undefined;

  constructor(installation: Installation) {
    this.#installation = installation;
    const round = installation.world.wall.every(ROUND, () => void this.look());
    this.#ends = [() => round.cancel(), installation.queued.listen(() => void this.look())];
    void this.look();
  }

  /** Begins to send whatever is due; a look that is under way looks once more. */
  look(): Promise<void> {
    this.#again = true;
    this.#looking ??= this.#looks().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Resolves when nothing is being sent. */
  async idle(): Promise<void> {
    while (this.#looking || this.#sending.size > 0) await Promise.all([this.#looking, ...this.#sending.values()]);
  }

  /** Begins nothing new and waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.timer.cancel();
    this.#timer = undefined;
    for (const end of this.#ends) end();
    await this.idle();
  }

  async #looks(): Promise<void> {
    const { db, world } = this.#installation;
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        const now = world.clock.now();
        const lines = await dueLines(db.read, now, world.wall.now(), MOST_LINES * 2);
        for (const line of lines) this.#begin(line);
        this.#wakeAt(await nextDue(db.read, world.wall.now()), now);
      }
    } catch (error) {
      world.log('warn', 'job.deliver.failed', { error: wordsOf(error) });
    }
  }

  #begin(line: DeliveryQueue): void {
    const key = `${line.appId} ${line.kind}`;
    if (this.#stopped || this.#sending.has(key) || this.#sending.size >= MOST_LINES) return;
    const sent = sendLine(this.#installation, line, () => this.#stopped)
      .catch((error: unknown) => this.#installation.world.log('warn', 'job.deliver.failed', { error: wordsOf(error) }))
      .then(() => {
        this.#sending.delete(key);
        // Deliveries that were queued meanwhile are taken up now, and lines that found no room.
        void this.look();
      });
    this.#sending.set(key, sent);
  }

  #wakeAt(due: number | undefined, now: number): void {
    // A delivery that is due already has no room, or was just begun: its end looks again.
    if (this.#stopped || due === undefined || due <= now || due === this.#timer?.at) return;
    this.#timer?.timer.cancel();
    const timer = this.#installation.world.clock.at(due, async () => {
      this.#timer = undefined;
      await this.look();
      await this.idle();
    });
    this.#timer = { at: due, timer };
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
