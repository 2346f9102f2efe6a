// People can move this clock. Moving it forward runs every timer it passes, in order, before `advance` answers; a sweep
// that would have run in sixty days has then run.
import type { Clock, Timer } from '@hallpass/protocol';

interface Entry {
  at: number;
  /** Seconds between runs; 0 = once. */
  every: number;
  task: () => void | Promise<void>;
  order: number;
}

/** The position of a clock against real time, in seconds: kept with a world that is kept. */
export interface ClockPosition {
  offset: number;
  /** The moment at which time stands still. */
  frozen: number | undefined;
}

export class EmulatorClock implements Clock {
  /** The seconds that are added to real time; a frozen clock has a fixed moment instead. */
  #offset = 0;
  #frozen: number | undefined;
  #entries = new Set<Entry>();
  #order = 0;
  /** Moves happen one after another, each seeing the whole of the one before. */
  #moves: Promise<void> = Promise.resolve();
  readonly #real: () => number;
  /** Waits for the work that has begun: it ends at the moment at which it began, before the clock is moved. */
  readonly underWay: () => Promise<void>;

  /**
   * @param real real time in epoch seconds; @param at the moment to begin at, undefined = now; @param frozen whether
   * time stands still unless moved; @param underWay what `underWay` is
   */
  constructor(real: () => number, at?: number, frozen = false, underWay: () => Promise<void> = async () => {}) {
    this.#real = real;
    this.underWay = underWay;
    if (at !== undefined) this.#offset = at - real();
    if (frozen) this.#frozen = at ?? real();
  }

  now(): number {
    return this.#frozen ?? this.#real() + this.#offset;
  }

  every(seconds: number, task: Entry['task']): Timer {
    return this.#add({ at: this.now() + seconds, every: seconds, task, order: this.#order++ });
  }

  at(moment: number, task: Entry['task']): Timer {
    return this.#add({ at: moment, every: 0, task, order: this.#order++ });
  }

  get position(): ClockPosition {
    return { offset: this.#offset, frozen: this.#frozen };
  }

  /** Puts the clock where it once stood, without running anything. */
  place({ offset, frozen }: ClockPosition): void {
    this.#offset = offset;
    this.#frozen = frozen;
  }

  get frozen(): boolean {
    return this.#frozen !== undefined;
  }

  /** Stops or restarts the flow of time at the present moment. */
  freeze(frozen: boolean): void {
    const now = this.now();
    this.#frozen = frozen ? now : undefined;
    this.#offset = now - this.#real();
  }

  /** Moves forward by `seconds`, running what falls due on the way, each at its own moment. */
  async advance(seconds: number): Promise<void> {
    if (!Number.isFinite(seconds) || seconds < 0)
      throw new RangeError('a clock is advanced by zero or more seconds; use set() to go back');
    await this.#inTurn(async () => {
      await this.underWay();
      await this.#moveTo(this.now() + Math.floor(seconds));
    });
  }

  /** Sets the moment. Going back runs nothing; what runs again and again then waits one interval from there. */
  async set(moment: number): Promise<void> {
    await this.#inTurn(async () => {
      await this.underWay();
      if (moment >= this.now()) return this.#moveTo(moment);
      this.#jump(moment);
      for (const entry of this.#entries) if (entry.every > 0) entry.at = Math.min(entry.at, moment + entry.every);
    });
  }

  /** The seconds by which this clock is ahead of real time, which is that of a program beside it; negative behind it. */
  get ahead(): number {
    return this.now() - this.#real();
  }

  /** Moves to so many seconds ahead of real time, or behind it where they are negative. */
  async setAhead(seconds: number): Promise<void> {
    const whole = Math.trunc(seconds);
    await this.set(this.#real() + whole);
    // Everything that ran on the way took real time.
    if (this.#frozen === undefined) this.#offset = whole;
  }

  /** Runs what real time has made due: the host calls it now and then. */
  async tick(): Promise<void> {
    await this.#inTurn(() => this.#runUntil(this.now(), false));
  }

  #inTurn(move: () => Promise<void>): Promise<void> {
    const done = this.#moves.then(move);
    this.#moves = done.catch(() => undefined);
    return done;
  }

  async #moveTo(moment: number): Promise<void> {
    await this.#runUntil(moment, true);
    this.#jump(moment);
  }

  #jump(moment: number): void {
    if (this.#frozen !== undefined) this.#frozen = moment;
    else this.#offset = moment - this.#real();
  }

  async #runUntil(moment: number, jump: boolean): Promise<void> {
    for (;;) {
      let next: Entry | undefined;
      for (const entry of this.#entries)
        if (entry.at <= moment && (!next || entry.at < next.at || (entry.at === next.at && entry.order < next.order)))
          next = entry;
      if (!next) return;
      if (jump && next.at > this.now()) this.#jump(next.at);
      if (next.every > 0) next.at += next.every;
      else this.#entries.delete(next);
      await next.task();
    }
  }

  #add(entry: Entry): Timer {
    this.#entries.add(entry);
    return { cancel: () => void this.#entries.delete(entry) };
  }
}
