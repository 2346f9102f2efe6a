// Tokens of another length than they are sealed in: an alias goes out, and stands for the sealed token when it comes back.
// Nothing else knows of it, so a token of 60 or of 4,000 characters works wherever one works, and has proofs of its own.
import type { Random } from '@hallpass/protocol';
import type { TokenSpellings } from '@hallpass/server';

type Subject = Parameters<TokenSpellings['given']>[1];

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Prefix and version of a sealed token: an alias begins as it does. */
const HEAD = 5;

export class OrderedSpellings implements TokenSpellings {
  readonly #bySealed = new Map<string, string>();
  readonly #byAlias = new Map<string, string>();
  readonly #random: Random;
  /** The length that is ordered for a new token, if one is. */
  readonly #ordered: (subject: Subject) => number | undefined;

  constructor(random: Random, ordered: (subject: Subject) => number | undefined) {
    this.#random = random;
    this.#ordered = ordered;
  }

  given(sealed: string, subject: Subject): string {
    const known = this.#bySealed.get(sealed);
    if (known !== undefined) return known;
    const length = this.#ordered(subject);
    if (length === undefined) return sealed;
    const rest = Array.from(this.#random.bytes(length - HEAD), (byte) => letters[byte % letters.length]);
    const alias = sealed.slice(0, HEAD) + rest.join('');
    this.#bySealed.set(sealed, alias);
    this.#byAlias.set(alias, sealed);
    return alias;
  }

  sealed(text: string): string {
    return this.#byAlias.size === 0 ? text : (this.#byAlias.get(text) ?? text);
  }
}
