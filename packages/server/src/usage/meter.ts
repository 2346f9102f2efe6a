// Counts what was used in the last hour (or day): the span is cut into slots, and the oldest slot is let go whole when
// a new one begins. What counts is therefore never older than the span, and between 11 and 12 twelfths of it.

/** Into how many parts a span is cut. */
export const SLOTS = 12;

/** The amount that was used: calls, processor time in microseconds, and time in milliseconds. */
export interface Amount {
  calls: number;
  cpu: number;
  time: number;
}

/** An amount of one slot; `slot` is the moment it began, in seconds. */
export interface SlotAmount extends Amount {
  slot: number;
}

const CALLS = 0;
const CPU = SLOTS;
const TIME = 2 * SLOTS;

export class Meter implements Amount {
  calls = 0;
  cpu = 0;
  time = 0;
  /** Length of a slot in seconds. */
  readonly width: number;
  /** Number of the newest slot. */
  #newest = 0;
  /** Everything that counts, what is not stored yet included: calls, processor time and time of each slot. */
  readonly #all = new Float64Array(3 * SLOTS);
  /** The part of `#all` that is not stored yet. */
  #unstored: Float64Array | undefined;

  /** @param span seconds that count */
  constructor(span: number) {
    this.width = Math.ceil(span / SLOTS);
  }

  /** Lets go of what counts no more at `now`. A clock that was set back begins anew. */
  roll(now: number): void {
    const slot = Math.floor(now / this.width);
    if (slot === this.#newest) return;
    const passed = slot - this.#newest;
    if (passed < 0 || passed >= SLOTS) {
      this.#all.fill(0);
      this.#unstored = undefined;
      this.calls = this.cpu = this.time = 0;
    } else {
      for (let next = this.#newest + 1; next <= slot; next++) this.#letGo(next % SLOTS);
    }
    this.#newest = slot;
  }

  add(now: number, calls: number, cpu: number, time: number): void {
    this.roll(now);
    this.#add(this.#newest % SLOTS, calls, cpu, time);
  }

  /** Makes it as if `calls` calls had been made just now, and nothing before. */
  set(now: number, calls: number): void {
    this.roll(now);
    for (let at = 0; at < SLOTS; at++)
      this.#add(at, -(this.#all[CALLS + at] ?? 0), -(this.#all[CPU + at] ?? 0), -(this.#all[TIME + at] ?? 0));
    this.#add(this.#newest % SLOTS, calls, 0, 0);
  }

  /** Seconds from `now` until what is left counts as `little`, when nothing is added; 0 when it does already. */
  secondsUntil(now: number, little: (left: Amount) => boolean): number {
    this.roll(now);
    const left = { calls: this.calls, cpu: this.cpu, time: this.time };
    if (little(left)) return 0;
    for (let slot = this.#newest - SLOTS + 1; slot <= this.#newest; slot++) {
      const at = ((slot % SLOTS) + SLOTS) % SLOTS;
      left.calls -= this.#all[CALLS + at] ?? 0;
      left.cpu -= this.#all[CPU + at] ?? 0;
      left.time -= this.#all[TIME + at] ?? 0;
      if (little(left)) return (slot + SLOTS) * this.width - now;
    }
    return SLOTS * this.width;
  }

  /** Takes what is to be stored, which then counts as stored. */
  take(): SlotAmount[] {
    const taken = this.#unstored;
    this.#unstored = undefined;
    if (!taken) return [];
    const amounts: SlotAmount[] = [];
    for (let slot = this.#newest - SLOTS + 1; slot <= this.#newest; slot++) {
      const at = ((slot % SLOTS) + SLOTS) % SLOTS;
      const [calls, cpu, time] = [
        taken[CALLS + at] ?? 0,
        Math.round(taken[CPU + at] ?? 0),
        Math.round(taken[TIME + at] ?? 0),
      ];
      if (calls !== 0 || cpu !== 0 || time !== 0) amounts.push({ slot: slot * this.width, calls, cpu, time });
    }
    return amounts;
  }

  /** Takes back what could not be stored. */
  giveBack(amounts: readonly SlotAmount[]): void {
    for (const amount of amounts) {
      const at = this.#place(amount.slot);
      if (at !== undefined) this.#note(at, amount.calls, amount.cpu, amount.time);
    }
  }

  /** Puts what all nodes have stored in the place of what this one knew of it. */
  rebase(now: number, stored: readonly SlotAmount[]): void {
    this.roll(now);
    this.#all.fill(0);
    this.calls = this.cpu = this.time = 0;
    const own = this.#unstored;
    if (own)
      for (let at = 0; at < SLOTS; at++) this.#count(at, own[CALLS + at] ?? 0, own[CPU + at] ?? 0, own[TIME + at] ?? 0);
    for (const amount of stored) {
      const at = this.#place(amount.slot);
      if (at !== undefined) this.#count(at, amount.calls, amount.cpu, amount.time);
    }
  }

  /** Finds the place of a slot that counts. */
  #place(begin: number): number | undefined {
    const slot = Math.floor(begin / this.width);
    return slot > this.#newest - SLOTS && slot <= this.#newest ? ((slot % SLOTS) + SLOTS) % SLOTS : undefined;
  }

  #add(at: number, calls: number, cpu: number, time: number): void {
    this.#count(at, calls, cpu, time);
    this.#note(at, calls, cpu, time);
  }

  #count(at: number, calls: number, cpu: number, time: number): void {
    const all = this.#all;
    all[CALLS + at] = (all[CALLS + at] ?? 0) + calls;
    all[CPU + at] = (all[CPU + at] ?? 0) + cpu;
    all[TIME + at] = (all[TIME + at] ?? 0) + time;
    this.calls += calls;
    this.cpu += cpu;
    this.time += time;
  }

  #note(at: number, calls: number, cpu: number, time: number): void {
    this.#unstored ??= new Float64Array(3 * SLOTS);
    const own = this.#unstored;
    own[CALLS + at] = (own[CALLS + at] ?? 0) + calls;
    own[CPU + at] = (own[CPU + at] ?? 0) + cpu;
    own[TIME + at] = (own[TIME + at] ?? 0) + time;
  }

  #letGo(at: number): void {
    const all = this.#all;
    this.calls -= all[CALLS + at] ?? 0;
    this.cpu -= all[CPU + at] ?? 0;
    this.time -= all[TIME + at] ?? 0;
    all[CALLS + at] = all[CPU + at] = all[TIME + at] = 0;
    if (this.#unstored) this.#unstored[CALLS + at] = this.#unstored[CPU + at] = this.#unstored[TIME + at] = 0;
  }
}
