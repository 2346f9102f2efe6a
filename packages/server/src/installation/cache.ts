// This cache is a bounded memory of facts. It may only say *no* sooner, never *yes* longer: what is forgotten while it
// is being loaded is answered to whoever asked before, and not kept. What was concluded from a fact is worth something
// for as long as the fact is known here.
import { BoundedMap } from './bounded-map.ts';

/** One fact, as it was found by one look at the database. */
export class CachedFact {
  /** False from the moment on at which it is forgotten, or goes for lack of room: nobody would hear of a change. */
  known = true;
  #value: unknown;
  #loading: Promise<unknown> | undefined;

  /** The value; a promise of it while it is being loaded. */
  get value(): unknown {
    return this.#loading ?? this.#value;
  }

  /** @param loaded is called once it is there, and @param failed where it could not be loaded */
  load(load: () => Promise<unknown>, loaded: () => void, failed: () => void): void {
    this.#loading = load().then(
      (value) => {
        this.#value = value;
        this.#loading = undefined;
        loaded();
        return value;
      },
      (error: unknown) => {
        this.known = false;
        failed();
        throw error;
      },
    );
  }
}

const forgetFact = (fact: CachedFact): void => {
  fact.known = false;
};

export class Cache {
  readonly #kept: BoundedMap<CachedFact>;
  readonly #loading = new Map<string, CachedFact>();
  /** So many facts are kept at most. */
  readonly entries: number;

  constructor(entries: number) {
    this.entries = entries;
    this.#kept = new BoundedMap(entries, forgetFact);
  }

  /** The fact that is kept under `key`, also while it is loading: callers that ask meanwhile share one load. */
  known(key: string): CachedFact | undefined {
    return this.#kept.get(key) ?? this.#loading.get(key);
  }

  /** The fact that is kept under `key`, or that `load` finds. */
  fact(key: string, load: () => Promise<unknown>): CachedFact {
    const known = this.known(key);
    if (known !== undefined) return known;
    const fact = new CachedFact();
    this.#loading.set(key, fact);
    const ended = (): boolean => this.#loading.get(key) === fact && this.#loading.delete(key);
    fact.load(
      load,
      () => {
        if (ended()) this.#kept.set(key, fact);
      },
      ended,
    );
    return fact;
  }

  /** Forgets one fact, also while it is being loaded: a caller that asks from now on loads anew. */
  forget(key: string): void {
    const kept = this.#kept.delete(key);
    if (kept) forgetFact(kept);
    const loading = this.#loading.get(key);
    if (loading) forgetFact(loading);
    this.#loading.delete(key);
  }

  clear(): void {
    this.#kept.clear();
    for (const fact of this.#loading.values()) forgetFact(fact);
    this.#loading.clear();
  }

  get size(): number {
    return this.#kept.size;
  }
}
