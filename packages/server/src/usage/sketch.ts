// A sketch counts how many different people there were, in two kilobytes at most: exact up to 256, about 2.3 % off
// beyond (HyperLogLog with 2048 registers). Two of them joined say how many there were in both together. No id can be
// read out of one.

const BITS = 11;
const REGISTERS = 1 << BITS;
const MOST_EXACT = 256;
const ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

/** 32 bits that depend on every character. */
function hashOf(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

export class Sketch {
  #exact = new Set<number>();
  #registers: Uint8Array | undefined;
  #count: number | undefined;

  /** @returns whether that changed anything */
  add(id: string): boolean {
    return this.#add(hashOf(id));
  }

  /** Takes in everybody of another one. */
  join(other: Sketch): void {
    if (!other.#registers) {
      for (const hash of other.#exact) this.#add(hash);
      return;
    }
    const own = this.#dense();
    other.#registers.forEach((rank, at) => {
      if (rank > (own[at] ?? 0)) own[at] = rank;
    });
    this.#count = undefined;
  }

  get count(): number {
    this.#count ??= this.#registers ? estimate(this.#registers) : this.#exact.size;
    return this.#count;
  }

  /** As it is stored. */
  get text(): string {
    if (this.#registers) return `h${Buffer.from(this.#registers).toString('base64')}`;
    return `x${[...this.#exact].map((hash) => hash.toString(36)).join(',')}`;
  }

  /** Out of what was stored; what cannot be read counts as nobody. */
  static of(text: string): Sketch {
    const made = new Sketch();
    const rest = text.slice(1);
    if (text[0] === 'h') {
      const bytes = Buffer.from(rest, 'base64');
      if (bytes.length === REGISTERS) made.#registers = Uint8Array.from(bytes);
    } else if (text[0] === 'x' && rest !== '')
      for (const part of rest.split(',')) made.#add(Number.parseInt(part, 36) >>> 0);
    return made;
  }

  #add(hash: number): boolean {
    if (!this.#registers) {
      if (this.#exact.has(hash)) return false;
      this.#count = undefined;
      if (this.#exact.size < MOST_EXACT) {
        this.#exact.add(hash);
        return true;
      }
      this.#dense();
    }
    const changed = put(this.#dense(), hash);
    if (changed) this.#count = undefined;
    return changed;
  }

  #dense(): Uint8Array {
    if (!this.#registers) {
      this.#registers = new Uint8Array(REGISTERS);
      for (const hash of this.#exact) put(this.#registers, hash);
      this.#exact = new Set();
    }
    return this.#registers;
  }
}

function put(registers: Uint8Array, hash: number): boolean {
  const at = hash >>> (32 - BITS);
  const rest = (hash << BITS) >>> 0;
  const rank = rest === 0 ? 32 - BITS + 1 : Math.clz32(rest) + 1;
  if (rank <= (registers[at] ?? 0)) return false;
  registers[at] = rank;
  return true;
}

function estimate(registers: Uint8Array): number {
  let sum = 0;
  let empty = 0;
  for (const rank of registers) {
    sum += 2 ** -rank;
    if (rank === 0) empty++;
  }
  const raw = (ALPHA * REGISTERS * REGISTERS) / sum;
  return Math.round(raw <= 2.5 * REGISTERS && empty > 0 ? REGISTERS * Math.log(REGISTERS / empty) : raw);
}
