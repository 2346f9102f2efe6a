// Costly work in few lanes: so many at a time, a queue of fixed length behind them, and a refusal for whoever comes
// after (threats TB-08). What waits costs nothing but its place in the queue.
import { graphError } from '@hallpass/protocol';

export class ConcurrencyLimit {
  readonly #lanes: number;
  readonly #places: number;
  #busy = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param lanes how many run at a time @param places how many may wait */
  constructor(lanes: number, places: number) {
    this.#lanes = lanes;
    this.#places = places;
  }

  /** Whether as much of the queue is free as is taken: room for what may be left undone. */
  get roomy(): boolean {
    return this.#waiting.length * 2 <= this.#places;
  }

  /** Runs `task` when a lane is free. @throws Refusal server.away when the queue is full */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#busy < this.#lanes) this.#busy++;
    else if (this.#waiting.length >= this.#places) throw graphError('server.away').retryIn(2);
    else await new Promise<void>((enter) => this.#waiting.push(enter));
    try {
      return await task();
    } finally {
      // A lane that is handed over stays busy.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy--;
    }
  }
}
