// This module says what an answer of debug_token means for the holder of the token. An end that lies behind is the end, whatever else was
// said; a token that the server calls invalid is never merely unknown.
import { type DebugTokenData, type HolderAdvice, holderAdvice, redact } from '@hallpass/protocol';
import { kindFrom, type TokenKindName } from './kinds.ts';
import { datesOf, stateOfValid, type TokenDates, usefulUntil } from './policy.ts';
import { asSentence } from './as-sentence.ts';
import { type HolderState, holderStates, stateAfter } from './states.ts';

export interface Judgement {
  state: HolderState;
  /** One sentence, never with a token in it. */
  reason: string;
  /** The advice of the catalogue; absent for a token that works and has an end far off. */
  advice?: HolderAdvice;
  code?: number;
  subcode?: number;
  kind?: TokenKindName;
  dates: TokenDates;
  /** The time from which it is of no use, epoch seconds; absent for never. */
  until?: number;
}

/** @param now epoch seconds of the protocol’s clock */
export function judge(data: DebugTokenData, now: number): Judgement {
  const dates = datesOf(data);
  const until = usefulUntil(dates);
  const kind = kindFrom(data, now);
  const common = { dates, ...(kind !== undefined && { kind }), ...(until !== undefined && { until }) };
  if (data.is_valid) {
    const state = stateOfValid(dates, now);
    const ended = adviceAtEnd(dates, now);
    return {
      ...common,
      state,
      reason: ended ? `${endWords[ended]} ${holderAdvice[ended]}` : `It ${holderStates[state]}.`,
      ...(ended && { advice: ended }),
    };
  }
  const { code = 190, subcode, message = 'It is not valid.' } = data.error ?? {};
  const said = stateAfter({ code, message, ...(subcode !== undefined && { subcode }) });
  const sure = said.state !== 'unreachable';
  const advice = sure ? said.holder : 'log_in_again';
  return {
    ...common,
    state: sure ? said.state : 'needs_person',
    reason: redact(`${asSentence(message)} ${holderAdvice[advice]}`),
    advice,
    code,
    ...(subcode !== undefined && { subcode }),
  };
}

const endWords = {
  log_in_again: 'It has ended.',
  reauthorize: 'The app’s access to the person’s data has ended.',
} as const;

/** The two ends are mended in different ways: a new log-in for the token, a renewed consent for the access to data. */
function adviceAtEnd(
  { expiresAt = 0, dataAccessUntil = 0 }: TokenDates,
  now: number,
): keyof typeof endWords | undefined {
  if (expiresAt !== 0 && now >= expiresAt) return 'log_in_again';
  return dataAccessUntil !== 0 && now >= dataAccessUntil ? 'reauthorize' : undefined;
}
