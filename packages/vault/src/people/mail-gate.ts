// While the mail server does not answer, one mail tries it and all others wait for what comes of that: a server that is
// away is not asked once for every address.
export class MailGate {
  #failing = false;
  #probe: Promise<void> | undefined;

  /**
   * Runs `attempt`, which answers whether the server answered, or undefined where it was not asked. Answers false, and runs
   * nothing, where another attempt has shown meanwhile that it does not.
   */
  async pass(attempt: () => Promise<boolean | undefined>): Promise<boolean> {
    if (this.#failing && this.#probe) {
      await this.#probe;
      if (this.#failing) return false;
    }
    if (!this.#failing) return this.#run(attempt);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#probe = promise;
    try {
      return await this.#run(attempt);
    } finally {
      this.#probe = undefined;
      resolve();
    }
  }

  async #run(attempt: () => Promise<boolean | undefined>): Promise<boolean> {
    const answered = await attempt();
    if (answered !== undefined) this.#failing = !answered;
    return answered !== false;
  }
}
