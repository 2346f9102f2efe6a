// One look at a token: what it is, how it stands, and what speaks against it. A refusal of whoever asks says nothing
// about the token that is asked about.
import { GraphError, type GraphClient, NoGraph } from '@hallpass/client';
import { type DebugTokenData, type HolderAdvice, holderAdvice, redact, shape } from '@hallpass/protocol';
import { kindFrom, kindOf, type TokenKindName } from '../kinds.ts';
import { datesOf, stateOfValid, type TokenDates, usefulUntil } from '../policy.ts';
import { type HolderState, holderStates, stateAfter } from '../states.ts';
import type { WatchedToken } from './watch-list.ts';

export interface TokenLook {
  state: HolderState;
  /** The reason for the state, in one sentence; never with a token in it. */
  reason: string;
  kind?: TokenKindName;
  dates: TokenDates;
  /** The time from which it is of no use, epoch seconds; absent for never, and where it is not known. */
  until?: number;
  /** Each sentence tells of a difference from what it is held for. */
  problems: string[];
  /** The server asked for patience: nothing more should be asked for now. */
  throttled?: true;
}

export interface LookOptions {
  client: GraphClient;
  /** The app token that asks. Without it each token asks about itself, which not every token may. */
  appToken?: string | undefined;
  /** Epoch seconds. */
  now: number;
}

const inspected = shape.object<
  Pick<DebugTokenData, 'is_valid' | 'expires_at' | 'issued_at' | 'data_access_expires_at'>
>({
  is_valid: shape.boolean,
  expires_at: shape.optional(shape.number),
  issued_at: shape.optional(shape.number),
  data_access_expires_at: shape.optional(shape.number),
});

/** A server’s own words may repeat what it was sent. */
const unknown = (reason: string): TokenLook => ({
  state: 'unreachable',
  reason: redact(reason),
  dates: {},
  problems: [],
});

const refused = (state: HolderState, message: string, holder: HolderAdvice): TokenLook => ({
  state,
  reason: redact(`${message} ${holderAdvice[holder]}`),
  dates: {},
  problems: [],
});

/** Looks at a token once. Never rejects for what a server answers. */
export async function lookAt(watched: WatchedToken, options: LookOptions): Promise<TokenLook> {
  const token = watched.token.open();
  const { client, appToken, now } = options;
  try {
    const data = await client.debugToken(token, appToken ?? token);
    if (!inspected(data)) return unknown('The server answered with something that is no answer of debug_token.');
    return judged(watched, data, now);
  } catch (error) {
    if (error instanceof NoGraph) return unknown(error.message);
    if (!(error instanceof GraphError)) throw error;
    const { state, holder } = stateAfter(error);
    if (holder === 'wait') return { ...unknown(error.message), throttled: true };
    if (appToken !== undefined) return unknown(`The app could not ask: ${error.message}`);
    return state === 'unreachable' ? worksAtAll(token, client) : refused(state, error.message, holder);
  }
}

/** A token that may not inspect itself shows by a call whether it works; its end stays unknown. */
async function worksAtAll(token: string, client: GraphClient): Promise<TokenLook> {
  try {
    await client.get('/me', { params: { fields: 'id' }, token });
    const reason = 'It works. Its end cannot be seen without the id and the secret of its app.';
    return { state: 'healthy', reason, dates: {}, problems: [] };
  } catch (error) {
    if (error instanceof NoGraph) return unknown(error.message);
    if (!(error instanceof GraphError)) throw error;
    const { state, holder } = stateAfter(error);
    return holder === 'wait' ? { ...unknown(error.message), throttled: true } : refused(state, error.message, holder);
  }
}

function judged(watched: WatchedToken, data: DebugTokenData, now: number): TokenLook {
  const dates = datesOf(data);
  const until = usefulUntil(dates);
  const kind = kindFrom(data, now);
  const common = {
    dates,
    problems: problemsOf(watched, data, kind),
    ...(kind !== undefined && { kind }),
    ...(until !== undefined && { until }),
  };
  if (data.is_valid) {
    const state = stateOfValid(dates, now);
    return { ...common, state, reason: `It ${holderStates[state]}.` };
  }
  const { state, holder } = stateAfter(data.error ?? { code: 190 });
  // The server has said that it is not valid: that is never merely unknown.
  const sure = state === 'unreachable' ? 'needs_person' : state;
  const message = data.error?.message ?? 'It is not valid.';
  const advice = holderAdvice[state === sure ? holder : 'log_in_again'];
  return { ...common, state: sure, reason: redact(`${message} ${advice}`) };
}

function problemsOf(watched: WatchedToken, data: DebugTokenData, kind: TokenKindName | undefined): string[] {
  const problems: string[] = [];
  if (watched.kind !== undefined && kind !== undefined && watched.kind !== kind)
    problems.push(`Held as: ${kindOf(watched.kind).label}. In truth: ${kindOf(kind).label}.`);
  if (watched.app !== undefined && data.app_id !== undefined && watched.app !== data.app_id)
    problems.push(`Held for app ${watched.app}. In truth of app ${data.app_id}.`);
  return problems;
}
