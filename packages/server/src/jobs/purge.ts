// Deletes rows that nothing can need any more, a thousand at a time, so that no statement is long (threats ST-07).
import { DAY, HOUR } from '@hallpass/protocol';
import { change } from '../liveness/change.ts';
import { FEED_KEPT } from '../installation/freshness.ts';
import type { Installation } from '../installation/installation.ts';
import * as feed from '../store/installation/feed.ts';
import { deleteOld, hasOld, type ExpiringTable } from '../store/old-rows.ts';

const BATCH = 1000;

/** These rows go, each so many seconds after its moment. */
const passing: readonly (ExpiringTable & { kept: number })[] = [
  { table: 'ad_report_runs', key: 'id', moment: 'created_at', kept: 30 * DAY },
  { table: 'app_alerts', key: 'id', moment: 'created_at', kept: 90 * DAY },
  { table: 'app_invitations', key: 'id', moment: 'created_at', kept: 30 * DAY },
  { table: 'attempts', key: 'key', moment: 'since', kept: HOUR },
  { table: 'business_invitations', key: 'id', moment: 'expires_at', kept: 90 * DAY },
  { table: 'device_codes', key: 'hash', moment: 'expires_at', kept: DAY },
  { table: 'interactions', key: 'hash', moment: 'expires_at', kept: DAY },
  { table: 'outbox', key: 'id', moment: 'ended_at', kept: 28 * DAY },
  { table: 'page_requests', key: 'id', moment: 'created_at', kept: 90 * DAY },
  { table: 'second_factors', key: 'person_id', moment: 'offered_at', kept: DAY },
  { table: 'single_use', key: 'hash', moment: 'expires_at', kept: DAY },
  { table: 'usage_counts', key: ['subject', 'slot'], moment: 'ends', kept: 0 },
  { table: 'usage_days', key: ['app_id', 'day'], moment: 'day', kept: 90 * DAY },
  { table: 'usage_kinds', key: ['app_id', 'day', 'kind'], moment: 'day', kept: 90 * DAY },
  { table: 'web_sessions', key: 'hash', moment: 'seen_at', kept: 90 * DAY },
];

/** @returns how many rows went */
export async function purge(installation: Installation): Promise<number> {
  const now = installation.world.clock.now();
  const wall = installation.world.wall.now();
  const { kind, read } = installation.db;
  let gone = 0;
  for (;;) {
    // Looked at first: mostly there is nothing to delete, and a clock that is moved by months runs this every hour of
    // them.
    const due: (typeof passing)[number][] = [];
    for (const one of passing) if (await hasOld(read, one, now - one.kept)) due.push(one);
    if (due.length === 0 && kind === 'sqlite') return gone;
    const rows = await change(installation, async ({ tx }) => {
      // Only nodes on PostgreSQL tell each other what to forget.
      const counts = kind === 'postgres' ? [await feed.purge(tx, wall - FEED_KEPT, BATCH)] : [];
      for (const one of due) counts.push(await deleteOld(tx, one, now - one.kept, BATCH));
      return counts;
    });
    gone += rows.reduce((sum, count) => sum + count, 0);
    if (!rows.includes(BATCH)) return gone;
  }
}
