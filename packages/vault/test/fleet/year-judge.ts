// The events that a vault told in a year are held here against what truly happened to each connection.
import { policy } from '../../src/policy.ts';
import { asksPerson, type HolderState, isWorking } from '../../src/states.ts';
import { DAY, START } from './world.ts';

/** The moment at which an act changed how a connection stands in truth. */
export interface Turn {
  id: string;
  at: number;
  before: HolderState;
  state: HolderState;
  by: string;
}

/** A time in which nothing could be learnt of these. */
export interface BlindTime {
  ids: readonly string[];
  from: number;
  to: number;
}

interface ToldEvent {
  kind: string;
  at: number;
  facts: Record<string, unknown>;
}

/**
 * Looks that may teach nothing before the one that counts: the sweep whose turn it was, a worker that was killed, calls
 * that failed, and the second look at a death that is doubted.
 */
const MORE_LOOKS = 4;

/** Seconds within which a change is noticed of what stood like this. @param gap seconds from one sweep to the next */
const noticedWithin = (state: HolderState, gap: number): number =>
  policy.lookAgain[state] * (1 + policy.spread) + MORE_LOOKS * gap;

const isDown = ({ kind }: ToldEvent): boolean => kind === 'died' || kind === 'blocked';
const isUp = ({ kind }: ToldEvent): boolean => kind === 'recovered' || kind === 'reconnected' || kind === 'derived';

/** The last thing that was told before a moment, where that was that it does not work. */
function standsAsTold(events: readonly ToldEvent[], at: number): readonly ToldEvent[] {
  const before = events.filter((event) => event.at <= at && (isDown(event) || isUp(event)));
  return before.slice(before.findLastIndex(isUp) + 1);
}

const stateIn = ({ facts }: ToldEvent): HolderState =>
  Object.hasOwn(policy.lookAgain, String(facts['state'])) ? (facts['state'] as HolderState) : 'dead';

/**
 * True where nobody needs to be told anew: that it does not work was told, it has worked for less time than it takes to
 * notice, and whoever has to act was asked.
 */
function isKnown(turn: Turn, turns: readonly Turn[], events: readonly ToldEvent[], gap: number): boolean {
  const told = standsAsTold(events, turn.at);
  const last = told.at(-1);
  if (last === undefined) return false;
  if (asksPerson(turn.state) && !told.some((event) => asksPerson(stateIn(event)))) return false;
  if (!isWorking(turn.before)) return true;
  const up = turns.findLast(({ at, state }) => at <= turn.at && isWorking(state));
  return up === undefined || turn.at - up.at <= noticedWithin(stateIn(last), gap);
}

/**
 * True where what was told in time serves for this turn as well: a new token came before anybody had noticed that the
 * old one was dead, or a second act fell on what was dead already, and the one look after both asked the person.
 */
const isCovered = ({ before }: Turn, inTime: readonly ToldEvent[]): boolean =>
  inTime.some(isUp) || (!isWorking(before) && inTime.some((event) => isDown(event) && asksPerson(stateIn(event))));

/** True where a new token came after this turn and before the next death: what is told after that is about the next one. */
const isAboutLater = (told: ToldEvent, turn: Turn, turns: readonly Turn[], events: readonly ToldEvent[]): boolean =>
  turns.some(
    (later) =>
      later.at > turn.at &&
      later.at <= told.at &&
      isWorking(later.before) &&
      !isWorking(later.state) &&
      events.some((event) => isUp(event) && event.at >= turn.at && event.at <= later.at),
  );

/**
 * Holds the events of one connection against what truly happened to it.
 *
 * @param gap seconds between two sweeps @param blind the times in which nothing could be learnt of it
 */
export function judgeConnection(
  id: string,
  turns: readonly Turn[],
  events: readonly ToldEvent[],
  gap: number,
  blind: readonly Omit<BlindTime, 'ids'>[] = [],
): { faults: string[]; latest: number; deaths: number } {
  const faults: string[] = [];
  const left = events.filter(isDown);
  let latest = 0;
  let deaths = 0;
  for (const turn of turns) {
    const further = !isWorking(turn.before);
    if (isWorking(turn.state) || (further && !asksPerson(turn.state))) continue;
    if (!further) deaths++;
    const within = noticedWithin(further ? turn.before : 'healthy', gap);
    const seen = blind.find(({ from, to }) => from <= turn.at + within && turn.at <= to)?.to ?? turn.at;
    const inTime = ({ at }: ToldEvent): boolean => at >= turn.at && at <= Math.max(seen, turn.at) + within;
    const at = left.findIndex((event) => inTime(event) && !isAboutLater(event, turn, turns, events));
    const [told] = at < 0 ? [] : left.splice(at, 1);
    if (told) latest = Math.max(latest, told.at - Math.max(turn.at, Math.min(seen, told.at)));
    else if (!isCovered(turn, events.filter(inTime)) && !isKnown(turn, turns, events, gap))
      faults.push(`${id} died (${turn.by}) at day ${dayOf(turn.at)} and nobody was told: ${words(events)}`);
  }
  for (const event of left) {
    const until = event.facts['until'];
    // The end of the access to data is no act of anybody: its day was known.
    const foreseen =
      typeof until === 'number' && event.at >= until && event.at <= until + noticedWithin('healthy', gap);
    if (foreseen) deaths++;
    else
      faults.push(
        `${id} was told dead at day ${dayOf(event.at)} (${String(event.facts['code'])}/${String(event.facts['subcode'])}) and was not: ${words(events)}`,
      );
  }
  return { faults, latest, deaths };
}

export const dayOf = (at: number): string => ((at - START) / DAY).toFixed(2);
const words = (events: readonly ToldEvent[]): string => events.map(({ kind, at }) => `${kind}@${dayOf(at)}`).join(' ');
