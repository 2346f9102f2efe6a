// The watch looks at every token of a list and tells only what has changed since the last time. Its memory holds no
// token: a fingerprint tells a replaced one from the one before.
import { shape } from '@hallpass/protocol';
import { isExtensionDue, type WarnDays, warningDue } from '../policy.ts';
import { type HolderState, holderStates } from '../states.ts';
import { lookAt, type LookOptions, type TokenLook } from './look.ts';
import type { WatchedToken } from './watch-list.ts';

/** The watch remembers this of a token between two looks. */
export interface WatchRecord {
  fingerprint: string;
  state: HolderState;
  until?: number | undefined;
  /** The warning of its end that was told last. */
  warned?: number | undefined;
  problems: string[];
}

export type WatchMemory = Record<string, WatchRecord>;

export const watchMemory = shape.mapOf(
  shape.object<WatchRecord>({
    fingerprint: shape.text,
    state: shape.keyOf(holderStates),
    until: shape.optional(shape.number),
    warned: shape.optional(shape.number),
    problems: shape.listOf(shape.text),
  }),
);

export interface WatchLine {
  name: string;
  state: HolderState;
  /** The state of the last look; absent at the first. */
  before?: HolderState;
  look: TokenLook;
  /** It should be extended now. */
  extend: boolean;
  /** Something differs from the last look: this line is news. */
  changed: boolean;
}

export interface WatchResult {
  lines: WatchLine[];
  memory: WatchMemory;
  /** Not one token could be asked about: the server or the way to it is out, and nothing was learnt of any. */
  outage: boolean;
}

export interface WatchOptions extends LookOptions {
  memory: WatchMemory;
  /** A text that tells tokens apart and from which none can be had. */
  fingerprint: (token: string) => string;
  /** Called after each look, with how many there were. */
  progress?: (done: number) => void;
}

const AT_ONCE = 4;

/** Looks at all tokens, a few at a time. Once the server asks for patience, the others are not asked about. */
async function lookAtAll(tokens: readonly WatchedToken[], options: WatchOptions): Promise<TokenLook[]> {
  const looks: TokenLook[] = [];
  let next = 0;
  let done = 0;
  let throttled: TokenLook | undefined;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < tokens.length; at = next++) {
      const watched = tokens[at];
      if (watched === undefined) return;
      const look = throttled ?? (await lookAt(watched, options));
      if (look.throttled) throttled = look;
      looks[at] = look;
      options.progress?.(++done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return looks;
}

function compared(watched: WatchedToken, look: TokenLook, record: WatchRecord | undefined, now: number): WatchLine {
  const { state } = look;
  const warning = state === 'expiring' ? warningDue(look.until, now) : undefined;
  const changed =
    record === undefined ||
    record.state !== state ||
    (warning !== undefined && warning < (record.warned ?? Infinity)) ||
    (state !== 'unreachable' && look.problems.join('\n') !== record.problems.join('\n'));
  return {
    name: watched.name,
    state,
    ...(record && { before: record.state }),
    look,
    extend: look.kind !== undefined && isExtensionDue(look.kind, look.dates, now),
    changed,
  };
}

/** Gives the record for the next time. A look that learnt nothing leaves what was known of the token as it was. */
function remembered(
  { look, state }: WatchLine,
  fingerprint: string,
  before: WatchRecord | undefined,
  now: number,
): WatchRecord {
  if (state === 'unreachable' && before !== undefined) return { ...before, state };
  const warned: WarnDays | undefined = state === 'expiring' ? warningDue(look.until, now) : undefined;
  return {
    fingerprint,
    state,
    problems: look.problems,
    ...(look.until !== undefined && { until: look.until }),
    ...(warned !== undefined && { warned }),
  };
}

/** Looks at a list of tokens once and says what has changed. Tokens that are no longer listed are forgotten. */
export async function watchTokens(tokens: readonly WatchedToken[], options: WatchOptions): Promise<WatchResult> {
  const { memory, now, fingerprint } = options;
  const looks = await lookAtAll(tokens, options);
  const outage = looks.every(({ state }) => state === 'unreachable');
  const lines: WatchLine[] = [];
  const after: [string, WatchRecord][] = [];
  for (const [at, watched] of tokens.entries()) {
    const look = looks[at];
    if (look === undefined) continue;
    const print = fingerprint(watched.token.open());
    const known = memory[watched.name];
    // Another token under the same name begins anew.
    const before = known?.fingerprint === print ? known : undefined;
    const line = compared(watched, look, before, now);
    lines.push(line);
    after.push([watched.name, outage && before !== undefined ? before : remembered(line, print, before, now)]);
  }
  return { lines, memory: Object.fromEntries(after), outage };
}

/** True where somebody should do something about the token. */
export const needsAttention = ({ state, look }: WatchLine): boolean => state !== 'healthy' || look.problems.length > 0;
