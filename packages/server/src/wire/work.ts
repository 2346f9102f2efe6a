// Work is what one request may cost the server. Sizes alone do not bound it: a few hundred characters can ask for ten
// thousand reads, and one answer can be walked through again for every reference of a batch. So everything that a
// request can ask for more of is counted at a price, and a request whose sum is over the limit is refused where it
// stands (threats IV-15).
import { graphError } from '@hallpass/protocol';
import { limits } from '@hallpass/protocol/request';

/**
 * The price of one unit of each kind of work, in microseconds of processor time. They are measured, rounded up, and the
 * same everywhere: what a request may ask must not depend on how busy a server is.
 */
// biome-ignore format: it is read as a table
const prices = {
  /** A byte or character that is parsed, written or looked through. */
  byte: 0.02,
  /** A call costs this much, alone or as an item of a batch. */
  call: 200,
  /** Looking for an id among the nodes of one type costs this much. */
  find: 25,
  /** A question to the database. */
  read: 120,
  /** A value that is looked up for one row of many. */
  load: 25,
  /** A row that a list was cut out of, or that was read for one. */
  row: 2,
  /** One field of one row, or one line of a description. */
  cell: 0.5,
  /** A rule that is evaluated for one row. */
  rule: 4,
  /** A field or list that is left out, with the sentence that says why. */
  omission: 15,
  /** A value that a reference of a batch passes on its way. */
  step: 0.1,
  /** A total of a report, and a day of one campaign that goes into one. */
  total: 3,
  day: 0.1,
  /** A password that is hashed, or compared with a hash. */
  password: 20_000,
} as const;

type WorkKind = keyof typeof prices;

/** After so much work, in the unit of the prices, other requests have a turn. */
const TURN = 5000;

/** The budget of one request; all items of a batch share the one of their batch. */
export class Work {
  #done = 0;
  #doneAtPause = 0;
  #pausing: Promise<void> | undefined;

  /** The work that was done so far, in the unit of the prices. */
  get done(): number {
    return this.#done;
  }

  /**
   * Counts `amount` units, before they are done wherever the amount is known by then. @throws GraphError work.too_much
   */
  spend(kind: WorkKind, amount = 1): void {
    this.#done += prices[kind] * amount;
    if (this.#done > limits.work) throw graphError('work.too_much');
  }

  /**
   * Lets other requests have their turn where this one has worked for a while: it is waited for wherever a request goes
   * on to the next of many things. Parts of it that are under way at the same time wait together, and go on in the order
   * in which they came. Undefined where there is no need to wait.
   */
  pause(): Promise<void> | undefined {
    if (this.#pausing === undefined && this.#done - this.#doneAtPause >= TURN) {
      this.#doneAtPause = this.#done;
      this.#pausing = new Promise((resolve) =>
        setImmediate(() => {
          this.#pausing = undefined;
          resolve();
        }),
      );
    }
    return this.#pausing;
  }
}
