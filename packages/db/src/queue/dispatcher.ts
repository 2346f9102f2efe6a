// A dispatcher works on a queue of the database: after a commit that added to it, when a retry falls due, and now and
// then in case another node left something behind. Lines go side by side, so a slow receiver holds up nobody else's.
import type { Clock, Timer } from '@hallpass/protocol';
import type { Wall } from '@hallpass/protocol';
import type { QueueTime } from './queue-table.ts';

export interface DispatcherOptions<Line> {
  /** Rows fall due by this clock. */
  clock: Clock;
  wall: Wall;
  /** Lines that are worked on at a time. */
  mostLines: number;
  /** Milliseconds of real time between looks for what others left behind. */
  round: number;
  dueLines(time: QueueTime, limit: number): Promise<Line[]>;
  nextDue(wall: number): Promise<number | undefined>;
  /** A text that is the same for the same line. */
  keyOf(line: Line): string;
  /** Works on a line until nothing of it is due. @param stopped asked before each take */
  work(line: Line, stopped: () => boolean): Promise<void>;
  /** Told of what was thrown; the next round tries again. */
  failed(error: unknown): void;
}

export class Dispatcher<Line> {
  readonly #options: DispatcherOptions<Line>;
  readonly #working = new Map<string, Promise<void>>();
  readonly #round: { cancel(): void };
  /** Lines that were due at the last look and found no room yet: a long backlog is not read anew for each of them. */
  #ready: Line[] = [];
  #looking: Promise<void> | undefined;
  #again = false;
  #stopped = false;
  #timer: { at: number; timer: Timer } | undefined;

  constructor(options: DispatcherOptions<Line>) {
    this.#options = options;
    this.#round = options.wall.every(options.round, () => void this.look());
    void this.look();
  }

  /** Begins with whatever is due; a look that is under way looks once more. */
  look(): Promise<void> {
    this.#again = true;
    this.#looking ??= this.#looks().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Resolves when nothing is being worked on. */
  async idle(): Promise<void> {
    while (this.#looking || this.#working.size > 0) await Promise.all([this.#looking, ...this.#working.values()]);
  }

  /** Begins nothing new and waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#timer?.timer.cancel();
    this.#timer = undefined;
    this.#round.cancel();
    await this.idle();
  }

  async #looks(): Promise<void> {
    const { clock, wall, dueLines, nextDue, mostLines, failed } = this.#options;
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        const now = clock.now();
        this.#ready = await dueLines({ now, wall: wall.now() }, mostLines * 20);
        this.#fill();
        this.#wakeAt(await nextDue(wall.now()), now);
      }
    } catch (error) {
      failed(error);
    }
  }

  /** Begins with lines as long as there is room. */
  #fill(): void {
    while (this.#working.size < this.#options.mostLines && !this.#stopped) {
      const line = this.#ready.shift();
      if (line === undefined) return;
      this.#begin(line);
    }
  }

  #begin(line: Line): void {
    const { keyOf, work, failed } = this.#options;
    const key = keyOf(line);
    if (this.#working.has(key)) return;
    const worked = work(line, () => this.#stopped)
      .catch(failed)
      .then(() => {
        this.#working.delete(key);
        if (this.#ready.length > 0) return this.#fill();
        // Rows that were queued meanwhile are taken up now.
        void this.look();
      });
    this.#working.set(key, worked);
  }

  #wakeAt(due: number | undefined, now: number): void {
    // A row that is due already has no room, or was just begun: its end looks again.
    if (this.#stopped || due === undefined || due <= now || due === this.#timer?.at) return;
    this.#timer?.timer.cancel();
    const timer = this.#options.clock.at(due, async () => {
      this.#timer = undefined;
      await this.look();
      await this.idle();
    });
    this.#timer = { at: due, timer };
  }
}
