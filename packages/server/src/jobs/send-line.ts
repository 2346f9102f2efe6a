// Sends from one line until nothing of it is due or its receiver does not take it. A try that fails is tried again
// after a time that doubles, with chance in it, for 24 hours (threats RL-18); each try is written down without what was
// said in it.
import { DAY, HOUR } from '@hallpass/protocol';
import { jitter, pauseAfter } from '@hallpass/world';
import { callApp, callOf, type CallResult } from '../callbacks/call-app.ts';
import { mailAccount } from '../callbacks/mail-account.ts';
import { mailAlert } from '../callbacks/mail-alert.ts';
import { change } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import { orderedFault } from '../installation/ordered-fault.ts';
import {
  type AttemptResult,
  type Delivery,
  isCall,
  isInOrder,
  type DeliveryQueue,
  postpone,
  settle,
  take,
  type DeliveryAttempt,
} from '../store/outbox/outbox.ts';

/** Seconds of real time for which what is taken is nobody else's: longer than any call may take. */
const LEASE = 60;
/** Notices in one call, and other calls side by side. */
const MOST_NOTICES = 100;
const MOST_CALLS = 4;
/** Seconds from the first try to the second, and the most between two. */
const pauses = { first: 30, longest: 2 * HOUR };
/** Seconds after which a call is given up. */
const GIVE_UP = DAY;

/** @param stopped asked before each take */
export async function sendLine(installation: Installation, line: DeliveryQueue, stopped: () => boolean): Promise<void> {
  while (!stopped()) {
    const taken = await taking(installation, line);
    if (taken.length === 0) return;
    const calls = isInOrder(line.kind) ? [taken] : taken.map((one) => [one]);
    const went = await Promise.all(calls.map((together) => sendTogether(installation, line, together)));
    if (went.includes(false)) return;
  }
}

function taking({ db, nodeId, world }: Installation, line: DeliveryQueue): Promise<Delivery[]> {
  const most = isInOrder(line.kind) ? MOST_NOTICES : MOST_CALLS;
  const lease = { owner: nodeId, now: world.clock.now(), wall: world.wall.now(), lease: LEASE, most };
  return db.act(({ tx }) => take(tx, line, lease));
}

/** @returns false when the line has to wait */
async function sendTogether(
  installation: Installation,
  line: DeliveryQueue,
  together: readonly Delivery[],
): Promise<boolean> {
  const { world } = installation;
  const outcome = await tell(installation, line, together);
  const now = world.clock.now();
  const busy = outcome.error === 'busy';
  const due =
    now +
    (busy
      ? Math.ceil(pauses.first * jitter(world.random))
      : pauseAfter((together[0]?.tries.length ?? 0) + 1, pauses, world.random));
  const held = !outcome.ok && outcome.error !== 'no_receiver';
  await change(installation, async ({ tx }) => {
    for (const delivery of together)
      await settle(
        tx,
        delivery,
        installation.nodeId,
        busy ? undefined : tryOf(outcome, now),
        afterwards(delivery, outcome, now, due),
        now,
      );
    // Notices keep their order; of other calls, only those wait whose receiver gave no answer at all.
    if (held && isInOrder(line.kind)) await postpone(tx, line, { due, wall: world.wall.now() });
    else if (held && outcome.status === undefined)
      await postpone(tx, line, { due: now + pauses.first, wall: world.wall.now() });
  });
  if (busy) return false;
  const gone = !outcome.ok && afterwards(together[0] as Delivery, outcome, now, due).state === 'failed';
  world.log('info', `${isCall(line.kind) ? 'callback' : 'mail'}.${outcome.ok ? 'sent' : 'failed'}`, {
    appId: line.appId,
    kind: line.kind,
    deliveries: together.length,
    status: outcome.status,
    ms: outcome.ms,
    error: outcome.error,
    ...(outcome.ok || gone ? {} : { due }),
  });
  return !held;
}

async function tell(
  installation: Installation,
  { appId, kind }: DeliveryQueue,
  together: readonly Delivery[],
): Promise<CallResult> {
  const [first] = together;
  if (!isCall(kind)) {
    const mail = kind === 'account_mail' ? mailAccount : mailAlert;
    return first ? mail(installation, first) : { ok: true, ms: 0 };
  }
  const payloads = together.map(({ payload }) => payload);
  const request = await callOf(installation, appId, kind, payloads);
  if (typeof request === 'string') return { ok: false, ms: 0, error: request };
  const fault = orderedFault(installation, 'callback', { method: request.method, path: kind, app: appId });
  return fault ? { ok: false, ms: 0, status: fault.status, error: 'status' } : callApp(installation, kind, request);
}

function afterwards(delivery: Delivery, outcome: CallResult, now: number, due: number): AttemptResult {
  if (outcome.ok) return { state: 'sent', ...(outcome.answer ? { answer: outcome.answer } : {}) };
  const end = delivery.createdAt + GIVE_UP;
  if (outcome.error === 'no_receiver' || (outcome.error !== 'busy' && now >= end)) return { state: 'failed' };
  return { state: 'waiting', dueAt: now < end ? Math.min(due, end) : due };
}

const tryOf = ({ status, ms, error }: CallResult, at: number): DeliveryAttempt => ({
  at,
  ...(status === undefined ? {} : { status }),
  ms: Math.round(ms),
  ...(error === undefined ? {} : { error }),
});
