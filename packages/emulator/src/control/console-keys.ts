// The pages of the console give orders with a key, which a browser gets for a link that works once (threats EM-07). The
// control token itself never comes into a browser.
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Random, randomHex } from '@hallpass/protocol';

/** Links that nobody has opened yet; the oldest stop working beyond this many. */
const MOST_LINKS = 20;
const BYTES = 32;

export class ConsoleKeys {
  readonly #random: Random;
  readonly #key: string;
  readonly #tickets: string[] = [];

  constructor(random: Random) {
    this.#random = random;
    this.#key = this.#secret();
  }

  /** The path of a link that opens the pages once. What makes it work stands behind the #, so it is sent to no server. */
  link(): string {
    const ticket = this.#secret();
    this.#tickets.push(ticket);
    if (this.#tickets.length > MOST_LINKS) this.#tickets.shift();
    return `/console/emulator#ticket=${ticket}`;
  }

  /** The key, for the ticket of a link that nobody has used; undefined for any other text. */
  redeem(ticket: string): string | undefined {
    const at = this.#tickets.findIndex((one) => isSame(one, ticket));
    if (at < 0) return undefined;
    this.#tickets.splice(at, 1);
    return this.#key;
  }

  isKey(presented: string): boolean {
    return isSame(presented, this.#key);
  }

  #secret(): string {
    return randomHex(this.#random, BYTES);
  }
}

/** Compares two secrets in a time that tells nothing of them. */
export function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
