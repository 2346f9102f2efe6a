// A year of a fleet: day after day people, managers, apps and the operator do what ends tokens, some by chance, and workers
// sweep while calls fail and workers are killed. At the end every event is held against the truth.
import { type Act, appWideActs, personalActs, systemActs } from './acts.ts';
import type { Crew } from './crew.ts';
import type { Fleet } from './fleet.ts';
import { connectAgain, rowOf, storedToken } from './holder.ts';
import { isWorking } from '../../src/states.ts';
import { apps, DAY, START } from './world.ts';

interface YearOptions {
  days: number;
  /** Acts on people and system users for each day, on average. */
  actsADay: number;
  /** The part of the days on which a worker is killed. */
  kills: number;
  /** Minutes of each day at which the workers sweep. */
  sweepsAt: readonly number[];
  progress?: (day: number) => void;
}

interface Turn {
  id: string;
  at: number;
  works: boolean;
  by: string;
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
  readonly #works = new Map<string, boolean>();
  readonly #turns: Turn[] = [];
  readonly #later: Later[] = [];
  readonly #acts: Record<string, number> = {};
  /** People who will come back, by the day on which they do. */
  readonly #coming = new Map<number, number>();
  readonly #faults: string[] = [];
  #lastEvent = 0;

  constructor(fleet: Fleet, crew: Crew, options: YearOptions) {
    this.#fleet = fleet;
    this.#crew = crew;
    this.#options = options;
    for (const id of fleet.ids) this.#works.set(id, true);
  }

  async live(): Promise<YearResult> {
    const { days, progress, kills } = this.#options;
    const { chance } = this.#fleet;
    for (let day = 1; day <= days; day++) {
      await this.#moveTo(START + day * DAY);
      // The last weeks are quiet, so that everything that was done can be told.
      if (day <= days - 30) await this.#actsOf(day);
      await this.#doLater(day);
      if (chance.next() < kills) this.#crew.killOne();
      for (const minutes of this.#options.sweepsAt) {
        await this.#moveTo(START + day * DAY + minutes * 60);
        await this.#crew.sweep();
      }
      await this.#peopleHear(day);
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
      if (chance.isOnce(10)) await this.#act(day, systemActs, chance.below(systemUsers.length));
      else await this.#actOnPerson(day);
    }
    if (day % 45 === 20) await this.#act(day, appWideActs, day);
  }

  /** Acts on somebody who is there, whose token works and whom nothing holds back now. */
  async #actOnPerson(day: number): Promise<void> {
    const { chance, size, gone } = this.#fleet;
    const person = chance.below(size.people);
    const id = this.#fleet.userId(person);
    if (gone.has(person) || this.#isBlocked(person) || !(await this.#fleet.works(id))) return;
    const { state } = await rowOf(this.#fleet.parts, id);
    if (isWorking(state)) await this.#act(day, personalActs, person);
  }

  async #act(
    day: number,
    acts: Readonly<Record<string, (fleet: Fleet, n: number) => Promise<Omit<Act, 'name'>>>>,
    n: number,
  ) {
    const { chance } = this.#fleet;
    // Deleting an account is rare; the small app's acts come in turn.
    let name = chance.pick(Object.keys(acts));
    if (acts === appWideActs) name = Object.keys(acts)[Math.floor(n / 45) % Object.keys(acts).length] ?? name;
    if (name === 'an account is deleted' && !chance.isOnce(4)) name = 'a password is changed';
    const run = acts[name];
    if (run === undefined) return;
    const concerned =
      acts === personalActs ? this.#fleet.ofPerson(n) : acts === systemActs ? [`s-${n}`] : this.#fleet.ids;
    await this.#lookBefore(concerned);
    const { touched, later } = await run(this.#fleet, n);
    this.#acts[name] = (this.#acts[name] ?? 0) + 1;
    await this.#note(touched, name);
    if (later) this.#later.push({ day: day + later.days, touched, by: name, run: later.run });
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
    for (const id of ids) {
      if (this.#works.get(id) === true && (await this.#endedOnItsDay(id)))
        this.#faults.push(`${id} ended on its day ${dayOf(this.#fleet.now)}, and could have been kept.`);
      this.#works.set(id, await this.#fleet.works(id));
    }
  }

  async #endedOnItsDay(id: string): Promise<boolean> {
    const data = await this.#fleet.truth(await storedToken(this.#fleet.parts, id), this.#fleet.appOfId(id));
    return data.error?.subcode === 463;
  }

  /** Notes which of these works now, and which has stopped or begun to. */
  async #note(ids: readonly string[], by: string): Promise<void> {
    for (const id of ids) {
      const works = await this.#fleet.works(id);
      if (works !== this.#works.get(id)) this.#turns.push({ id, at: this.#fleet.now, works, by });
      this.#works.set(id, works);
    }
  }

  /** People hear of what happened, and most of them come back some days later. */
  async #peopleHear(day: number): Promise<void> {
    const fleet = this.#fleet;
    const { chance, parts, gone } = fleet;
    const rows = await parts.db.read
      .selectFrom('events')
      .selectAll()
      .where('id', '>', this.#lastEvent)
      .where('kind', 'in', ['warned', 'died'])
      .orderBy('id')
      .execute();
    for (const { id, connection_id } of rows) {
      this.#lastEvent = Math.max(this.#lastEvent, id ?? 0);
      const [kind, text] = (connection_id ?? '').split('-');
      const n = Number(text);
      if (kind === 's') this.#coming.set(-1 - n, day + 1 + chance.below(5));
      else if (kind === 'u' && !gone.has(n) && !this.#coming.has(n) && !chance.isOnce(20))
        this.#coming.set(n, day + 1 + chance.below(12));
    }
    for (const [n, when] of this.#coming) {
      if (when > day) continue;
      this.#coming.delete(n);
      if (n < 0) await this.#newSystemToken(-1 - n);
      else if (!gone.has(n) && !this.#isBlocked(n)) await this.#comesBack(n);
      else if (!gone.has(n)) this.#coming.set(n, day + 2);
    }
  }

  /** While an account or app is blocked nobody can log in. */
  #isBlocked(n: number): boolean {
    return this.#later.some(({ touched }) => touched.includes(this.#fleet.userId(n)));
  }

  async #comesBack(n: number): Promise<void> {
    await this.#fleet.reconnect(n);
    await this.#note([this.#fleet.userId(n)], 'the person connected again');
  }

  async #newSystemToken(n: number): Promise<void> {
    const { parts } = this.#fleet;
    const desk = await this.#fleet.desk();
    await desk.post(`/${this.#fleet.systemUsers[n]}/applications`, { business_app: apps[0].id });
    const token = await this.#fleet.tokenOfSystemUser(n);
    await connectAgain(parts, `s-${n}`, token, await this.#fleet.truth(token, apps[0].id));
    await this.#note([`s-${n}`], 'the business made a new token');
  }

  async #result(): Promise<YearResult> {
    const { parts } = this.#fleet;
    const faults = this.#faults;
    const rows = await parts.db.read.selectFrom('events').selectAll().orderBy('id').execute();
    const byId = Map.groupBy(rows, ({ connection_id }) => connection_id ?? '');
    let latest = 0;
    let deaths = 0;
    for (const id of this.#fleet.ids) {
      const told = byId.get(id) ?? [];
      const judged = judgeConnection(
        id,
        this.#turns.filter((turn) => turn.id === id),
        told.map(({ kind, at, facts }) => ({ kind, at, facts: JSON.parse(facts) as Record<string, unknown> })),
      );
      faults.push(...judged.faults, ...(await this.#endOf(id)));
      latest = Math.max(latest, judged.latest);
      deaths += judged.deaths;
    }
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
    const works = await this.#fleet.works(id);
    const held = isWorking(row.state);
    const faults: string[] = [];
    if (works !== held) faults.push(`${id} is held for ${row.state} and ${works ? 'works' : 'does not work'}.`);
    if (this.#works.get(id) === true && (await this.#endedOnItsDay(id)))
      faults.push(`${id} ended on its day, and could have been kept.`);
    return faults;
  }
}

interface ToldEvent {
  kind: string;
  at: number;
  facts: Record<string, unknown>;
}

/**
 * A death has to be told within so many seconds: the longest time between two looks, a quarter of an hour of doubt, and a
 * day on which every try fails.
 */
const IN_TIME = 60 * 3600;

const isDown = ({ kind }: ToldEvent): boolean => kind === 'died' || kind === 'blocked';
const isUp = ({ kind }: ToldEvent): boolean => kind === 'recovered' || kind === 'reconnected' || kind === 'derived';

/** Holds the events of one connection against what truly happened to it. */
export function judgeConnection(
  id: string,
  turns: readonly Pick<Turn, 'at' | 'works' | 'by'>[],
  events: readonly ToldEvent[],
): { faults: string[]; latest: number; deaths: number } {
  const faults: string[] = [];
  const left = events.filter(isDown);
  let latest = 0;
  let deaths = 0;
  for (const turn of turns) {
    if (turn.works) continue;
    deaths++;
    const at = left.findIndex((event) => event.at >= turn.at && event.at <= turn.at + IN_TIME);
    const [told] = at < 0 ? [] : left.splice(at, 1);
    if (told) latest = Math.max(latest, told.at - turn.at);
    // A new token came before anybody had noticed that the old one was dead.
    else if (!events.some((event) => isUp(event) && event.at >= turn.at && event.at <= turn.at + IN_TIME))
      faults.push(`${id} died (${turn.by}) at day ${dayOf(turn.at)} and nobody was told: ${words(events)}`);
  }
  for (const event of left) {
    const until = event.facts['until'];
    // The end of the access to data is no act of anybody: its day was known.
    const foreseen = typeof until === 'number' && event.at >= until && event.at <= until + IN_TIME;
    if (foreseen) deaths++;
    else
      faults.push(
        `${id} was told dead at day ${dayOf(event.at)} (${String(event.facts['code'])}/${String(event.facts['subcode'])}) and was not: ${words(events)}`,
      );
  }
  return { faults, latest, deaths };
}

const dayOf = (at: number): string => ((at - START) / DAY).toFixed(2);
const words = (events: readonly ToldEvent[]): string => events.map(({ kind, at }) => `${kind}@${dayOf(at)}`).join(' ');
