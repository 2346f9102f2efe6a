// This cache is a bounded memory of facts. It may only say *no* sooner, never *yes* longer: what is forgotten while it
// is being loaded is answered to whoever asked before, and not kept.

interface PendingLoad {
  promise: Promise<unknown>;
}

/** Two generations of at most `entries / 2` each: the older one is dropped when the younger one is full. */
export class Cache {
  #young = new Map<string, unknown>();
  #old = new Map<string, unknown>();
  #loading = new Map<string, PendingLoad>();
  readonly #half: number;
  /**
   * Grows with everything that is forgotten: a conclusion drawn at one generation holds while it is the present one.
   */
  generation = 0;

  constructor(entries: number) {
    this.#half = Math.max(1, Math.floor(entries / 2));
  }

  /** The value kept under `key`, or undefined (values are never undefined; use null for "there is none"). */
  peek(key: string): unknown {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.#keep(key, old);
    return old;
  }

  /** The kept value at once, or what `load` finds. Callers that ask while it is loading share one load. */
  get<T>(key: string, load: () => Promise<T>): T | Promise<T> {
    const kept = this.peek(key);
    if (kept !== undefined) return kept as T;
    const running = this.#loading.get(key);
    if (running) return running.promise as Promise<T>;
    const loading: PendingLoad = { promise: undefined as unknown as Promise<unknown> };
    const promise = load().then(
      (value) => {
        if (this.#loading.get(key) === loading) {
          this.#loading.delete(key);
          this.#keep(key, value);
        }
        return value;
      },
      (error: unknown) => {
        if (this.#loading.get(key) === loading) this.#loading.delete(key);
        throw error;
      },
    );
    loading.promise = promise;
    this.#loading.set(key, loading);
    return promise;
  }

  /** Forgets one key, also while it is being loaded: a caller that asks from now on loads anew. */
  forget(key: string): void {
    this.generation++;
    this.#young.delete(key);
    this.#old.delete(key);
    this.#loading.delete(key);
  }

  clear(): void {
    this.generation++;
    this.#young.clear();
    this.#old.clear();
    this.#loading.clear();
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  /** Keeps a value that was not loaded through `get`. */
  put(key: string, value: unknown): void {
    this.#keep(key, value);
  }

  #keep(key: string, value: unknown): void {
    if (this.#young.size >= this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }
}
