// This module tells whether a token is alive. A dead one pays for the reason: the first event that moved one of its
// epochs on.
import {
  type ErrorKey,
  invalidations,
  type InvalidationName,
  refusingStates,
  type RefusingStateName,
  sessionTime,
} from '@hallpass/protocol';
import * as epochs from '../store/installation/epochs.ts';
import type { App } from '../store/apps/apps.ts';
import type { Person } from '../store/people/people.ts';
import { scopesOf, type TokenRecord } from '../tokens/record.ts';
import { isInsider } from './insider.ts';
import type { Installation } from '../installation/installation.ts';

export interface Death {
  error: ErrorKey;
  params: Record<string, string>;
  /**
   * The event or state, `expired` for the end of its time, `fenced` for tokens of before a restored backup, `withdrawn`
   * for those of a withdrawn key.
   */
  cause: InvalidationName | RefusingStateName | 'expired' | 'fenced' | 'withdrawn';
  /** Epoch seconds; undefined for a state. */
  at: number | undefined;
  /** The actor, if it was an event. */
  by?: { kind: string; id: string | null };
}

/** The subject of a living token, as loaded on the way. */
export interface Subject {
  app: App;
  person: Person;
  /** A role on the app, its test user, or a system user of the business that owns it. */
  insider: boolean;
  appRoles: readonly string[];
}

type Liveness = { alive: true; subject: Subject } | { alive: false; death: Death };

/** Checks one opened token at the present moment of protocol time. */
export async function check(
  installation: Pick<Installation, 'db' | 'facts' | 'world'>,
  record: TokenRecord,
): Promise<Liveness> {
  const { facts } = installation;
  const now = installation.world.clock.now();
  let moved = false;
  for (const { scope, epoch } of scopesOf(record)) {
    const value = facts.epoch(scope);
    if ((typeof value === 'number' ? value : await value) !== epoch) moved = true;
  }
  if (moved || (record.expiresAt !== 0 && now >= record.expiresAt))
    return { alive: false, death: await causeOf(installation, record, now) };
  const app = await facts.app(record.app);
  if (!app || app.status === 'deleted') return dead('app_deleted', record);
  if (app.status !== 'active') return dead('app_disabled', record);
  const person = await facts.person(record.user);
  if (!person || person.state === 'deleted')
    return { alive: false, death: { error: 'token.person_gone', params: {}, cause: 'person_deleted', at: undefined } };
  if (person.state === 'checkpoint') return dead('checkpoint', record);
  if (person.state === 'locked') return dead('locked', record);
  if (person.state === 'unconfirmed') return dead('unconfirmed', record);
  const appRoles = await facts.appRoles(record.app, record.user);
  const insider = await isInsider(installation, app.id, person, appRoles);
  if (app.mode === 'development' && !insider) return dead('app_not_active', record);
  return { alive: true, subject: { app, person, insider, appRoles } };
}

const dead = (state: RefusingStateName, record: TokenRecord): Liveness => ({
  alive: false,
  death: { error: refusingStates[state].error, params: { app: record.app }, cause: state, at: undefined },
});

async function causeOf(
  installation: Pick<Installation, 'db' | 'facts'>,
  record: TokenRecord,
  now: number,
): Promise<Death> {
  let first: epochs.Invalidation | undefined;
  for (const { scope, epoch } of scopesOf(record)) {
    if ((await installation.facts.epoch(scope)) === epoch) continue;
    const event = await epochs.ending(installation.db.read, scope, epoch);
    if (event && (!first || event.seq < first.seq)) first = event;
  }
  const expired = record.expiresAt !== 0 && now >= record.expiresAt;
  if (first && !(expired && record.expiresAt <= first.at)) {
    const name = first.name as InvalidationName;
    return {
      error: invalidations[name].error,
      params: { app: record.app },
      cause: name,
      at: first.at,
      by: { kind: first.by_kind, id: first.by_id },
    };
  }
  if (expired)
    return {
      error: 'token.session_expired',
      params: { expired: sessionTime(record.expiresAt), now: sessionTime(now) },
      cause: 'expired',
      at: record.expiresAt,
    };
  // An epoch that does not match and has no event: a record of another history (a restored database).
  return { error: 'token.logged_out', params: {}, cause: 'person_tokens_ended', at: undefined };
}
