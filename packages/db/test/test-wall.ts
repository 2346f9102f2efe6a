// Real time that a test moves by hand, for what waits by it: limits, leases, rounds.
import type { Wall } from '@hallpass/protocol';

/** It stands still until it is moved; what is due then runs at its moment. */
export class TestWall implements Wall {
  #ms = 0;
  #timers: { at: number; ms: number; task: () => void }[] = [];
  now(): number {
    return 1_795_264_496 + Math.floor(this.#ms / 1000);
  }
  ms(): number {
    return this.#ms;
  }
  every(ms: number, task: () => void): { cancel(): void } {
    const timer = { at: this.#ms + ms, ms, task };
    this.#timers.push(timer);
    return { cancel: () => void (this.#timers = this.#timers.filter((one) => one !== timer)) };
  }
  advance(ms: number): void {
    const end = this.#ms + ms;
    for (;;) {
      const [next] = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      this.#ms = next.at;
      next.at += next.ms;
      next.task();
    }
    this.#ms = end;
  }
}
