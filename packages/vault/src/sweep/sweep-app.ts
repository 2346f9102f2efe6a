// One step of a sweep: connections of one app that this worker has leased are looked at, judged together, renewed where
// that is due, and written.
import { type Random, shape } from '@hallpass/protocol';
import type { SweepCounts } from '../client/answers/operations.ts';
import type { VaultParts } from '../parts.ts';
import { retryAt } from '../policy.ts';
import { BATCH } from '../remote/inspect.ts';
import { isWorking } from '../states.ts';
import { giveBack as returnConnections, renewLease, type SweptRow, witnessesOf } from '../store/due-connections.ts';
import { deleteSetting, putSetting, settingOf } from '../store/settings.ts';
import { noteAppRefusal } from './app-refusal.ts';
import type { SweptApp } from './apps.ts';
import { decide, decideUnknown, type Decision, knownEnd } from '../events/decide.ts';
import { type GroupLook, type Look, lookAtGroup } from './look-at-group.ts';
import { type Doubt, doubtedAgain, isBelieved, judgeDeaths, outage } from './outage.ts';
import { renew, renewalDue } from './renew.ts';
import { type SettledRow, settleGroup, settleRenewal } from './settle.ts';

export type SweepParts = Pick<VaultParts, 'db' | 'keys' | 'world' | 'fetch' | 'forget' | 'tally'>;

export const noCounts = (): SweepCounts => ({
  looked: 0,
  changed: 0,
  extended: 0,
  derived: 0,
  unanswered: 0,
  doubted: 0,
  calls: 0,
  failed: 0,
});

interface SweepWork {
  parts: SweepParts;
  app: SweptApp;
  owner: string;
  /** Seconds of real time for which rows are leased. */
  lease: number;
  counts: SweepCounts;
}

/** Renewals of one app that are under way at the same time. */
const RENEWALS = 8;

const doubtShape = shape.object<Doubt>({ since: shape.number, last: shape.number });
const doubtKey = (app: SweptApp): string => `sweep/doubt/${app.app_id}`;

/** Looks at all of them once. Whoever calls holds their leases; each is given back at the end. */
export async function sweepApp(work: SweepWork, rows: readonly SweptRow[]): Promise<void> {
  const { parts, app, counts } = work;
  const group = await lookAtGroup(parts, app, rows);
  counts.calls += group.calls;
  counts.looked += rows.length;
  if (group.refusal !== undefined) {
    const { code, subcode, advice } = group.refusal;
    parts.world.log('warn', 'vault.app_refused', { app: app.app_id, code, subcode, advice: advice.holder });
  }
  await noteAppRefusal(parts, app, group);
  for (const { told, unknown } of group.looks)
    if (told === undefined) parts.tally.add('look_failures_total', { reason: failureOf(group, unknown) });
  const believed = await areDeathsBelieved(work, group);
  const settled: SettledRow[] = [];
  const renewals: [Look, 'extend' | 'derive'][] = [];
  const now = parts.world.clock.now();
  const chances = chancesOf(parts.world.random, group.looks.length);
  for (const [at, look] of group.looks.entries()) {
    const way = look.told && (believed || isWorking(look.told.judgement.state)) && renewalDue(look, app, now);
    if (way) renewals.push([look, way]);
    else settled.push({ row: look.row, decision: decisionOf(work, look, believed, chances[Math.floor(at / BATCH)]) });
  }
  const changed = await settleGroup(parts, work.owner, settled);
  // Added after the wait: another lane counts meanwhile.
  counts.changed += changed;
  const renewing = renewals.values();
  const renewer = async (): Promise<void> => {
    for (const [look, way] of renewing) await renewOne(work, look, way, believed);
  };
  await Promise.all(Array.from({ length: RENEWALS }, renewer));
}

const failureOf = ({ refusal }: GroupLook, unknown: Look['unknown']) => {
  if (refusal !== undefined) return 'app_refused';
  return unknown?.throttled ? 'throttled' : 'unanswered';
};

/**
 * Connections that were looked at in one batch stay together, so that they are written and asked about together next
 * time; batches come apart.
 */
function chancesOf(random: Random, looks: number): Random[] {
  return Array.from({ length: Math.ceil(looks / BATCH) }, () => {
    const bytes = random.bytes(4);
    return { bytes: (length) => bytes.slice(0, length) };
  });
}

function decisionOf(
  { parts: { world }, app, counts }: SweepWork,
  look: Look,
  believed: boolean,
  random = world.random,
): Decision {
  const { row, told, unknown } = look;
  const now = world.clock.now();
  if (told === undefined) {
    counts.unanswered++;
    if (!unknown?.throttled) return decideUnknown(row, unknown?.reason ?? '', now, random);
    // A server that wants fewer calls has said nothing of the token, and it is no failure.
    return { facts: { due_at: now + Math.max(1, app.pacer.pause) }, events: [] };
  }
  if (believed || isWorking(told.judgement.state) || isForeseen(row, now)) return decide(row, told, now, random);
  counts.doubted++;
  return { facts: { due_at: now + outage.lookAgain }, events: [] };
}

/** True where it is no news that a token does not work: it was told before, or its end was known. */
const isForeseen = (row: SweptRow, now: number): boolean => {
  const end = knownEnd(row);
  return (!isWorking(row.state) && row.state !== 'unreachable') || (end !== null && end <= now);
};

const lookedAt = ({ row, told }: Look) => ({ before: row.state, knownEnd: knownEnd(row), told: told?.judgement });

/**
 * False while too many died at once, or nothing that works speaks for the server. What has been told long enough is
 * believed in the end.
 */
async function areDeathsBelieved({ parts, app, counts }: SweepWork, { looks }: GroupLook): Promise<boolean> {
  const { db, world } = parts;
  const now = world.clock.now();
  let verdict = judgeDeaths(looks.map(lookedAt), now);
  if (verdict === 'ask_witnesses') {
    const others = await witnessesOf(
      db.read,
      app,
      looks.map(({ row }) => row.id),
      outage.witnesses,
    );
    const witnesses = await lookAtGroup(parts, app, others);
    counts.calls += witnesses.calls;
    verdict = judgeDeaths([...looks, ...witnesses.looks].map(lookedAt), now);
  }
  const known = await settingOf(db.read, app.tenant, doubtKey(app), doubtShape);
  if (verdict === 'believe') {
    // A token that works speaks for the server: an outage that comes later is doubted anew.
    const speaks = looks.some(({ told }) => told !== undefined && isWorking(told.judgement.state));
    if (known && speaks) await db.act(async ({ tx }) => deleteSetting(tx, app.tenant, doubtKey(app)));
    return true;
  }
  const doubt = doubtedAgain(known, now);
  await db.act(async ({ tx }) => putSetting(tx, app.tenant, doubtKey(app), doubt));
  world.log('warn', 'vault.deaths_doubted', { app: app.app_id, tokens: looks.length, since: doubt.since });
  return isBelieved(doubt);
}

/** One failure never stops the rest: what goes wrong here leaves the old token, and is tried again. */
async function renewOne(work: SweepWork, look: Look, way: 'extend' | 'derive', believed: boolean): Promise<void> {
  const { parts, app, owner, lease, counts } = work;
  const { db, world } = parts;
  const { row } = look;
  // Nothing is asked without the lease: of all workers, one asks (VT-03).
  const held = await db.act(({ tx }) => renewLease(tx, row, { owner, wall: world.wall.now(), lease }));
  if (!held || app.pacer.allowance() === 0) return giveBack(work, row);
  const renewal = await renew(parts, app, look, way);
  const now = world.clock.now();
  counts.calls += 2;
  const outcome = renewal.as === 'refused' && renewal.mismatch ? 'mismatch' : renewal.as;
  parts.tally.add('renewals_total', { way, outcome });
  if (renewal.as === 'renewed') {
    // A short-lived token that was extended is a long-lived one.
    const kind = renewal.told.judgement.kind ?? row.kind;
    const decision = decide({ ...row, kind, extend_tried_at: null }, renewal.told, now, world.random);
    if (!(await settleRenewal(parts, row, renewal, decision))) return giveBack(work, row);
    counts[renewal.event]++;
    return;
  }
  const decision = decisionOf(work, look, believed);
  if (renewal.as === 'unanswered') {
    counts.unanswered++;
    // A Page whose parent could not be asked may still get a new token: it isn't dead yet.
    const { facts, events } = way === 'derive' ? decideUnknown(row, renewal.reason, now, world.random) : decision;
    const failures = row.failures + 1;
    const again = Math.min(facts.due_at ?? Infinity, retryAt(failures, now, world.random));
    await settleGroup(parts, owner, [{ row, decision: { facts: { ...facts, failures, due_at: again }, events } }]);
    return;
  }
  const events = [...decision.events];
  if (renewal.mismatch) events.push({ kind: 'identity_mismatch', facts: renewal.mismatch });
  world.log('info', 'vault.not_renewed', { connection: row.id, way, reason: renewal.reason });
  const facts = way === 'extend' ? { ...decision.facts, extend_tried_at: now } : decision.facts;
  await settleGroup(parts, owner, [{ row, decision: { facts, events } }]);
  counts.changed++;
}

/** Another worker has it, or it has a newer token: nothing of what was learnt is written. */
async function giveBack({ parts, owner }: SweepWork, row: SweptRow): Promise<void> {
  await parts.db.act(async ({ tx }) => returnConnections(tx, row.tenant, [row.id], owner));
}
