// These answers are for the operator of a vault: sweeps, problems, health, and the snapshot of a rehearsal.
import { snapshotOf } from '../snapshot.ts';
import { flag, object, text, type ValueOf, whole } from '../schemas.ts';
import { mailSettings } from './mail.ts';

export const snapshot = snapshotOf(mailSettings);

/** The metadata of a tenant, for a rehearsal. */
export type Snapshot = ValueOf<typeof snapshot>;

export const finding = object({
  check: text(),
  ok: flag(),
  message: text('one sentence: how it is, or what to do'),
});
export type Finding = ValueOf<typeof finding>;

const sweepCounts = {
  looked: whole(),
  changed: whole(),
  extended: whole(),
  derived: whole(),
  unanswered: whole('looks that taught nothing'),
  doubted: whole('deaths that are not believed yet'),
  calls: whole('calls to servers, items of batches counted as calls'),
  failed: whole('groups that could not be finished: their connections are taken again when their leases end'),
};

const counts = object(sweepCounts);

/** The figures of a sweep so far. */
export type SweepCounts = ValueOf<typeof counts>;

export const sweepResult = object({ ...sweepCounts, told: whole('receivers of mails and webhooks') });

export interface Health {
  status: 'ok' | 'sealed' | 'away';
  /** Tenants whose own master key is missing, wrong or away: each of their calls is refused as `sealed`. */
  sealedTenants?: number | undefined;
  reason?: string | undefined;
}
