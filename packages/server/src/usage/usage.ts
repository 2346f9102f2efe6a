// Counts calls and refuses those beyond a limit, in memory: no call waits for a write. What apps, Pages and ad accounts
// have used before is read once, at their first call; jobs/flush-usage.ts stores what is new and reads what other nodes
// stored. Source: "Rate limits". Which call counts to what is decided in `charge`.
import type { Database } from '@hallpass/db';
import { graphError, refuseUnchecked, type Version } from '@hallpass/protocol';
import type { Settings } from '../settings.ts';
import type { App } from '../store/apps/apps.ts';
import type { Schema } from '../store/schema.ts';
import type { World } from '../world.ts';
import { type AppUsage, RECENT, VERSION_KIND } from './app-usage.ts';
import type { UsageCounter, CountedSubject } from './usage-counter.ts';
import { writeUsage } from './headers.ts';
import { SLOTS } from './meter.ts';
import { Subjects } from './subjects.ts';
import { type Caller, type CallFailure, failureName, startCallUsage, type CallUsage } from './call-usage.ts';
import { type UsageTarget, isMarketing, type Rate } from './use-cases.ts';
import type { AdAccountId, AppId, PageId, PersonId } from '../store/ids.ts';

/**
 * The processor is said to have done so much for a call, in microseconds: of one call among many it cannot be measured.
 */
const CPU_OF_A_CALL = 100;
const CPU_PER_CHARACTER = 0.02;

export class Usage {
  readonly subjects: Subjects;
  /** Limits that were reached, each told of once while it holds. */
  hits: CountedSubject[] = [];
  readonly #settings: Settings;
  readonly #wall: World['wall'];
  /** Apps whose limits of single calls are refused whatever the settings say: only in the emulator. */
  readonly #strict = new Set<AppId>();

  constructor(db: Database<Schema>, settings: Settings, { clock, wall }: Pick<World, 'clock' | 'wall'>) {
    this.subjects = new Subjects(db, settings, clock);
    this.#settings = settings;
    this.#wall = wall;
  }

  open(): CallUsage {
    return startCallUsage(this.#wall.ms());
  }

  /**
   * Counts one call, on an object that has a use case where `to` says so. A promise where something must be read first.
   * @throws GraphError limit.* for one call too many, which then counts nowhere
   */
  charge(tab: CallUsage, { app, kind, person, dashboard }: Caller, to?: UsageTarget): Promise<void> | undefined {
    if (!app || dashboard) return undefined;
    const { subjects } = this;
    const used = subjects.app(app);
    tab.app = used;
    const counted: UsageCounter[] = [];
    if (to && (isMarketing(to.useCase) || kind === 'page' || kind === 'system_user')) {
      tab.business = { counted: subjects.business(app, to), to };
      counted.push(tab.business.counted);
    } else {
      counted.push(used.counted);
      if (person && (kind === 'user' || kind === 'session_info')) counted.push(subjects.person(app.id, person.id));
      if (to && kind === 'user') {
        tab.page = subjects.page(app.id, to.id);
        counted.push(tab.page);
      }
    }
    if (kind === 'user' && person) used.usedBy(person.id);
    if (used.counted.loaded && counted.every((one) => one.loaded)) {
      this.#count(tab, used, counted);
      return undefined;
    }
    const unknown = new Set([used.counted, ...counted].filter((one) => !one.loaded));
    return Promise.all([...unknown].map((one) => subjects.load(one, used))).then(() => this.#count(tab, used, counted));
  }

  /** Counts a call that has a limit of its own. @throws GraphError of the rate, or blocked.too_fast */
  async chargeRate(tab: CallUsage, app: App, name: string, objectId: string, rate: Rate): Promise<void> {
    const counted = this.subjects.rated(app.id, name, objectId, rate);
    if (!counted.loaded) await this.subjects.load(counted);
    const { now } = this.subjects;
    if ((this.#refuses(counted) || this.#strict.has(app.id)) && counted.over(now)) {
      if (++counted.refused > (rate.blockedAfter ?? Number.POSITIVE_INFINITY)) {
        tab.limited = true;
        throw graphError('blocked.too_fast').retryIn(counted.regain(now));
      }
      this.#refuse(tab, counted, now);
    }
    counted.refused = 0;
    this.subjects.add(counted, now, 1, 0, 0);
  }

  /** The frame of a batch shows how its app stands, and counts nothing: its members do. */
  frame(tab: CallUsage, app: App | undefined): void {
    tab.frame = true;
    if (app) tab.app = this.subjects.app(app);
  }

  /**
   * Notes how a call ended.
   * @param failure the numbers of its error
   * @param characters length of the answer
   * @param version the one that it asked for
   */
  close(tab: CallUsage, failure: CallFailure | undefined, characters: number, version: Version): void {
    const { app } = tab;
    if (!app || tab.frame) return;
    const { now } = this.subjects;
    const cpu = CPU_OF_A_CALL + characters * CPU_PER_CHARACTER;
    const time = this.#wall.ms() - tab.began;
    for (const one of tab.charged) this.subjects.add(one, now, 0, cpu, time);
    const failed = failure !== undefined;
    const { today } = app;
    today.calls++;
    app.counts(`use:${tab.business?.to.useCase ?? 'app'}`);
    app.counts(`${VERSION_KIND}${version}`);
    if (failed) {
      today.errors++;
      app.counts(`error:${failureName(failure)}`);
    }
    if (tab.limited) today.limited++;
    else if (tab.business && isMarketing(tab.business.to.useCase)) {
      today.marketing_calls++;
      if (failed) today.marketing_errors++;
      app.outcomes = (app.outcomes + (failed ? '1' : '0')).slice(-RECENT);
    }
    this.subjects.waits(app);
  }

  /** Adds the usage headers to those of an answer. */
  write(headers: Record<string, string | string[]>, tab: CallUsage): void {
    if (tab.app) writeUsage(headers, tab, this.subjects.now);
  }

  /** Only for the emulator: makes it as if so many percent of a limit were used up. @returns which limits */
  async pretend(
    app: App,
    on: { page?: PageId; account?: AdAccountId; person?: PersonId },
    percent: number,
  ): Promise<string[]> {
    const { subjects } = this;
    const used = subjects.app(app);
    const wanted: UsageCounter[] = [];
    if (on.page !== undefined)
      wanted.push(subjects.page(app.id, on.page), subjects.business(app, { useCase: 'pages', id: on.page }));
    if (on.account !== undefined) wanted.push(subjects.business(app, { useCase: 'ads_management', id: on.account }));
    if (on.person !== undefined) wanted.push(subjects.person(app.id, on.person));
    if (wanted.length === 0) wanted.push(used.counted);
    for (const counted of wanted) {
      if (!counted.loaded) await subjects.load(counted, used);
      counted.meter.set(subjects.now, Math.ceil((counted.allowance * percent) / 100));
      counted.ordered = true;
      counted.toldUntil = 0;
      subjects.waits(counted);
    }
    return wanted.map(({ name }) => name.what);
  }

  /** Only for the emulator: refuses calls of the app that go beyond the limit of such a call alone, or no longer. */
  refuseFastCalls(appId: AppId, refused: boolean): void {
    if (refused) this.#strict.add(appId);
    else this.#strict.delete(appId);
  }

  #count(tab: CallUsage, used: AppUsage, counted: readonly UsageCounter[]): void {
    const { now } = this.subjects;
    if (used.counted.loaded) this.subjects.allowApp(used);
    for (const one of counted) if (this.#refuses(one) && one.over(now)) this.#refuse(tab, one, now);
    for (const one of counted) {
      this.subjects.add(one, now, 1, 0, 0);
      if (!tab.charged.includes(one)) tab.charged.push(one);
    }
  }

  #refuses(counted: UsageCounter): boolean {
    return this.#settings.rateLimits || counted.ordered;
  }

  #refuse(tab: CallUsage, counted: UsageCounter, now: number): never {
    tab.limited = true;
    const wait = Math.max(1, counted.regain(now));
    if (counted.toldUntil <= now) {
      counted.toldUntil = now + wait;
      this.hits.push(counted.name);
    }
    throw refuseUnchecked(counted.error, {})
      .retryIn(wait)
      .because(`the limit ${counted.name.what}: ${counted.allowance} calls in ${counted.meter.width * SLOTS} seconds`);
  }
}
