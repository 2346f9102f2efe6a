// Stores what was used since the last time, tells of limits that were reached, and reads what other nodes have stored:
// the nodes of an installation share their totals within two rounds. A call waits for none of this.
import { DAY, endOfVersion, isVersion } from '@hallpass/protocol';
import { alertApp } from '../liveness/app-alerts.ts';
import { change, type Change } from '../liveness/change.ts';
import type { Installation } from '../installation/installation.ts';
import type { UsageCountsTable } from '../store/installation/tables.ts';
import * as store from '../store/installation/usage.ts';
import { type AppUsage, type Day, RECENT, versionOfKind } from '../usage/app-usage.ts';
import type { CountedSubject, UsageCounter } from '../usage/usage-counter.ts';
import { type SlotAmount, SLOTS } from '../usage/meter.ts';
import { useCases } from '../usage/use-cases.ts';
import { Sketch } from '../usage/sketch.ts';

/** Milliseconds of real time between two rounds. */
export const FLUSH_EVERY = 5000;
/** Rows of one statement. */
const AT_ONCE = 500;

interface UsageBatch {
  counts: { counted: UsageCounter; amounts: SlotAmount[] }[];
  apps: { app: AppUsage; days: Day[]; outcomes: string }[];
  hits: Installation['usage']['hits'];
}

/** Takes everything that waits; it counts as stored from now on. */
function take({ usage }: Installation): UsageBatch {
  const { subjects } = usage;
  const counts = [...subjects.waiting].flatMap((counted) => {
    counted.dirty = false;
    if (counted.meter.calls < counted.storedFrom * counted.allowance) return [];
    return [{ counted, amounts: counted.meter.take() }];
  });
  const apps = [...subjects.waitingApps].map((app) => {
    const { ended, outcomes } = app;
    app.ended = [];
    app.outcomes = '';
    return { app, days: [...ended, app.takeToday()], outcomes };
  });
  const { hits } = usage;
  subjects.waiting = new Set();
  subjects.waitingApps = new Set();
  usage.hits = [];
  return { counts, apps, hits };
}

function giveBack({ usage }: Installation, taken: UsageBatch): void {
  for (const { counted, amounts } of taken.counts) {
    counted.meter.giveBack(amounts);
    usage.subjects.waits(counted);
  }
  for (const { app, days, outcomes } of taken.apps) {
    app.ended = [...days, ...app.ended];
    app.outcomes = (outcomes + app.outcomes).slice(-RECENT);
    app.versionsTold.clear();
    usage.subjects.waits(app);
  }
  usage.hits = [...taken.hits, ...usage.hits];
}

/** Percent of a limit from which the people of the app are told. */
const NEAR = 80;
/** Seconds before the end of a version in which they are told of it, and seconds between two alerts about the same. */
const ENDS_WITHIN = 90 * DAY;
const QUIET = DAY;
const QUIET_ABOUT_VERSIONS = 30 * DAY;

/** A limit that is the app's own business; that of one person or of one call alone tells of nothing to act on. */
const isAppLimit = ({ what }: CountedSubject): boolean =>
  what === 'app' || what === 'page' || Object.hasOwn(useCases, what);

const limitName = ({ what, objectId }: CountedSubject): string =>
  [what, ...(objectId === undefined ? [] : [objectId])].join(' ');

/** Alerts for limits that are near or reached, and for versions that end soon. */
async function alertAbout(
  installation: Installation,
  making: Change,
  { counts, apps, hits }: UsageBatch,
): Promise<void> {
  const now = installation.world.clock.now();
  const reached = new Set(hits.filter(isAppLimit).map(({ key }) => key));
  for (const hit of hits)
    if (isAppLimit(hit))
      await alertApp(installation, making, {
        appId: hit.appId,
        kind: 'limit_reached',
        about: limitName(hit),
        quietFor: QUIET,
      });
  for (const { counted } of counts)
    if (
      (installation.settings.rateLimits || counted.ordered) &&
      isAppLimit(counted.name) &&
      !reached.has(counted.name.key) &&
      Math.max(...Object.values(counted.percentages())) >= NEAR
    )
      await alertApp(installation, making, {
        appId: counted.name.appId,
        kind: 'limit_near',
        about: limitName(counted.name),
        quietFor: QUIET,
      });
  // Each node tells of what was called on it; what another one has told is not told again.
  for (const { app, days } of apps)
    for (const version of new Set(
      days.flatMap(({ kinds }) => [...kinds.keys()].flatMap((k) => versionOfKind(k) ?? [])),
    )) {
      if (app.versionsTold.has(version)) continue;
      app.versionsTold.add(version);
      const end = isVersion(version) ? endOfVersion(version) : undefined;
      if (end === undefined || end <= now || end > now + ENDS_WITHIN) continue;
      const about = `${version}, which ends on ${new Date(end * 1000).toISOString().slice(0, 10)}`;
      await alertApp(installation, making, {
        appId: app.id,
        kind: 'version_ending',
        about,
        quietFor: QUIET_ABOUT_VERSIONS,
      });
    }
}

async function write({ tx, event }: Change, { counts, apps, hits }: UsageBatch): Promise<Map<AppUsage, Sketch>> {
  const rows = counts.flatMap(({ counted, amounts }) =>
    amounts.map(
      (amount): UsageCountsTable => ({
        ...amount,
        subject: counted.name.key,
        ends: amount.slot + (SLOTS + 1) * counted.meter.width,
      }),
    ),
  );
  // In one order everywhere, so that nodes do not wait for each other in a ring.
  rows.sort((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : a.slot - b.slot));
  for (let at = 0; at < rows.length; at += AT_ONCE) await store.addCounts(tx, rows.slice(at, at + AT_ONCE));
  const people = new Map<AppUsage, Sketch>();
  for (const { app, days, outcomes } of apps.toSorted((a, b) => (a.app.id < b.app.id ? -1 : 1))) {
    for (const { people: met, newPeople, kinds, ...day } of days) {
      const stored = Sketch.of(await store.addDay(tx, day));
      await store.addKinds(tx, day, kinds);
      if (newPeople) {
        stored.join(met);
        await store.setPeople(tx, app.id, day.day, stored.text, stored.count);
      }
      people.set(app, stored);
    }
    if (outcomes !== '') await store.addOutcomes(tx, app.id, outcomes, RECENT);
  }
  for (const { what, appId, objectId, personId } of hits)
    event({
      name: 'limit.hit',
      outcome: 'refused',
      reason: what,
      appId,
      ...(objectId === undefined ? {} : { targetId: objectId }),
      ...(personId === undefined ? {} : { actorKind: 'person', actorId: personId }),
    });
  return people;
}

/** Reads the totals of all nodes, and what allowances hang on. */
async function reread(
  { usage, world, db }: Installation,
  taken: UsageBatch,
  people: Map<AppUsage, Sketch>,
): Promise<void> {
  const { subjects } = usage;
  const keys = taken.counts.map(({ counted }) => counted.name.key);
  const rows: UsageCountsTable[] = [];
  for (let at = 0; at < keys.length; at += AT_ONCE)
    rows.push(...(await store.counts(db.read, keys.slice(at, at + AT_ONCE), world.clock.now())));
  const bySubject = Map.groupBy(rows, ({ subject }) => subject);
  for (const { counted } of taken.counts) {
    counted.meter.rebase(world.clock.now(), bySubject.get(counted.name.key) ?? []);
    if (counted.name.what === 'pages') await subjects.allow(counted);
  }
  for (const [app, stored] of people) {
    app.week.join(stored);
    await subjects.allow(app.counted, app);
  }
}

/** One round. @throws what the database throws; nothing is lost then */
export async function flushUsage(installation: Installation): Promise<void> {
  const taken = take(installation);
  if (taken.counts.length === 0 && taken.apps.length === 0 && taken.hits.length === 0) return;
  let people: Map<AppUsage, Sketch>;
  try {
    people = await change(installation, async (making) => {
      await alertAbout(installation, making, taken);
      return write(making, taken);
    });
  } catch (error) {
    giveBack(installation, taken);
    throw error;
  }
  await reread(installation, taken, people);
}
