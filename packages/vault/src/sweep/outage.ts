// A server that errs may call every token dead for a while. So deaths are believed where another token of the same app
// works at the same time, or once they have been told again for long enough.
import type { Judgement } from '../judge.ts';
import { type HolderState, isWorking } from '../states.ts';

export const outage = {
  /** So many deaths at once are doubted when they are more than half of what was looked at. */
  mass: 10,
  /** Seconds for which a doubtful death has to be told again and again. */
  believeAfter: 15 * 60,
  /** Seconds between two looks while there is doubt. */
  lookAgain: 5 * 60,
  /** Seconds after which a doubt is over in any case: what comes later is a new one. */
  forget: 7 * 24 * 60 * 60,
  /** Other tokens of the app that are looked at as witnesses. */
  witnesses: 20,
} as const;

interface LookedAt {
  /** As it stood before. */
  before: HolderState;
  /** Its end as it was known before, whichever comes first; null for none. */
  knownEnd: number | null;
  /** Undefined where nothing was learnt. */
  told: Pick<Judgement, 'state'> | undefined;
}

/** A death that nobody foresaw: what ends at the end that was known needs no witness. */
const diedUnforeseen = ({ before, knownEnd, told }: LookedAt, now: number): boolean =>
  told !== undefined &&
  !isWorking(told.state) &&
  (isWorking(before) || before === 'unreachable') &&
  (knownEnd === null || knownEnd > now);

/**
 * Judges all looks at tokens of one app. `believe`: nothing speaks against the server. `ask_witnesses`: every token that
 * should work is called dead. `doubt`: too many died at once.
 */
export function judgeDeaths(looks: readonly LookedAt[], now: number): 'believe' | 'ask_witnesses' | 'doubt' {
  const died = looks.filter((look) => diedUnforeseen(look, now)).length;
  if (died === 0) return 'believe';
  const alive = looks.filter(({ told }) => told !== undefined && isWorking(told.state)).length;
  if (alive === 0) return 'ask_witnesses';
  return died >= outage.mass && died > alive ? 'doubt' : 'believe';
}

/** The time for which deaths of an app have been doubted, in epoch seconds of the protocol's clock. */
export interface Doubt {
  since: number;
  last: number;
}

/** The doubt after it came up again now. */
export const doubtedAgain = (doubt: Doubt | undefined, now: number): Doubt =>
  doubt !== undefined && now - doubt.last <= outage.forget
    ? { since: doubt.since, last: now }
    : { since: now, last: now };

/** True once the same has been told for long enough to be the truth. */
export const isBelieved = ({ since, last }: Doubt): boolean => last - since >= outage.believeAfter;
