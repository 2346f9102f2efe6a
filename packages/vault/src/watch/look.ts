// One look at a token: what it is, how it stands, and what speaks against it. A refusal of whoever asks says nothing
// about the token that is asked about.
import type { GraphClient } from '@hallpass/client';
import { type DebugTokenData, holderAdvice, redact, Secret } from '@hallpass/protocol';
import { judge } from '../judge.ts';
import { kindOf, type TokenKindName } from '../kinds.ts';
import type { TokenDates } from '../policy.ts';
import type { RemoteFault } from '../remote/ask.ts';
import { worksAtAll } from '../remote/accounts.ts';
import { inspect } from '../remote/inspect.ts';
import type { HolderState } from '../states.ts';
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

const unknown = (reason: string): TokenLook => ({
  state: 'unreachable',
  reason: redact(reason),
  dates: {},
  problems: [],
});

/** Tells what a fault means for the token that it is about. */
function lookOf(fault: RemoteFault): TokenLook {
  if (fault.kind === 'throttled') return { ...unknown(fault.reason), throttled: true };
  if (fault.kind === 'away' || fault.advice.state === 'unreachable') return unknown(fault.reason);
  const { state, holder } = fault.advice;
  return { state, reason: `${fault.reason} ${holderAdvice[holder]}`, dates: {}, problems: [] };
}

/** Looks at a token once. Never rejects for what a server answers. */
export async function lookAt(watched: WatchedToken, { client, appToken, now }: LookOptions): Promise<TokenLook> {
  const by = appToken === undefined ? watched.token : new Secret(appToken);
  const { value, fault } = await inspect(client, watched.token, by);
  if (value) return judged(watched, value, now);
  if (fault.kind !== 'refused') return lookOf(fault);
  // None of the tokens of a blocked app works; any other refusal of the app says nothing of them.
  if (fault.advice.holder === 'app_blocked') return lookOf(fault);
  if (appToken !== undefined) return unknown(`The app couldn't ask: ${fault.reason}`);
  return fault.advice.state === 'unreachable' ? lookByCall(watched, client) : lookOf(fault);
}

/** A token that may not inspect itself shows by a call whether it works; its end stays unknown. */
async function lookByCall({ token }: WatchedToken, client: GraphClient): Promise<TokenLook> {
  const { fault } = await worksAtAll(client, token);
  if (fault) return lookOf(fault);
  const reason = 'It works. To see when it expires, give the id and secret of its app.';
  return { state: 'healthy', reason, dates: {}, problems: [] };
}

function judged(watched: WatchedToken, data: DebugTokenData, now: number): TokenLook {
  const { state, reason, kind, dates, until } = judge(data, now);
  return {
    state,
    reason,
    dates,
    problems: problemsOf(watched, data, kind),
    ...(kind !== undefined && { kind }),
    ...(until !== undefined && { until }),
  };
}

function problemsOf(watched: WatchedToken, data: DebugTokenData, kind: TokenKindName | undefined): string[] {
  const problems: string[] = [];
  if (watched.kind !== undefined && kind !== undefined && watched.kind !== kind)
    problems.push(`Listed as: ${kindOf(watched.kind).label}. In fact: ${kindOf(kind).label}.`);
  if (watched.app !== undefined && data.app_id !== undefined && watched.app !== data.app_id)
    problems.push(`Listed for app ${watched.app}. In fact of app ${data.app_id}.`);
  return problems;
}
