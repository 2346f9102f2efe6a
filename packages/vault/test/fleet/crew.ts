// The workers of a fleet in this process. A worker that is killed stops in the middle of whatever it does, and another
// takes its place.
import type { VaultParts } from '../../src/parts.ts';
import { Sweeper } from '../../src/sweep/sweep.ts';
import type { Chance } from './chance.ts';

export interface Crew {
  /** Every worker looks at what is due, until nothing is left. */
  sweep(): Promise<void>;
  /** One worker is killed during the next sweep. */
  killOne(): void;
  readonly killed: number;
  close(): Promise<void>;
}

const never = new Promise<never>(() => undefined);

class MortalWorker {
  readonly #sweeper: Sweeper;
  /** The calls after which it dies. */
  #calls = Infinity;
  #die: () => void = () => undefined;
  #dead: Promise<void>;

  constructor(parts: VaultParts, worker: string) {
    this.#dead = new Promise((resolve) => {
      this.#die = resolve;
    });
    const { fetch } = parts;
    this.#sweeper = new Sweeper(
      {
        ...parts,
        fetch: async (url, init) => {
          if (this.#calls-- > 0) return fetch(url, init);
          // The call goes out, and nobody is there any more for its answer.
          void fetch(url, init).catch(() => undefined);
          this.#die();
          return never;
        },
      },
      { worker, lanes: 1, most: 60 },
    );
  }

  dieAfter(calls: number): void {
    this.#calls = calls;
  }

  /** Answers true where it died on the way. */
  sweep(): Promise<boolean> {
    return Promise.race([this.#sweeper.sweep().then(() => false), this.#dead.then(() => true)]);
  }
}

export class CrewInProcess implements Crew {
  readonly #parts: VaultParts;
  readonly #chance: Chance;
  readonly #workers: MortalWorker[] = [];
  #made = 0;
  killed = 0;

  constructor(parts: VaultParts, count: number, chance: Chance) {
    this.#parts = parts;
    this.#chance = chance;
    for (let n = 0; n < count; n++) this.#workers.push(this.#newWorker());
  }

  #newWorker(): MortalWorker {
    return new MortalWorker(this.#parts, `worker-${++this.#made}`);
  }

  killOne(): void {
    this.#chance.pick(this.#workers).dieAfter(this.#chance.below(4));
  }

  async sweep(): Promise<void> {
    const died = await Promise.all(this.#workers.map((worker) => worker.sweep()));
    for (const [at, dead] of died.entries()) {
      if (!dead) continue;
      this.killed++;
      this.#workers[at] = this.#newWorker();
    }
  }

  async close(): Promise<void> {}
}
