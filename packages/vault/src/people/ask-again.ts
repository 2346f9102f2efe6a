// The people of chosen connections are asked to connect again: each by a mail with the link that mends theirs, at most one
// a day, under the same rules as every mail. Where no mail helps, the answer says what does.
import { DAY } from '@hallpass/protocol';
import type { AskedConnection } from '../client/answers/connect.ts';
import type { Progress } from '../client/progress-lines.ts';
import { reconnectUrl } from '../connections/reconnect-link.ts';
import { viewOf } from '../connections/view.ts';
import type { Connection } from '../client/answers/connections.ts';
import { recordEvent } from '../events/record-event.ts';
import type { VaultParts } from '../parts.ts';
import { type Repair, repairOf, repairs } from '../repairs.ts';
import { isWorking } from '../states.ts';
import { type ConnectionRow, connectionById } from '../store/connections.ts';
import { listEvents } from '../store/events.ts';
import { dayAt } from './hours.ts';
import { readMailSettings } from './mail-settings.ts';
import { mailReceivers } from './queue-events.ts';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'settings' | 'world'>;

/** Seconds before the end of a token that works from which its person may be asked. */
const AHEAD = 90 * DAY;

interface AskOptions {
  ids: readonly string[];
  /** The id of the key that asks, for the history. */
  by: string;
  progress?: Progress | undefined;
}

/** @throws VaultSealed */
export async function askAgain(parts: Parts, tenant: string, { ids, by, progress }: AskOptions) {
  parts.keys.requireOpen(tenant);
  const { timeZone } = await readMailSettings(parts.db.read, tenant);
  const wanted = [...new Set(ids)];
  const connections: AskedConnection[] = [];
  for (const id of wanted) {
    connections.push(await askOne(parts, { tenant, id, by, timeZone }));
    progress?.(connections.length, wanted.length);
  }
  return { connections, mailed: connections.filter(({ outcome }) => outcome === 'mailed').length };
}

interface Question {
  tenant: string;
  id: string;
  by: string;
  timeZone: string;
}

async function askOne(parts: Parts, { tenant, id, by, timeZone }: Question): Promise<AskedConnection> {
  const { db, world } = parts;
  const row = await connectionById(db.read, { tenant, id });
  if (row === undefined) return { id, name: '', outcome: 'unknown' };
  const now = world.clock.now();
  const view = viewOf(row, now, () => undefined);
  const answer = (outcome: AskedConnection['outcome'], more: Partial<AskedConnection> = {}): AskedConnection => ({
    id,
    name: row.name,
    outcome,
    ...more,
  });
  const repair = repairFor(view, row, now);
  if (repair === undefined) return answer('not_needed');
  if (!repair.reconnect || !mayConnect(row)) return answer('no_help', { words: repair.words });
  const link = reconnectUrl(parts, row);
  const to = await mailReceivers(db.read, row);
  if (link === undefined) return answer('no_link', { words: 'This vault has no public address, so it has no links.' });
  if (world.mail === undefined) return answer('no_mail_server', { link });
  if (to.length === 0) return answer('nobody', { link });
  const [last] = await listEvents(db.read, tenant, { connection_id: id, kinds: ['asked'], limit: 1 });
  if (last && dayAt(last.at, timeZone) === dayAt(now, timeZone)) return answer('asked_today', { to, link });
  await db.act((act) =>
    recordEvent(act, {
      tenant,
      connectionId: id,
      kind: 'asked',
      at: now,
      facts: { by, lost: view.missingScopes, targetsLost: [] },
    }),
  );
  return answer('mailed', { to, link });
}

/** Answers the repair of a connection; for one that works and ends within the timeline, the one that keeps it from ending. */
function repairFor({ state, until }: Connection, { advice }: ConnectionRow, now: number): Repair | undefined {
  const endsAhead = isWorking(state) && until !== undefined && until <= now + AHEAD;
  return repairOf(state, advice) ?? (endsAhead ? repairs.log_in_again : undefined);
}

/** For a system user or an app nobody can log in. */
const mayConnect = ({ subject_type: type }: ConnectionRow): boolean => type !== 'system_user' && type !== 'app';
