// The ends that lie ahead, day by day: which tokens end, which of those the vault extends by itself, and for which a person
// is needed.
import { DAY } from '@hallpass/protocol';
import type { Timeline, TimelineEnd } from '../client/answers/overview.ts';
import { kindOf } from '../kinds.ts';
import type { VaultParts } from '../parts.ts';
import { policy } from '../policy.ts';
import { isWorking } from '../states.ts';
import { appsOf } from '../store/apps/apps.ts';
import { type EndingRow, endingConnections } from '../store/figures/ending-connections.ts';
import { stateAt } from './view.ts';

/** Days that are told when nobody says how many, and at most. */
const USUAL_DAYS = 90;
const MOST_DAYS = 366;
/** Ends that are told one by one; all are counted. */
const MOST_ENDS = 500;
/** Connections that are read of those that end. */
const MOST_READ = 50_000;

type Renewal = TimelineEnd['renewal'];

/**
 * Tells who renews a token at its own end. A vault extends a token only in the name of an app whose secret it has, and a
 * token of a Page gets a new one with the token that it hangs on.
 *
 * @param withSecret apps whose secrets are known @param now epoch seconds
 */
function renewalOf(row: EndingRow, until: number, withSecret: ReadonlySet<string>, now: number): Renewal {
  const { kind, app_id, parent_id, extend_tried_at } = row;
  if (!isWorking(stateAt(row, now))) return 'person';
  const { extension, derivedFrom } = kind === null ? {} : kindOf(kind);
  if (derivedFrom !== undefined && parent_id !== null) return 'with_parent';
  if (extension === undefined) return 'person';
  if (extension.app !== 'nothing' && !withSecret.has(app_id)) return 'person';
  // The last try before the end was answered, and the end is still there.
  const lastTry = until - policy.extendBefore;
  return extend_tried_at !== null && extend_tried_at >= lastTry && now >= lastTry ? 'person' : 'automatic';
}

/**
 * The ends of one connection: its first, and that of its access to data after a token that is renewed without its person,
 * because only the person renews that.
 */
function endsOf(row: EndingRow, span: { now: number; until: number }, withSecret: ReadonlySet<string>) {
  const { now, until } = span;
  const token = row.expires_at ?? Infinity;
  const access = row.data_access_until ?? Infinity;
  // One that has ended already ends no more.
  if (Math.min(token, access) <= now) return [];
  const ends: Pick<TimelineEnd, 'until' | 'of' | 'renewal'>[] = [];
  const renewal = token < Infinity ? renewalOf(row, token, withSecret, now) : 'person';
  if (token <= access && token <= until) ends.push({ until: token, of: 'token', renewal });
  if (access <= until && (access < token || renewal !== 'person'))
    ends.push({ until: access, of: 'data_access', renewal: 'person' });
  return ends;
}

/** @throws VaultSealed */
export async function timelineOf(
  { db, keys, world }: Pick<VaultParts, 'db' | 'keys' | 'world'>,
  tenant: string,
  days = USUAL_DAYS,
): Promise<Timeline> {
  keys.requireOpen(tenant);
  const now = world.clock.now();
  const until = now + Math.min(MOST_DAYS, Math.max(1, days)) * DAY;
  const [rows, apps] = await Promise.all([
    endingConnections(db.read, tenant, { from: now, until, limit: MOST_READ }),
    appsOf(db.read, tenant),
  ]);
  const withSecret = new Set(apps.flatMap(({ app_id: id, secret }) => (secret === null ? [] : [id])));
  const ends = rows
    .flatMap((row) =>
      endsOf(row, { now, until }, withSecret).map(
        (end): TimelineEnd => ({
          id: row.id,
          name: row.name,
          kind: row.kind ?? undefined,
          state: stateAt(row, now),
          ownerName: row.owner_name ?? row.owner_email ?? undefined,
          ...end,
        }),
      ),
    )
    .toSorted((a, b) => a.until - b.until);
  // People look for what needs them: that is told one by one before all else.
  const isNeedy = ({ renewal }: TimelineEnd): boolean => renewal === 'person';
  const told = [...ends.filter(isNeedy), ...ends.filter((end) => !isNeedy(end))].slice(0, MOST_ENDS);
  const byDay = Map.groupBy(ends, (end) => Math.floor((end.until - now) / DAY));
  return {
    now,
    until,
    days: [...byDay].map(([day, ofDay]) => {
      const person = ofDay.filter(isNeedy).length;
      return { at: now + day * DAY, person, automatic: ofDay.length - person };
    }),
    ends: told.toSorted((a, b) => a.until - b.until),
    total: ends.length,
  };
}
