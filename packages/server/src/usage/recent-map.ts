// This map is a bounded memory in two generations: when the younger one is full, the older one is dropped.

export class RecentMap<T> {
  #young = new Map<string, T>();
  #old = new Map<string, T>();
  readonly #half: number;

  constructor(most: number) {
    this.#half = Math.max(1, Math.floor(most / 2));
  }

  get(key: string, make: () => T): T {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const value = this.#old.get(key) ?? make();
    if (this.#young.size >= this.#half) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
    return value;
  }

  peek(key: string): T | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }
}
