// Limits costly work: so many tasks run at a time, so many more wait in a queue, and the next one is refused (threats
// TB-08). A task that waits costs nothing but its place in the queue.
import { graphError } from '@hallpass/protocol';

export class ConcurrencyLimit {
  readonly #limit: number;
  readonly #places: number;
  #busy = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param limit how many tasks run at a time @param places how many may wait */
  constructor(limit: number, places: number) {
    this.#limit = limit;
    this.#places = places;
  }

  /** True when as much of the queue is free as is taken: room for what may be left undone. */
  get roomy(): boolean {
    return this.#waiting.length * 2 <= this.#places;
  }

  /** Runs `task` when fewer tasks run than the limit allows. @throws GraphError server.away when the queue is full */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#busy < this.#limit) this.#busy++;
    else if (this.#waiting.length >= this.#places) throw graphError('server.away').retryIn(2);
    else await new Promise<void>((enter) => this.#waiting.push(enter));
    try {
      return await task();
    } finally {
      // The task that waited longest takes this place.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy--;
    }
  }
}
