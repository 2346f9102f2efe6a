// A year of a fleet: day after day people, managers, apps and the operator do what ends tokens, some by chance, and workers
// sweep while calls fail and workers are killed. At the end every event is held against the truth.
import { type Act, appWideActs, otherActs, personalActs, systemActs } from './acts.ts';
import type { Crew } from './crew.ts';
import type { Fleet } from './fleet.ts';
import { patiently, rowOf } from './holder.ts';
import { inLanes } from './in-lanes.ts';
import { groupOf } from './log-ins.ts';
import { type HolderState, isWorking } from '../../src/states.ts';
import { apps, DAY, START } from './world.ts';
import { type BlindTime, dayOf, judgeConnection, type Turn } from './year-judge.ts';

const HOUR = 3600;
/** People who do something at the same time, and looks at how tokens stand. */
const LANES = 4;

interface YearOptions {
  days: number;
  /** Acts on people and system users for each day, on average. */
  actsADay: number;
  /** The part of the days on which a worker is killed. */
  kills: number;
  /** Hours from one sweep of the workers to the next; a part of a day. */
  sweepEvery: number;
  progress?: (day: number) => void;
}

export interface YearResult {
  days: number;
  connections: number;
  /** Times that each act was done. */
  acts: Record<string, number>;
  /** Tokens that died by an act, and by the end of the access to data. */
  deaths: number;
  /** Events of each kind. */
  events: Record<string, number>;
  /** Seconds from a death until it was told, at most. */
  latest: number;
  /** Each is a sentence about something that should not have happened. */
  faults: string[];
  killed: number;
}

interface Later {
  day: number;
  touched: string[];
  by: string;
  run(): Promise<void>;
}

export class Year {
  readonly #fleet: Fleet;
  readonly #crew: Crew;
  readonly #options: YearOptions;
  readonly #standing = new Map<string, HolderState>();
  readonly #turns: Turn[] = [];
  readonly #later: Later[] = [];
  readonly #blind: BlindTime[] = [];
  readonly #acts: Record<string, number> = {};
  /** Connections that somebody will renew, with the day on which they do. */
  readonly #coming = new Map<string, number>();
  readonly #faults: string[] = [];
  #lastEvent = 0;

  constructor(fleet: Fleet, crew: Crew, options: YearOptions) {
    this.#fleet = fleet;
    this.#crew = crew;
    this.#options = options;
    for (const id of fleet.ids) this.#standing.set(id, 'healthy');
  }

  async live(): Promise<YearResult> {
    const { days, progress, kills } = this.#options;
    const { chance } = this.#fleet;
    for (let day = 1; day <= days; day++) {
      await this.#moveTo(START + day * DAY);
      // The last weeks are quiet, so that everything that was done can be told, and on the last days nobody comes back.
      if (day <= days - 30) await this.#actsOf(day);
      await this.#doLater(day);
      if (chance.next() < kills) this.#crew.killOne();
      for (let hour = 0; hour < 24; hour += this.#options.sweepEvery) {
        await this.#moveTo(START + day * DAY + hour * HOUR);
        await this.#crew.sweep();
      }
      if (day <= days - 2) await this.#peopleHear(day);
      progress?.(day);
    }
    return this.#result();
  }

  async #moveTo(moment: number): Promise<void> {
    const { emulator } = this.#fleet;
    await emulator.clock.advance(Math.max(0, moment - emulator.clock.now()));
  }

  async #actsOf(day: number): Promise<void> {
    const { chance, systemUsers } = this.#fleet;
    const { actsADay } = this.#options;
    const many = Math.floor(actsADay) + (chance.next() < actsADay % 1 ? 1 : 0);
    for (let n = 0; n < many; n++) {
      const kind = chance.below(10);
      if (kind === 0) await this.#act(day, systemActs, chance.below(systemUsers.length));
      else if (kind === 1) await this.#actOnOther(day);
      else await this.#actOnPerson(day);
    }
    if (day % 45 === 20) await this.#act(day, appWideActs, day);
  }

  /** Acts on somebody who is there, whose token works and whom nothing holds back now. */
  async #actOnPerson(day: number): Promise<void> {
    const { chance, size, gone } = this.#fleet;
    const person = chance.below(size.people);
    const id = this.#fleet.userId(person);
    if (gone.has(person) || this.#isBlocked(id) || !isWorking((await this.#fleet.look(id)).state)) return;
    const { state } = await rowOf(this.#fleet.parts, id);
    if (isWorking(state)) await this.#act(day, personalActs, person);
  }

  /** Acts on what some people and businesses have besides, where nothing holds it back now. */
  async #actOnOther(day: number): Promise<void> {
    const { chance, size, gone } = this.#fleet;
    const n = chance.below(size.others);
    if (gone.has(n) || [`l-${n}`, `d-${n}`].some((id) => this.#isBlocked(id))) return;
    await this.#act(day, otherActs, n);
  }

  async #act(
    day: number,
    acts: Readonly<Record<string, (fleet: Fleet, n: number) => Promise<Omit<Act, 'name'>>>>,
    n: number,
  ) {
    const { chance } = this.#fleet;
    // Deleting is rare, and what ends a whole app; the small app's acts come in turn.
    let name = chance.pick(Object.keys(acts));
    if (acts === appWideActs) name = Object.keys(acts)[Math.floor(n / 45) % Object.keys(acts).length] ?? name;
    if (name === 'an account is deleted' && !chance.isOnce(4)) name = 'a password is changed';
    if (name === 'the type of log-in of an app is switched' && !chance.isOnce(6))
      name = 'a business removes an app that it connected';
    const run = acts[name];
    if (run === undefined) return;
    await this.#lookBefore(this.#concernedBy(acts, n));
    const { touched, blinds, later } = await run(this.#fleet, n);
    this.#acts[name] = (this.#acts[name] ?? 0) + 1;
    await this.#note(touched, name);
    if (later) this.#later.push({ day: day + later.days, touched, by: name, run: later.run });
    if (later && blinds)
      this.#blind.push({ ids: touched, from: this.#fleet.now, to: START + (day + later.days) * DAY });
  }

  #concernedBy(acts: object, n: number): readonly string[] {
    if (acts === personalActs) return this.#fleet.ofPerson(n);
    if (acts === systemActs) return [`s-${n}`];
    const { ids } = this.#fleet;
    if (acts === otherActs) return ids.filter((id) => 'ldi'.includes(groupOf(id).group));
    return ids.filter((id) => this.#fleet.appOfId(id) === apps[1].id);
  }

  async #doLater(day: number): Promise<void> {
    for (const later of this.#later.splice(0)) {
      if (later.day > day) this.#later.push(later);
      else {
        await this.#lookBefore(later.touched);
        await later.run();
        await this.#note(later.touched, `the end of: ${later.by}`);
      }
    }
  }

  /** Notes how these stand before an act. An end that was known from the beginning is no act of anybody. */
  async #lookBefore(ids: readonly string[]): Promise<void> {
    await inLanes(ids, LANES, async (id) => {
      const { state, ended } = await this.#fleet.look(id);
      if (ended && this.#worked(id))
        this.#faults.push(`${id} ended on its day ${dayOf(this.#fleet.now)}, and could have been kept.`);
      this.#standing.set(id, state);
    });
  }

  #worked(id: string): boolean {
    return isWorking(this.#standing.get(id) ?? 'healthy');
  }

  /** Notes which of these stands in another way now. */
  async #note(ids: readonly string[], by: string): Promise<void> {
    await inLanes(ids, LANES, async (id) => {
      const before = this.#standing.get(id) ?? 'healthy';
      const { state } = await this.#fleet.look(id);
      if (state !== before) this.#turns.push({ id, at: this.#fleet.now, before, state, by });
      this.#standing.set(id, state);
    });
  }

  /** People hear of what happened, and most of them come back some days later. */
  async #peopleHear(day: number): Promise<void> {
    const { chance, parts, gone } = this.#fleet;
    const news = parts.db.read
      .selectFrom('events')
      .select(['id', 'connection_id'])
      .where('id', '>', this.#lastEvent)
      .where('kind', 'in', ['warned', 'died'])
      .orderBy('id');
    const rows = await patiently(parts, () => news.execute());
    for (const { id, connection_id } of rows) {
      this.#lastEvent = Math.max(this.#lastEvent, id ?? 0);
      const name = connection_id ?? '';
      // A Page is renewed by its person.
      if (name.startsWith('p-') || this.#coming.has(name)) continue;
      const ofBusiness = name.startsWith('s-') || name.startsWith('i-');
      if (ofBusiness) this.#coming.set(name, day + 1 + chance.below(5));
      else if (!chance.isOnce(20)) this.#coming.set(name, day + 1 + chance.below(12));
    }
    const ready: string[] = [];
    for (const [id, when] of this.#coming) {
      if (when > day) continue;
      this.#coming.delete(id);
      const { group, n } = groupOf(id);
      if (group !== 's' && group !== 'i' && gone.has(n)) continue;
      if (this.#isBlocked(id)) this.#coming.set(id, day + 2);
      else ready.push(id);
    }
    await inLanes(ready, LANES, (id) => this.#comesBack(id));
  }

  /** While an account or app is blocked nobody can log in. */
  #isBlocked(id: string): boolean {
    return this.#later.some(({ touched }) => touched.includes(id));
  }

  /** Somebody who comes back is active again, so that access to data comes back for the Pages, too. */
  async #comesBack(id: string): Promise<void> {
    const { group, n } = groupOf(id);
    const concerned = group === 'u' ? [id, ...this.#fleet.pagesOf(n)] : [id];
    await this.#lookBefore(concerned);
    await this.#fleet.reconnect(id);
    await this.#note(concerned, 'it was connected again');
  }

  async #result(): Promise<YearResult> {
    const { parts } = this.#fleet;
    const faults = this.#faults;
    const all = parts.db.read.selectFrom('events').selectAll().orderBy('id');
    const rows = await patiently(parts, () => all.execute());
    const byId = Map.groupBy(rows, ({ connection_id }) => connection_id ?? '');
    let latest = 0;
    let deaths = 0;
    const turns = Map.groupBy(this.#turns, ({ id }) => id);
    await inLanes(this.#fleet.ids, LANES, async (id) => {
      const told = byId.get(id) ?? [];
      const judged = judgeConnection(
        id,
        turns.get(id) ?? [],
        told.map(({ kind, at, facts }) => ({ kind, at, facts: JSON.parse(facts) as Record<string, unknown> })),
        this.#options.sweepEvery * HOUR,
        this.#blind.filter(({ ids }) => ids.includes(id)),
      );
      faults.push(...judged.faults, ...(await this.#endOf(id)));
      latest = Math.max(latest, judged.latest);
      deaths += judged.deaths;
    });
    const events = Object.fromEntries(
      [...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, list]) => [kind, list.length]),
    );
    return {
      days: this.#options.days,
      connections: this.#fleet.ids.length,
      acts: this.#acts,
      deaths,
      events,
      latest,
      faults,
      killed: this.#crew.killed,
    };
  }

  /** At the end the vault knows the truth, and what is dead was ended by somebody. */
  async #endOf(id: string): Promise<string[]> {
    const row = await rowOf(this.#fleet.parts, id);
    const { state, ended } = await this.#fleet.look(id);
    const works = isWorking(state);
    const faults: string[] = [];
    if (works !== isWorking(row.state))
      faults.push(`${id} is held for ${row.state} and ${works ? 'works' : 'does not work'}.`);
    if (ended && this.#worked(id)) faults.push(`${id} ended on its day, and could have been kept.`);
    return faults;
  }
}
