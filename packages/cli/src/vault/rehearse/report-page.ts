// The report of a rehearsal as a page that needs nothing else: no script, no other file, no network.
import { type RehearsalReportProps, rehearsalReport, type RehearsedChange } from '@hallpass/vault';
import { isQuiet, type RehearsalReport, sentencesOf, verbOf } from './rehearsal-report.ts';

type Look = RehearsalReportProps['timeline'][number]['marks'][number]['look'];

/** Rows of the timeline: a drawing of more is no picture any more. */
const MOST_ROWS = 200;

const lookOf = ({ kind }: RehearsedChange): Look => {
  if (kind === 'died' || kind === 'blocked') return 'danger';
  if (kind === 'recovered') return 'good';
  return kind === 'extended' || kind === 'derived' || kind === 'imported' ? '' : 'warn';
};

export function reportPage(report: RehearsalReport): string {
  const { days, timeZone } = report;
  const mails = days.flatMap((day) => day.mails);
  const changes = days.flatMap((day) => day.changes.map((change) => ({ day: day.day, change })));
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  const timeOf = (at: number): string => time.format(at * 1000);
  const rows = [...Map.groupBy(changes, ({ change }) => change.connectionId).values()]
    .filter((group) => group.some(({ change }) => !isQuiet(change)))
    .map((group) => {
      // It is of no use from the first stop on after which it did not work again.
      const works = group.findLastIndex(({ change }) => lookOf(change) === 'good');
      const stop = group.slice(works + 1).find(({ change }) => lookOf(change) === 'danger');
      return {
        name: group[0]?.change.name ?? '',
        stops: stop?.day,
        marks: group.map(({ day, change }) => ({
          day,
          look: lookOf(change),
          title: `Day ${day}: ${verbOf(change)}`,
        })),
      };
    })
    .toSorted((a, b) => (a.stops ?? Infinity) - (b.stops ?? Infinity));
  const timeline = rows.slice(0, MOST_ROWS);
  return rehearsalReport({
    platform: report.name,
    from: days[0]?.date ?? '',
    until: days.at(-1)?.date ?? '',
    timeZone,
    lastDay: days.at(-1)?.day ?? 0,
    connections: report.connections,
    breaks: new Set(report.breaks.map(({ connectionId }) => connectionId)).size,
    mails: mails.length,
    addresses: new Set(mails.map(({ to }) => to)).size,
    extended: changes.filter(({ change }) => change.kind === 'extended').length,
    days: days.map(({ day, date, orders, changes: all, mails: told }) => ({
      day,
      date,
      orders,
      extended: all.filter(({ kind }) => kind === 'extended').length,
      lines: all
        .filter((change) => !isQuiet(change))
        .map((change) => ({
          connection: change.name,
          verb: verbOf(change),
          look: lookOf(change),
          time: timeOf(change.at),
          says: sentencesOf(change),
        })),
      mails: told.map(({ to, subject, text, at }) => ({ to, subject, text, time: timeOf(at) })),
    })),
    timeline,
    quiet: report.connections - timeline.length,
    left: report.left,
    approximate: report.approximate.map(({ name }) => name),
  });
}
