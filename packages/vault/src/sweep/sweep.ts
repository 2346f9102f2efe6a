// A sweep looks at every connection that is due, a part at a time, with any number of workers beside it. What ends soonest
// comes first, so that after a long downtime, or with a small budget of calls, nothing ends that could have been renewed.
import type { SweepCounts } from '../client/answers/operations.ts';
import { policy } from '../policy.ts';
import { type Claim, claimDue, giveBack, type SweptRow } from '../store/due-connections.ts';
import { SweptApps } from './apps.ts';
import { noCounts, sweepApp, type SweepParts } from './sweep-app.ts';

export interface SweeperOptions {
  /** Unique for each worker. */
  worker: string;
  /** Calls for each app and minute by this process; without it the servers alone set the pace. */
  callsPerMinute?: number;
  /** Connections that are taken at a time, and parts that are worked on at the same time. */
  most?: number;
  lanes?: number;
  /** Seconds of real time for which connections are leased: longer than all calls for a part may take. */
  lease?: number;
  /** Is told after each part what the sweep has done so far. */
  progress?: (counts: Readonly<SweepCounts>) => void;
}

/** Seconds after which a connection is looked at again whose app is not there. */
const NO_APP = 6 * 3600;
const defaults = { most: 250, lanes: 4, lease: 300 } as const;

export class Sweeper {
  readonly #parts: SweepParts;
  readonly #options: SweeperOptions;
  readonly #apps: SweptApps;
  #sweeps = 0;
  #running: Promise<SweepCounts> | undefined;
  #stopped = false;
  /** The part of the running sweep that was counted for monitoring. */
  #counted = noCounts();

  constructor(parts: SweepParts, options: SweeperOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#apps = new SweptApps(parts, options.callsPerMinute);
  }

  /**
   * Looks at all that is due now, and answers when nothing is left that this worker may take. A call during a sweep
   * joins it.
   *
   * @throws VaultSealed, StorageUnavailable
   */
  sweep(): Promise<SweepCounts> {
    this.#running ??= this.#sweep().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Sweeps every so many seconds of the protocol's clock, until `stop`. */
  start(seconds = 60): void {
    const { clock, log } = this.#parts.world;
    const timer = clock.every(seconds, async () => {
      if (this.#stopped) return timer.cancel();
      try {
        await this.sweep();
      } catch (error) {
        log('error', 'vault.sweep_failed', { error: error instanceof Error ? error.name : 'unknown' });
      }
    });
  }

  /** Takes nothing more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running?.catch(() => undefined);
  }

  async #sweep(): Promise<SweepCounts> {
    const counts = noCounts();
    this.#counted = noCounts();
    const lanes = this.#options.lanes ?? defaults.lanes;
    const sweep = ++this.#sweeps;
    await Promise.all(
      Array.from({ length: lanes }, (_, lane) => this.#lane(`${this.#options.worker}.${sweep}.${lane}`, counts)),
    );
    return counts;
  }

  async #lane(owner: string, counts: SweepCounts): Promise<void> {
    let urgent = true;
    for (let part = 0; !this.#stopped; part++) {
      const rows = await this.#claim(`${owner}.${part}`, urgent);
      if (rows.length === 0 && !urgent) return;
      if (rows.length === 0) urgent = false;
      for (const group of groups(rows)) await this.#group(`${owner}.${part}`, group, counts);
      if (rows.length > 0) this.#options.progress?.(counts);
    }
  }

  async #claim(owner: string, urgent: boolean): Promise<SweptRow[]> {
    const { db, world } = this.#parts;
    const now = world.clock.now();
    const claim: Claim = {
      owner,
      wall: world.wall.now(),
      lease: this.#options.lease ?? defaults.lease,
      now,
      most: this.#most(),
      paused: this.#apps.paused(),
      sealed: this.#parts.keys.sealedTenants,
      endBefore: urgent ? now + policy.extendBefore : undefined,
    };
    return db.act(({ tx }) => claimDue(tx, db.kind, claim));
  }

  /** No more is taken than the budget of calls has room for. */
  #most(): number {
    const { most = defaults.most, callsPerMinute = Infinity } = this.#options;
    return Math.max(1, Math.min(most, Math.floor(callsPerMinute / 2)));
  }

  async #group(owner: string, rows: readonly SweptRow[], counts: SweepCounts): Promise<void> {
    const { world } = this.#parts;
    const [first] = rows;
    if (first === undefined) return;
    try {
      const app = await this.#apps.get(first);
      // Without its app nothing can be asked.
      if (app === undefined) return await this.#giveBack(owner, rows, NO_APP);
      const lease = this.#options.lease ?? defaults.lease;
      await sweepApp({ parts: this.#parts, app, owner, lease, counts }, rows);
    } catch (error) {
      counts.failed++;
      const { name = 'unknown', message = '' } = error instanceof Error ? error : {};
      world.log('error', 'vault.sweep_group_failed', { app: first.app_id, error: name, message });
      // If that fails too, their leases end by themselves, and then they are taken again.
      await this.#giveBack(owner, rows, policy.retry.first).catch(() => undefined);
    } finally {
      this.#count(counts);
    }
  }

  /** Counts what has been done since it was counted last. */
  #count(counts: Readonly<SweepCounts>): void {
    const before = this.#counted;
    this.#counted = { ...counts };
    const more = (name: keyof SweepCounts): number => counts[name] - before[name];
    const { tally } = this.#parts;
    const outcomes = ['changed', 'extended', 'derived', 'unanswered', 'doubted'] as const;
    for (const outcome of outcomes) tally.add('looks_total', { outcome }, more(outcome));
    const others = outcomes.reduce((sum, outcome) => sum + more(outcome), 0);
    tally.add('looks_total', { outcome: 'unchanged' }, Math.max(0, more('looked') - others));
    tally.add('remote_calls_total', {}, more('calls'));
    tally.add('sweep_failures_total', {}, more('failed'));
  }

  /** Gives back what is still held of these, to be taken again after so many seconds. */
  async #giveBack(owner: string, rows: readonly SweptRow[], seconds: number): Promise<void> {
    const { db, world } = this.#parts;
    const due_at = world.clock.now() + seconds;
    const ids = rows.map(({ id }) => id);
    await db.act(({ tx }) => giveBack(tx, rows[0]?.tenant ?? '', ids, owner, due_at));
  }
}

/** Connections of one app of one tenant together: one call asks about fifty of them. */
const groups = (rows: readonly SweptRow[]): SweptRow[][] =>
  [...Map.groupBy(rows, ({ tenant }) => tenant).values()].flatMap((some) => [
    ...Map.groupBy(some, ({ app_id }) => app_id).values(),
  ]);
