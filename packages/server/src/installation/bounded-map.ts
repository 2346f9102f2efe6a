// This map keeps what was used last, and no more of it than it was made for.

/** Two generations of at most `entries / 2` each: the older one is dropped when the younger one is full. */
export class BoundedMap<Value> {
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();
  readonly #half: number;
  readonly #dropped: ((value: Value) => void) | undefined;

  /** @param dropped is called with what goes for lack of room, or is cleared away */
  constructor(entries: number, dropped?: (value: Value) => void) {
    this.#half = Math.max(1, Math.floor(entries / 2));
    this.#dropped = dropped;
  }

  get(key: string): Value | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  /** Reads without counting it as a use. */
  peek(key: string): Value | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  set(key: string, value: Value): void {
    this.#old.delete(key);
    if (this.#young.size >= this.#half && !this.#young.has(key)) {
      this.#drop(this.#old);
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }

  /** Takes a value out. @returns it; undefined where there was none */
  delete(key: string): Value | undefined {
    const value = this.peek(key);
    this.#young.delete(key);
    this.#old.delete(key);
    return value;
  }

  clear(): void {
    this.#drop(this.#young);
    this.#drop(this.#old);
    this.#young = new Map();
    this.#old = new Map();
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  #drop(values: Map<string, Value>): void {
    if (this.#dropped) for (const value of values.values()) this.#dropped(value);
  }
}
