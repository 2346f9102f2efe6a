// One story with the runs of a command around it: what rules judge.
import { asksForFewerCalls } from '@hallpass/protocol';
import type { StoryCard } from '../stories/play-story.ts';
import type { CheckedCall } from './check-call.ts';

/** A command that was run to its end. */
export interface CheckedRun {
  code: number;
  signal: string | undefined;
  timedOut: boolean;
  ms: number;
  /** Standard output and standard error, cut where they are long. */
  output: string;
  calls: readonly CheckedCall[];
}

export interface CheckedStory {
  card: StoryCard;
  /** The run before the story, which passed. */
  before: CheckedRun;
  after: CheckedRun;
  /** The run when the story was undone or over; undefined where it cannot be. */
  later: CheckedRun | undefined;
  /** Tokens and secrets that were handed to the command. */
  credentials: readonly string[];
  /** Versions that have ended by the clock of the world. */
  hasEnded(version: NonNullable<CheckedCall['version']>): boolean;
}

export const isDead = ({ error }: CheckedCall): boolean => error?.code === 190 || error?.code === 102;
export const isLimited = ({ error }: CheckedCall): boolean => asksForFewerCalls(error?.code);
/** A failure of the platform that is over soon: 1, 2, a status of 500 or more, or no whole answer. */
export const isTransient = ({ error, status, broken }: CheckedCall): boolean =>
  broken || status >= 500 || error?.code === 1 || error?.code === 2;
export const isWrite = ({ name }: CheckedCall): boolean => !name.startsWith('GET ');

export const passes = ({ code, signal, timedOut }: CheckedRun): boolean =>
  code === 0 && signal === undefined && !timedOut;

/** Calls with this token after the first of them that was refused as dead. */
export function callsAfterDeath(calls: readonly CheckedCall[]): { dead: CheckedCall; again: CheckedCall[] }[] {
  const found = new Map<string, { dead: CheckedCall; again: CheckedCall[] }>();
  for (const call of calls) {
    if (call.token === undefined) continue;
    const known = found.get(call.token);
    if (known) known.again.push(call);
    else if (isDead(call)) found.set(call.token, { dead: call, again: [] });
  }
  return [...found.values()];
}

/** Each failed call with the next one that asks the same in the same words, if there is one. */
export function retriesOf(calls: readonly CheckedCall[], failed: (call: CheckedCall) => boolean) {
  return calls.flatMap((call, at) => {
    if (!failed(call)) return [];
    return [{ call, retry: calls.slice(at + 1).find((one) => one.digest === call.digest) }];
  });
}

/** `190/460` */
export const answerOf = ({ error, status, broken }: CheckedCall): string =>
  broken ? 'broken' : error === undefined ? String(status) : [error.code, error.subcode ?? []].flat().join('/');
