// A conclusion is drawn from facts once and remembered with them. It holds while none of them was forgotten, however
// much else changes meanwhile.
import type { CachedFact } from './cache.ts';
import type { Freshness } from './freshness.ts';

export class Conclusion<T> {
  readonly value: T;
  /** Undefined where it was drawn from what is not in memory: then it does not outlive the call. */
  readonly #facts: readonly CachedFact[] | undefined;
  readonly #freshness: Pick<Freshness, 'proven'>;

  constructor(value: T, facts: readonly CachedFact[] | undefined, freshness: Pick<Freshness, 'proven'>) {
    this.value = value;
    this.#facts = facts;
    this.#freshness = freshness;
  }

  /** Another conclusion that follows from this one. */
  with<U>(value: U): Conclusion<U> {
    return new Conclusion(value, this.#facts, this.#freshness);
  }

  /** True when the same would be concluded now. Time is not a fact: the caller looks at it. */
  holds(): boolean {
    const facts = this.#facts;
    if (facts === undefined || !this.#freshness.proven()) return false;
    for (let i = 0; i < facts.length; i++) if (facts[i]?.known !== true) return false;
    return true;
  }
}
