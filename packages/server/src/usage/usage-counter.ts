// A usage counter belongs to something that has a limit: an app, a person in an app, a Page, an ad account, one call on
// one object.
import type { ErrorKey } from '@hallpass/protocol';
import { type Amount, Meter } from './meter.ts';
import type { AppId, PersonId } from '../store/ids.ts';

/**
 * Each allowed call brings this along. Documents give no figures: these are ours, and so generous that a slow machine
 * throttles nobody.
 */
const TIME_PER_CALL = 10_000;
const CPU_PER_CALL = 100_000;

/** A counted subject is who and what is counted. */
export interface CountedSubject {
  /** Key of the rows. */
  key: string;
  appId: AppId;
  /** The Page, ad account or other object; absent where the app itself is meant. */
  objectId?: string;
  personId?: PersonId;
  /** For the event: app, person, page, a use case, or the name of a call. */
  what: string;
}

export interface LimitTerms {
  span: number;
  error: ErrorKey;
  /** Calls in a span; known after loading where it is undefined. */
  allowance: number | undefined;
  /** Below this share of the allowance nothing is stored. */
  storedFrom?: number;
}

export class UsageCounter {
  readonly name: CountedSubject;
  readonly error: ErrorKey;
  readonly meter: Meter;
  readonly storedFrom: number;
  allowance: number;
  /** True when what was stored of it, and its allowance, are known. */
  loaded: boolean;
  loading: Promise<void> | undefined;
  /** Something is not stored yet. */
  dirty = false;
  /** Until when a hit has been told of. */
  toldUntil = 0;
  /** Used up by order of whoever runs the emulator: until that has passed it refuses, although nothing else does. */
  ordered = false;
  /** Refused in a row. */
  refused = 0;
  #text = '';
  #percents = '';

  constructor(name: CountedSubject, terms: LimitTerms) {
    this.name = name;
    this.error = terms.error;
    this.meter = new Meter(terms.span);
    this.allowance = terms.allowance ?? Number.POSITIVE_INFINITY;
    this.storedFrom = terms.storedFrom ?? 0;
    // A count that is stored only when it matters is not asked for at the first call either.
    this.loaded = this.storedFrom > 0;
  }

  /** True when the next call is one too many. */
  over(now: number): boolean {
    this.meter.roll(now);
    if (this.meter.calls === 0) this.ordered = false;
    return !this.#within(this.meter);
  }

  /** Seconds until a call is let through again. */
  regain(now: number): number {
    return this.meter.secondsUntil(now, (left) => this.#within(left));
  }

  percentOf(used: number, each: number): number {
    return Math.floor((100 * used) / (this.allowance * each)) || 0;
  }

  /** `"call_count":n,"total_cputime":n,"total_time":n` */
  percents(now: number): string {
    this.meter.roll(now);
    const { call_count: calls, total_cputime: cpu, total_time: time } = this.percentages();
    return `"call_count":${calls},"total_cputime":${cpu},"total_time":${time}`;
  }

  /** The parts of the allowance that are used up, as headers name them. */
  percentages(): { call_count: number; total_cputime: number; total_time: number } {
    return {
      call_count: this.percentOf(this.meter.calls, 1),
      total_cputime: this.percentOf(this.meter.cpu, CPU_PER_CALL),
      total_time: this.percentOf(this.meter.time, TIME_PER_CALL),
    };
  }

  /** The header of an app or a Page. */
  usage(now: number): string {
    const percents = this.percents(now);
    if (percents !== this.#percents) {
      this.#percents = percents;
      this.#text = `{${percents}}`;
    }
    return this.#text;
  }

  #within({ calls, cpu, time }: Amount): boolean {
    const { allowance } = this;
    return calls < allowance && cpu < allowance * CPU_PER_CALL && time < allowance * TIME_PER_CALL;
  }
}
