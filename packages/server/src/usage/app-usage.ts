// This record shows how one app is used: its count, who uses it, and what happened today. What is not stored yet waits
// here.
import type { App } from '../store/apps/apps.ts';
import type { DayCounts } from '../store/installation/usage.ts';
import type { UsageCounter } from './usage-counter.ts';
import { Sketch } from './sketch.ts';
import type { AppId, PersonId } from '../store/ids.ts';

export const secondsOfDay = 86_400;
/** The error rate of an app is taken over so many advertising calls. */
export const RECENT = 500;

/** One day that is not stored yet. */
export interface Day extends DayCounts {
  people: Sketch;
  /** Somebody of them is not stored yet. */
  newPeople: boolean;
  /** Calls by kind: `use:` and a use case, `error:` and numbers, `version:` and the version that they asked for. */
  kinds: Map<string, number>;
}

/** Before the version in a kind of calls. */
export const VERSION_KIND = 'version:';

export const versionOfKind = (kind: string): string | undefined =>
  kind.startsWith(VERSION_KIND) ? kind.slice(VERSION_KIND.length) : undefined;

export class AppUsage {
  readonly id: AppId;
  readonly counted: UsageCounter;
  tier: App['settings']['marketingTier'] = 'none';
  /** People of the last seven days, as far as all nodes have said. */
  week = new Sketch();
  /** People who logged in to it within a week. */
  loggedIn = 0;
  today: Day;
  /** Days that ended before they were stored. */
  ended: Day[] = [];
  /** Versions about whose end this node has asked to tell the people of the app today. */
  readonly versionsTold = new Set<string>();
  /** Advertising calls that are not stored yet. */
  outcomes = '';

  constructor(id: AppId, counted: UsageCounter, day: number) {
    this.id = id;
    this.counted = counted;
    this.today = this.#newDay(day);
  }

  /** Begins a new day where one has begun. @returns whether it did */
  turn(day: number): boolean {
    if (day === this.today.day) return false;
    this.ended.push(this.today);
    this.versionsTold.clear();
    this.today = this.#newDay(day);
    return true;
  }

  /** Hands out what is not stored of today, which then counts as stored. */
  takeToday(): Day {
    const taken = this.today;
    this.today = { ...this.#newDay(taken.day), people: taken.people };
    return taken;
  }

  /** Says that a person uses it. */
  usedBy(personId: PersonId): void {
    if (!this.today.people.add(personId)) return;
    this.today.newPeople = true;
    this.week.add(personId);
  }

  /** Counts a call of one kind. */
  counts(kind: string): void {
    const { kinds } = this.today;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }

  get users(): number {
    return Math.max(this.week.count, this.loggedIn);
  }

  #newDay(day: number): Day {
    return {
      app_id: this.id,
      day,
      calls: 0,
      errors: 0,
      limited: 0,
      marketing_calls: 0,
      marketing_errors: 0,
      people: new Sketch(),
      newPeople: false,
      kinds: new Map(),
    };
  }
}
