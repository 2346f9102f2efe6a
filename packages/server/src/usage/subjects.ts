// This module keeps everything with a limit that this node has seen lately: makes it, reads what was stored of it and
// what its allowance hangs on, and remembers what waits to be stored. Bounded: what was not seen for long is forgotten
// and read anew.
import type { Database } from '@hallpass/db';
import { HOUR } from '@hallpass/protocol';
import type { Settings } from '../settings.ts';
import type { App } from '../store/apps/apps.ts';
import * as grants from '../store/grants/grants.ts';
import * as pages from '../store/pages/pages.ts';
import type { Schema } from '../store/schema.ts';
import * as store from '../store/installation/usage.ts';
import type { World } from '../world.ts';
import { AppUsage, secondsOfDay } from './app-usage.ts';
import { UsageCounter, type CountedSubject, type LimitTerms } from './usage-counter.ts';
import { RecentMap } from './recent-map.ts';
import { Sketch } from './sketch.ts';
import { callsByTier, type UsageTarget, isMarketing, type Rate, useCases } from './use-cases.ts';
import { type AppId, PageId, type PersonId } from '../store/ids.ts';

/** So many apps, and so many other things with a limit, are kept in memory. */
const MOST_KEPT = 50_000;
/** So many things wait to be stored; what is used beyond them while the database is away is forgotten. */
const MOST_WAITING = 100_000;
/** Log-ins within a week are counted up to here; beyond, the people who make calls say how many there are. */
const MOST_LOGGED_IN = 1000;
const WEEK = 7;
/** Below this share of their limit nothing is stored of people: most never come near it. */
const PERSON_STORED_FROM = 0.1;

export class Subjects {
  readonly settings: Settings;
  readonly db: Database<Schema>;
  /** The counters that are not stored yet. */
  waiting = new Set<UsageCounter>();
  waitingApps = new Set<AppUsage>();
  readonly #clock: World['clock'];
  readonly #apps = new RecentMap<AppUsage>(MOST_KEPT);
  readonly #counted = new RecentMap<UsageCounter>(MOST_KEPT);

  constructor(db: Database<Schema>, settings: Settings, clock: World['clock']) {
    this.db = db;
    this.settings = settings;
    this.#clock = clock;
  }

  get now(): number {
    return this.#clock.now();
  }

  get day(): number {
    return Math.floor(this.now / secondsOfDay);
  }

  app({ id, settings }: App): AppUsage {
    const used = this.#apps.get(id, () => {
      const counted = new UsageCounter(
        { key: `app:${id}`, appId: id, what: 'app' },
        { span: HOUR, error: 'limit.app', allowance: undefined },
      );
      return new AppUsage(id, counted, this.day);
    });
    used.tier = settings.marketingTier;
    // The week of a new day is read anew.
    if (used.turn(this.day)) used.counted.loaded = false;
    return used;
  }

  /** Returns what this node knows of an app, if anything. */
  peekApp(appId: AppId): AppUsage | undefined {
    return this.#apps.peek(appId);
  }

  person(appId: AppId, personId: PersonId): UsageCounter {
    const named = { key: `person:${appId}:${personId}`, appId, personId, what: 'person' };
    return this.#of(named, {
      span: HOUR,
      error: 'limit.person',
      allowance: this.settings.callsPerPerson,
      storedFrom: PERSON_STORED_FROM,
    });
  }

  /** A Page as it is called with tokens of people. */
  page(appId: AppId, id: string): UsageCounter {
    const named = { key: `page:${appId}:${id}`, appId, objectId: id, what: 'page' };
    return this.#of(named, { span: HOUR, error: 'limit.page', allowance: this.settings.pageCallsByPeople });
  }

  business({ id, settings }: App, to: UsageTarget): UsageCounter {
    const { span, error } = useCases[to.useCase];
    const counted = this.#of(
      { key: `${to.useCase}:${id}:${to.id}`, appId: id, objectId: to.id, what: to.useCase },
      { span, error, allowance: undefined },
    );
    if (isMarketing(to.useCase))
      counted.allowance = Math.max(
        1,
        (callsByTier(to.useCase, settings.marketingTier) * this.settings.adsAllowancePercent) / 100,
      );
    return counted;
  }

  /** One call on one object. */
  rated(appId: AppId, name: string, objectId: string, rate: Rate): UsageCounter {
    const named = { key: `rate:${name}:${appId}:${objectId}`, appId, objectId, what: name };
    return this.#of(named, { span: rate.seconds, error: rate.error ?? 'limit.custom', allowance: rate.calls });
  }

  add(counted: UsageCounter, now: number, calls: number, cpu: number, time: number): void {
    counted.meter.add(now, calls, cpu, time);
    this.waits(counted);
  }

  /** Says that there is something to store. */
  waits(what: UsageCounter | AppUsage): void {
    if (what instanceof AppUsage) {
      if (this.waitingApps.size < MOST_WAITING) this.waitingApps.add(what);
    } else if (!what.dirty && this.waiting.size < MOST_WAITING) {
      what.dirty = true;
      this.waiting.add(what);
    }
  }

  /**
   * Reads what was stored; who comes meanwhile waits for the same reading. @param used its app, where it is the app's
   * own count
   */
  async load(counted: UsageCounter, used?: AppUsage): Promise<void> {
    counted.loading ??= this.#read(counted, used).finally(() => {
      counted.loading = undefined;
    });
    await counted.loading;
  }

  /** Reads what an allowance hangs on: the people of an app, those who engage with a Page. */
  async allow(counted: UsageCounter, used?: AppUsage): Promise<void> {
    const { appId, objectId, what } = counted.name;
    const weekAgo = this.now - WEEK * secondsOfDay;
    if (used && counted === used.counted) {
      used.loggedIn = await grants.countRecent(this.db.read, appId, weekAgo, MOST_LOGGED_IN);
      this.allowApp(used);
    } else if (what === 'pages' && objectId !== undefined) {
      const recorded = await pages.metrics(
        this.db.read,
        PageId.of(objectId),
        ['page_engaged_users'],
        'day',
        weekAgo,
        this.now,
      );
      counted.allowance =
        this.settings.pageCallsPerEngagedUser * Math.max(this.settings.usersAtLeast, recorded.at(-1)?.value ?? 0);
    }
  }

  allowApp(used: AppUsage): void {
    used.counted.allowance = this.settings.callsPerUser * Math.max(this.settings.usersAtLeast, used.users);
  }

  #of(named: CountedSubject, terms: LimitTerms): UsageCounter {
    return this.#counted.get(named.key, () => new UsageCounter(named, terms));
  }

  /** A count that cannot be read now counts as nothing used, and is tried again at the next call. */
  async #read(counted: UsageCounter, used?: AppUsage): Promise<void> {
    try {
      const rows = await store.counts(this.db.read, [counted.name.key], this.now);
      if (used && counted === used.counted) {
        const first = this.day - WEEK + 1;
        const stored = await store.days(this.db.read, used.id, first);
        used.week = new Sketch();
        for (const { people } of stored) used.week.join(Sketch.of(people));
        for (const { day, people } of [...used.ended, used.today]) if (day >= first) used.week.join(people);
      }
      await this.allow(counted, used);
      counted.meter.rebase(this.now, rows);
      counted.loaded = true;
    } catch {
      counted.loaded = false;
    }
  }
}
