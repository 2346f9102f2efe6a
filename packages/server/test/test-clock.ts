// The clock of tests stands still until it is moved.
import type { Clock, Timer } from '@hallpass/protocol';

/** 2026-11-21T12:34:56Z */
export const START = 1_795_264_496;

/** A clock for tests: stands still, `advance` runs what falls due. */
export class TestClock implements Clock {
  #now = START;
  #entries: { at: number; every: number; task: () => void | Promise<void> }[] = [];
  now(): number {
    return this.#now;
  }
  every(seconds: number, task: () => void | Promise<void>): Timer {
    return this.#add({ at: this.#now + seconds, every: seconds, task });
  }
  at(moment: number, task: () => void | Promise<void>): Timer {
    return this.#add({ at: moment, every: 0, task });
  }
  async advance(seconds: number): Promise<void> {
    const end = this.#now + seconds;
    for (;;) {
      const next = this.#entries.filter((entry) => entry.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#now = Math.max(this.#now, next.at);
      if (next.every > 0) next.at += next.every;
      else this.#entries.splice(this.#entries.indexOf(next), 1);
      await next.task();
    }
    this.#now = end;
  }
  #add(entry: { at: number; every: number; task: () => void | Promise<void> }): Timer {
    this.#entries.push(entry);
    return {
      cancel: () => {
        const at = this.#entries.indexOf(entry);
        if (at >= 0) this.#entries.splice(at, 1);
      },
    };
  }
}
