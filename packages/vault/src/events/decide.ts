// A look at a connection changes its row, and events tell of it. This module decides which; it asks and writes nothing.
import { type DebugTokenData, type GranularScope, keysOf, parseJson, type Random, shape } from '@hallpass/protocol';
import { driftBetween, missingScopes } from '../drift.ts';
import type { EventKind } from '../event-kinds.ts';
import type { EventFacts } from './record-event.ts';
import type { Judgement } from '../judge.ts';
import { newWarning, nextLookAt, policy, retryAt, usefulUntil } from '../policy.ts';
import { asksPerson, holderStates, type HolderState, isWorking } from '../states.ts';
import type { LookedAtColumns, SweptRow } from '../store/due-connections.ts';

export interface Told {
  judgement: Judgement;
  /** The answer of debug_token; absent where the service has none. */
  data?: DebugTokenData | undefined;
}

export interface Decision {
  facts: Partial<LookedAtColumns>;
  events: { kind: EventKind; facts: EventFacts }[];
}

const texts = shape.listOf(shape.text);
const granularShape = shape.listOf(
  shape.object<{ scope: string; target_ids?: string[] | undefined }>({
    scope: shape.text,
    target_ids: shape.optional(shape.listOf(shape.text)),
  }),
);

const scopesIn = (json: string): string[] => parseJson(texts, json) ?? [];

const granularIn = (json: string | null): GranularScope[] | undefined =>
  json === null ? undefined : (parseJson(granularShape, json) as GranularScope[] | undefined);

/** The end that was known of a row; null for none. */
export const knownEnd = (row: Pick<SweptRow, 'expires_at' | 'data_access_until'>): number | null =>
  usefulUntil({ expiresAt: row.expires_at ?? 0, dataAccessUntil: row.data_access_until ?? 0 }) ?? null;

/** An end of 0 is none. Undefined where this answer did not tell. */
const momentOf = (moment: number | undefined): number | null | undefined =>
  moment === undefined ? undefined : moment === 0 ? null : moment;

/** The server has said how a token stands. @param now epoch seconds of the protocol's clock */
export function decide(row: SweptRow, told: Told, now: number, random: Random): Decision {
  const { judgement, data } = told;
  const standing = standingOf(row, told);
  const { state } = standing;
  const works = isWorking(state);
  const expiresAt = momentOf(judgement.dates.expiresAt);
  const dataAccessUntil = momentOf(judgement.dates.dataAccessUntil);
  const facts: Decision['facts'] = {
    ...standing,
    kind: row.kind ?? judgement.kind ?? null,
    checked_at: now,
    failures: 0,
  };
  if (state !== row.state) facts.changed_at = now;
  if (judgement.dates.issuedAt !== undefined) facts.issued_at = judgement.dates.issuedAt;
  if (expiresAt !== undefined) facts.expires_at = expiresAt;
  if (dataAccessUntil !== undefined) facts.data_access_until = dataAccessUntil;
  const events: Decision['events'] = [];
  if (data?.is_valid) {
    const carried = { scopes: inOrder(data.scopes), granular: data.granular_scopes };
    facts.granted_scopes = JSON.stringify(carried.scopes);
    facts.granular = carried.granular === undefined ? null : JSON.stringify(carried.granular);
    facts.person_id = personOf(data) ?? null;
    // Nothing is compared where the same was carried at the last look, as nearly always.
    if (facts.granted_scopes !== row.granted_scopes || facts.granular !== row.granular) {
      const before = { scopes: scopesIn(row.granted_scopes), granular: granularIn(row.granular) };
      const drift = driftBetween(before, carried);
      if (drift && row.checked_at !== null) events.push({ kind: 'drifted', facts: { ...drift } });
    }
  }
  const turn = turnOf(row.state, state);
  const dates = {
    issuedAt: facts.issued_at ?? row.issued_at ?? undefined,
    expiresAt: (expiresAt === undefined ? row.expires_at : expiresAt) ?? 0,
    dataAccessUntil: (dataAccessUntil === undefined ? row.data_access_until : dataAccessUntil) ?? 0,
  };
  if (turn) events.push({ kind: turn, facts: factsOf(row.state, standing, knownEnd(row)) });
  const until = usefulUntil(dates);
  const before = { until: knownEnd(row) ?? undefined, checkedAt: row.checked_at ?? undefined };
  const warning = works ? newWarning(until, now, before) : undefined;
  if (warning !== undefined && until !== undefined)
    events.push({
      kind: 'warned',
      facts: { days: warning, until, of: until === dates.expiresAt ? 'token' : 'data_access' },
    });
  const lastTriedAt = row.extend_tried_at ?? undefined;
  const since = facts.changed_at ?? row.changed_at;
  facts.due_at = nextLookAt({ state, kind: facts.kind ?? undefined, dates, now, lastTriedAt, since }, random) ?? null;
  return { facts, events };
}

/** Servers mostly answer in the same order: then nothing is copied. */
const inOrder = (texts: readonly string[]): readonly string[] =>
  texts.every((text, at) => at === 0 || (texts[at - 1] ?? '') <= text) ? texts : texts.toSorted();

/** The person behind a token. A system user is none, and an app token has nobody behind it. */
const personOf = ({ type, user_id }: DebugTokenData): string | undefined =>
  type === 'USER' || type === 'PAGE' ? user_id : undefined;

type Standing = Pick<SweptRow, 'state' | 'reason' | 'code' | 'subcode' | 'advice'>;

/** Gives the state with what its holder needs taken into account. */
function standingOf(row: SweptRow, { judgement, data }: Told): Standing {
  const { state, reason, code = null, subcode = null, advice = null } = judgement;
  const wanted = row.wanted_scopes === '[]' ? [] : scopesIn(row.wanted_scopes);
  const missing = data && isWorking(state) ? missingScopes(wanted, data.scopes) : [];
  if (missing.length === 0) return { state, reason, code, subcode, advice };
  return {
    state: 'needs_permission',
    reason: `It carries no ${missing.join(', ')}: ${holderStates.needs_permission}.`,
    code,
    subcode,
    advice: 'ask_permission',
  };
}

/** The event that tells of a change of states; undefined where none needs to. */
function turnOf(before: HolderState, after: HolderState): EventKind | undefined {
  if (before === after) return undefined;
  const worked = isWorking(before) || before === 'unreachable';
  if (isWorking(after)) {
    if (!worked) return 'recovered';
    return before === 'unreachable' || after === 'needs_permission' || before === 'needs_permission'
      ? 'state_changed'
      : undefined;
  }
  // The person was told that nothing helps, and is asked now that something does.
  if (!worked) return asksPerson(after) && !asksPerson(before) ? 'died' : 'state_changed';
  return after === 'blocked_at_meta' ? 'blocked' : 'died';
}

const factsOf = (before: HolderState, after: Standing, until: number | null): EventFacts => ({
  before,
  state: after.state,
  advice: after.advice,
  code: after.code,
  subcode: after.subcode,
  until,
});

/** Nothing was learnt: what was known stays, and it is tried again after a pause. */
export function decideUnknown(row: SweptRow, reason: string, now: number, random: Random): Decision {
  const failures = row.failures + 1;
  const lost = failures >= policy.failuresUntilUnreachable && isWorking(row.state);
  const facts: Decision['facts'] = {
    failures,
    due_at: retryAt(failures, now, random),
    ...(lost && { state: 'unreachable', reason, code: null, subcode: null, advice: 'wait', changed_at: now }),
  };
  return {
    facts,
    events: lost ? [{ kind: 'state_changed', facts: { before: row.state, state: 'unreachable', reason } }] : [],
  };
}

/** True where a look taught nothing that is worth a write of its own. */
export function isUnchanged(row: SweptRow, { facts, events }: Decision): boolean {
  if (events.length > 0) return false;
  for (const name of keysOf(facts))
    if (name !== 'checked_at' && name !== 'due_at' && row[name] !== facts[name]) return false;
  return true;
}
