// Tells one listener that there is work, without waiting for it: who rings goes on at once.

export class WakeUp {
  #heard: (() => void) | undefined;

  ring(): void {
    this.#heard?.();
  }

  /** @returns stops listening */
  listen(heard: () => void): () => void {
    this.#heard = heard;
    return () => {
      if (this.#heard === heard) this.#heard = undefined;
    };
  }
}
