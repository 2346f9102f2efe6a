// Every secret text that a world has given is a canary: none may stand in a copy of the database or in a log.
const words = /[A-Za-z0-9_-]{16,}/g;
const sealed = /\bs1\.[A-Za-z0-9]{1,16}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g;

export class Canaries {
  readonly #words = new Set<string>();

  add(text: string): void {
    for (const [word] of text.matchAll(words)) this.#words.add(word);
  }

  /** Adds every token in an answer of the platform. */
  addTokensIn(body: string): void {
    for (const [, token = ''] of body.matchAll(/access_token\\*"\s*:\s*\\*"([^"\\]+)/g)) this.add(token);
  }

  get size(): number {
    return this.#words.size;
  }

  /** The canaries that stand in a text, and anything else in it that begins like a token of the platform. */
  foundIn(text: string): string[] {
    const known = [...text.matchAll(words)].filter(([word]) => this.#words.has(word));
    // Sealed values are random letters, some of which would begin like a token.
    const alike = text.replace(sealed, '').matchAll(/EAA[A-Za-z0-9]{40,}/g);
    return [...known, ...alike].map(([word]) => word.slice(0, 12));
  }
}
