// A list goes on after a mark. The mark of the vault holds the name of a row, which a stranger may have written; an
// agent is given a short one for it, which means something here alone.

const MOST = 200;

export class PageMarks {
  readonly #marks = new Map<string, string>();
  #made = 0;

  /** A short mark for one of the vault; undefined where the list is over. */
  shortFor(mark: string | undefined): string | undefined {
    if (mark === undefined) return undefined;
    const short = `page-${++this.#made}`;
    this.#marks.set(short, mark);
    for (const oldest of this.#marks.keys()) {
      if (this.#marks.size <= MOST) break;
      this.#marks.delete(oldest);
    }
    return short;
  }

  /** The mark of the vault; undefined for one that was never given, or is forgotten. */
  get(short: string): string | undefined {
    return this.#marks.get(short);
  }
}
