// A secret is a value that cannot slip into a log, an error or an answer: everything that prints it prints [secret].

const MASK = '[secret]';

/** Holds a secret; only `open` gives it. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it where the secret is used, and keep the result nowhere. */
  open(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  /** Node's inspect and console print this. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return MASK;
  }
}
