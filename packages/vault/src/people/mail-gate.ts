// While the mail server does not answer, one mail at a time tries it and all others wait for what comes of that: a server
// that is away is not asked once for every address.

/** An attempt ended like this; with a moment, the server is not to be asked before that. */
export type GateAnswer = 'answered' | 'not_asked' | { awayUntil: number };

export class MailGate {
  #awayUntil: number | undefined;
  #probe: Promise<void> | undefined;

  /**
   * Runs `attempt`, and answers true. Answers false, and runs nothing, while it is known that the server does not answer.
   *
   * @param now epoch seconds of the protocol's clock
   */
  async pass(now: number, attempt: () => Promise<GateAnswer>): Promise<boolean> {
    if (this.#probe) await this.#probe;
    if (this.#awayUntil !== undefined && now < this.#awayUntil) return false;
    if (this.#awayUntil === undefined) {
      await this.#run(attempt);
      return true;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#probe = promise;
    try {
      await this.#run(attempt);
      return true;
    } finally {
      this.#probe = undefined;
      resolve();
    }
  }

  async #run(attempt: () => Promise<GateAnswer>): Promise<void> {
    const answer = await attempt();
    if (answer !== 'not_asked') this.#awayUntil = answer === 'answered' ? undefined : answer.awayUntil;
  }
}
