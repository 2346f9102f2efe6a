// An app's server is asked at a pace: not beyond a budget of calls, slower the more of the allowance is used, and not at
// all for a while once it asks for fewer calls. Every item of a batch counts. Time is real time: a limit is a server's.
import type { Random } from '@hallpass/protocol';
import { pauseAfter, type Wall } from '@hallpass/world';
import type { RemoteUsage } from '../remote/usage.ts';

const pace = {
  /** From this share of the allowance on, in percent, calls become fewer; at the second one they stop. */
  slowFrom: 70,
  stopAt: 95,
  /** Seconds of the pause after a server asked for fewer calls and named no time. */
  pauses: { first: 60, longest: 3600 },
  /** The calls that are allowed in one go, however long nothing was asked: seconds of the budget. */
  burst: 60,
} as const;

const MINUTE_MS = 60_000;

interface PacerOptions {
  wall: Pick<Wall, 'ms'>;
  random: Random;
  /** Calls for each app and minute by this process; without it the server alone sets the pace. */
  callsPerMinute?: number | undefined;
}

export class Pacer {
  readonly #options: PacerOptions;
  #percent = 0;
  #pausedUntil = -Infinity;
  #refusals = 0;
  /** Calls that may be made now, as of `#filledAt`. */
  #left: number;
  #filledAt: number;

  constructor(options: PacerOptions) {
    this.#options = options;
    this.#left = this.#most;
    this.#filledAt = options.wall.ms();
  }

  get #rate(): number {
    return this.#options.callsPerMinute ?? Infinity;
  }

  get #most(): number {
    return (this.#rate * pace.burst) / 60;
  }

  /** The calls that may be made now; 0 while the server wants none. They count as made once `spend` is told. */
  allowance(): number {
    const now = this.#options.wall.ms();
    if (now < this.#pausedUntil) return 0;
    if (this.#rate === Infinity) return Infinity;
    const slowed = this.#rate * this.#share;
    this.#left = Math.min(this.#most, this.#left + ((now - this.#filledAt) / MINUTE_MS) * slowed);
    this.#filledAt = now;
    return Math.max(0, Math.floor(this.#left));
  }

  spend(calls: number): void {
    this.#left -= calls;
  }

  /** The part of the budget that is used: 1 while there is plenty, down to 0 where calls stop. */
  get #share(): number {
    const beyond = (this.#percent - pace.slowFrom) / (pace.stopAt - pace.slowFrom);
    return Math.min(1, Math.max(0, 1 - beyond));
  }

  /** Is told of each answer. @param throttled the server asked for fewer calls */
  heard({ percent, wait }: RemoteUsage, throttled: boolean): void {
    this.#percent = percent;
    if (throttled) this.#refusals++;
    else this.#refusals = 0;
    if (!throttled && percent < pace.stopAt) return;
    const { wall, random } = this.#options;
    const named = wait > 0 ? wait : pauseAfter(Math.max(1, this.#refusals), pace.pauses, random);
    this.#pausedUntil = Math.max(this.#pausedUntil, wall.ms() + named * 1000);
  }

  /** Seconds of real time until calls are taken again; 0 where they are taken now. */
  get pause(): number {
    return Math.max(0, Math.ceil((this.#pausedUntil - this.#options.wall.ms()) / 1000));
  }
}
