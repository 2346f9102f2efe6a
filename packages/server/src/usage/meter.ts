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

/** A slot in which something was used. Most meters are of people who made a few calls, so only such slots are kept. */
interface UsedSlot {
  /** The number of the slot since the beginning of time: seconds divided by the width. */
  readonly number: number;
  /** Everything that counts, what is not stored yet included. */
  readonly all: Amount;
  /** The part of `all` that is not stored yet. */
  unstored: Amount | undefined;
}

export class Meter implements Amount {
  calls = 0;
  cpu = 0;
  time = 0;
  /** Length of a slot in seconds. */
  readonly width: number;
  /** Number of the newest slot. */
  #newest = 0;
  /** The slots that count and in which something was used, the oldest first. */
  #slots: UsedSlot[] = [];

  /** @param span seconds that count */
  constructor(span: number) {
    this.width = Math.ceil(span / SLOTS);
  }

  /** Lets go of what counts no more at `now`. A clock that was set back begins anew. */
  roll(now: number): void {
    const number = Math.floor(now / this.width);
    if (number === this.#newest) return;
    const oldest = number < this.#newest ? Number.POSITIVE_INFINITY : number - SLOTS + 1;
    this.#newest = number;
    for (let first = this.#slots[0]; first && first.number < oldest; first = this.#slots[0]) {
      this.#slots.shift();
      addTo(this, -first.all.calls, -first.all.cpu, -first.all.time);
    }
    if (this.#slots.length === 0) this.calls = this.cpu = this.time = 0;
  }

  add(now: number, calls: number, cpu: number, time: number): void {
    this.roll(now);
    this.#add(this.#slot(this.#newest), calls, cpu, time);
  }

  /** Makes it as if `calls` calls had been made just now, and nothing before. */
  set(now: number, calls: number): void {
    this.roll(now);
    for (const slot of this.#slots) this.#add(slot, -slot.all.calls, -slot.all.cpu, -slot.all.time);
    this.add(now, calls, 0, 0);
  }

  /** Seconds from `now` until what is left counts as `little`, when nothing is added; 0 when it does already. */
  secondsUntil(now: number, little: (left: Amount) => boolean): number {
    this.roll(now);
    const left = { calls: this.calls, cpu: this.cpu, time: this.time };
    if (little(left)) return 0;
    for (const { number, all } of this.#slots) {
      addTo(left, -all.calls, -all.cpu, -all.time);
      if (little(left)) return (number + SLOTS) * this.width - now;
    }
    return SLOTS * this.width;
  }

  /** Takes what is to be stored, which then counts as stored. */
  take(): SlotAmount[] {
    const amounts: SlotAmount[] = [];
    for (const slot of this.#slots) {
      const { unstored } = slot;
      if (!unstored) continue;
      slot.unstored = undefined;
      const [calls, cpu, time] = [unstored.calls, Math.round(unstored.cpu), Math.round(unstored.time)];
      if (calls !== 0 || cpu !== 0 || time !== 0) amounts.push({ slot: slot.number * this.width, calls, cpu, time });
    }
    return amounts;
  }

  /** Takes back what could not be stored. */
  giveBack(amounts: readonly SlotAmount[]): void {
    for (const { slot, calls, cpu, time } of amounts) {
      const number = this.#numberOf(slot);
      if (number !== undefined) note(this.#slot(number), calls, cpu, time);
    }
  }

  /** Puts what all nodes have stored in the place of what this one knew of it. */
  rebase(now: number, stored: readonly SlotAmount[]): void {
    this.roll(now);
    const before = this.#slots;
    this.#slots = [];
    this.calls = this.cpu = this.time = 0;
    for (const { number, unstored } of before)
      if (unstored) this.#add(this.#slot(number), unstored.calls, unstored.cpu, unstored.time);
    for (const { slot, calls, cpu, time } of stored) {
      const number = this.#numberOf(slot);
      if (number !== undefined) this.#count(this.#slot(number), calls, cpu, time);
    }
  }

  /** The number of the slot that began at a moment; undefined where it does not count. */
  #numberOf(began: number): number | undefined {
    const number = Math.floor(began / this.width);
    return number > this.#newest - SLOTS && number <= this.#newest ? number : undefined;
  }

  /** The slot with a number that counts. */
  #slot(number: number): UsedSlot {
    const before = this.#slots.findLastIndex((one) => one.number <= number);
    const found = this.#slots[before];
    if (found?.number === number) return found;
    const slot: UsedSlot = { number, all: nothing(), unstored: undefined };
    this.#slots.splice(before + 1, 0, slot);
    return slot;
  }

  #add(slot: UsedSlot, calls: number, cpu: number, time: number): void {
    this.#count(slot, calls, cpu, time);
    note(slot, calls, cpu, time);
  }

  #count({ all }: UsedSlot, calls: number, cpu: number, time: number): void {
    addTo(all, calls, cpu, time);
    addTo(this, calls, cpu, time);
  }
}

const nothing = (): Amount => ({ calls: 0, cpu: 0, time: 0 });

function addTo(amount: Amount, calls: number, cpu: number, time: number): void {
  amount.calls += calls;
  amount.cpu += cpu;
  amount.time += time;
}

/** Counts what is to be stored. */
function note(slot: UsedSlot, calls: number, cpu: number, time: number): void {
  slot.unstored ??= nothing();
  addTo(slot.unstored, calls, cpu, time);
}
