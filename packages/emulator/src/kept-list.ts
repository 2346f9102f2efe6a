// A list of what happened lately: each thing has a number, the oldest are forgotten, and a reader can wait for the next.
import type { World } from '@hallpass/server';

interface KeptListOptions<T> {
  /** No more than this many are kept. */
  most: number;
  /** They weigh no more than this together, in units of `weigh`. */
  heaviest?: number;
  weigh?(thing: T): number;
}

export class KeptList<T> {
  readonly #options: KeptListOptions<T>;
  readonly #wall: Pick<World['wall'], 'every'>;
  readonly #kept: (T & { readonly id: number })[] = [];
  readonly #waiting = new Set<() => void>();
  #made = 0;

  #weight = 0;

  constructor(options: KeptListOptions<T>, wall: Pick<World['wall'], 'every'>) {
    this.#options = options;
    this.#wall = wall;
  }

  /** The number of the last one; 0 before the first. */
  get last(): number {
    return this.#made;
  }

  add(thing: T): T & { readonly id: number } {
    const kept = { ...thing, id: ++this.#made };
    this.#kept.push(kept);
    this.#weight += this.#weigh(kept);
    const { most, heaviest = Number.POSITIVE_INFINITY } = this.#options;
    while (this.#kept.length > most || (this.#weight > heaviest && this.#kept.length > 1)) {
      const oldest = this.#kept.shift();
      if (oldest) this.#weight -= this.#weigh(oldest);
    }
    for (const done of this.#waiting) done();
    return kept;
  }

  /** Those after this one, oldest first. */
  list(after = 0): (T & { readonly id: number })[] {
    return this.#kept.filter(({ id }) => id > after);
  }

  get(id: number): (T & { readonly id: number }) | undefined {
    return this.#kept.find((one) => one.id === id);
  }

  /** Those after this one, as soon as there is one, and none after so many milliseconds. */
  async wait(after: number, ms: number): Promise<(T & { readonly id: number })[]> {
    const present = this.list(after);
    if (present.length > 0 || ms <= 0) return present;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        timer.cancel();
        this.#waiting.delete(done);
        resolve();
      };
      const timer = this.#wall.every(ms, done);
      this.#waiting.add(done);
    });
    return this.list(after);
  }

  /** Forgets all; numbers go on, so that readers do not mix old and new. Who waits is answered. */
  clear(): void {
    this.#kept.length = 0;
    this.#weight = 0;
    for (const done of this.#waiting) done();
  }

  #weigh(thing: T): number {
    return this.#options.weigh?.(thing) ?? 0;
  }
}
