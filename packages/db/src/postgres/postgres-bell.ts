// The bell tells listeners that something was stored. It is rung after the commit and outside of it, because a NOTIFY
// inside a transaction makes all commits of the server wait for each other; and once in some milliseconds at most,
// because every ring wakes every listener.
import type { Wall } from '@hallpass/protocol';
import type pg from 'pg';

/** The milliseconds between two rings of this node. */
const BETWEEN = 15;

export class PostgresBell {
  readonly #pool: pg.Pool;
  readonly #wall: Wall;
  readonly #waiting = new Set<string>();
  #rungAt = Number.NEGATIVE_INFINITY;
  #timer: { cancel(): void } | undefined;
  #ringing: Promise<void> = Promise.resolve();

  constructor(pool: pg.Pool, wall: Wall) {
    this.#pool = pool;
    this.#wall = wall;
  }

  /** Wakes the listeners of this channel now, or in some milliseconds where it has just been rung. */
  ring(channel: string): void {
    this.#waiting.add(channel);
    if (this.#timer !== undefined) return;
    const pause = this.#rungAt + BETWEEN - this.#wall.ms();
    if (pause <= 0) this.#send();
    else this.#timer = this.#wall.every(pause, () => this.#send());
  }

  /** Rings for what waits, and resolves when that has been sent. */
  async close(): Promise<void> {
    if (this.#waiting.size > 0) this.#send();
    await this.#ringing;
  }

  #send(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#rungAt = this.#wall.ms();
    const channels = [...this.#waiting];
    this.#waiting.clear();
    this.#ringing = this.#pool
      .query({
        name: 'ring',
        text: `select pg_notify(channel, '') from unnest($1::text[]) as channel`,
        values: [channels],
      })
      // A hint that is lost costs time alone: listeners also look by themselves.
      .then(
        () => undefined,
        () => undefined,
      );
  }
}
