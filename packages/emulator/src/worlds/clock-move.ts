// Moves the clock of a world and tells what happened in that time: what ran because it fell due, what ended by time alone.
import type { World } from '@hallpass/server';
import type { EmulatorClock } from '../clock.ts';
import type { Endings, Happening } from './endings.ts';

/** Happenings that one move tells of. */
const MOST = 1000;

export class ClockMoves {
  readonly #clock: EmulatorClock;
  readonly #endings: Endings;
  /** Collects what is logged while the clock moves; undefined while it does not. */
  #logged: Happening[] | undefined;

  constructor(clock: EmulatorClock, endings: Endings) {
    this.#clock = clock;
    this.#endings = endings;
  }

  /** The same log, looked at while the clock moves. */
  watched(log: World['log']): World['log'] {
    return (level, what, facts = {}) => {
      if (this.#logged && this.#logged.length < MOST && level !== 'debug')
        this.#logged.push({ time: this.#clock.now(), what, facts });
      log(level, what, facts);
    };
  }

  /** @returns what happened while `move` ran, in the order of its moments */
  async during(move: () => Promise<void>): Promise<Happening[]> {
    await this.#clock.underWay();
    const logged: Happening[] = [];
    this.#logged = logged;
    const from = this.#clock.now();
    try {
      await move();
    } finally {
      this.#logged = undefined;
    }
    const ended = await this.#endings.between(from, this.#clock.now());
    return [...logged, ...ended].toSorted((a, b) => a.time - b.time).slice(0, MOST);
  }

  /** Moves to the moment at which the next token expires, or the next data access ends. @returns undefined where none does */
  async toNextExpiry(): Promise<Happening[] | undefined> {
    const next = await this.#endings.next(this.#clock.now());
    return next && this.during(() => this.#clock.set(next.time));
  }
}
