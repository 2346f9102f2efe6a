// The report of a rehearsal: what it was held with, and what happened on each day, as data and in words.
import { HOUR } from '@hallpass/protocol';
import { counted, momentInWords } from '../../printing/print.ts';
import type { RehearsedChange, RehearsedDay } from '@hallpass/vault';

export interface RehearsalReport {
  /** The name of the vault, as on its mails. */
  name: string;
  /** Epoch seconds. */
  from: number;
  until: number;
  /** The time zone of the dates. */
  timeZone: string;
  /** The number of connections that were rehearsed. */
  connections: number;
  /** Connections that stay as they are, each with the reason. */
  left: { connectionId: string; name: string; because: string }[];
  /** Connections whose ends could be rehearsed nearly, not exactly. */
  approximate: { connectionId: string; name: string }[];
  /** Every day, from today on. */
  days: RehearsedDay[];
  /** Each time a connection stops working, in order; one that works again may stop again. */
  breaks: RehearsedChange[];
}

/** Changes that nobody needs to know of: they are counted. */
const quiet = ['extended', 'derived', 'imported'];

const verbs: Readonly<Record<string, string>> = {
  died: 'stops working',
  blocked: 'is blocked by the platform',
  warned: 'ends soon',
  recovered: 'works again',
  drifted: 'has other permissions or Pages',
  state_changed: 'changes its state',
  page_without_token: 'has a Page that gives no token',
  identity_mismatch: 'gets the token of someone else, which is not kept',
};

export const verbOf = ({ kind }: Pick<RehearsedChange, 'kind'>): string => verbs[kind] ?? kind;

export const isQuiet = ({ kind }: Pick<RehearsedChange, 'kind'>): boolean => quiet.includes(kind);

/** Gives the sentences of a change beside its verb: since when, until when, why. */
export function sentencesOf({ kind, until, stoppedAt, at, reason, because }: RehearsedChange): string[] {
  const late = stoppedAt !== undefined && at - stoppedAt >= HOUR;
  return [
    ...(late ? [`It stops at ${momentInWords(stoppedAt)}.`] : []),
    ...(kind === 'warned' && until !== undefined ? [`It ends at ${momentInWords(until)}.`] : []),
    ...(kind === 'warned' || reason === undefined ? [] : [reason]),
    ...(because === undefined ? [] : [`Cause: ${because}.`]),
  ];
}

export function reportInWords(report: RehearsalReport): string {
  const { connections, days, breaks, left, approximate } = report;
  const mails = days.flatMap((day) => day.mails);
  const extended = days.flatMap(({ changes }) => changes.filter(({ kind }) => kind === 'extended'));
  const stopped = new Set(breaks.map(({ connectionId }) => connectionId)).size;
  const addresses = new Set(mails.map(({ to }) => to)).size;
  const lines = [
    `${counted(connections, 'connection')}, ${days[0]?.date ?? ''} to ${days.at(-1)?.date ?? ''} (${report.timeZone}), if nobody does anything:`,
    `${counted(stopped, 'stops', 'stop')} working, ${counted(mails.length, 'mail')} to ${counted(addresses, 'address', 'addresses')}, ${counted(extended.length, 'extension')}.`,
  ];
  for (const { day, date, orders, changes, mails: told } of days) {
    const loud = changes.filter((change) => !isQuiet(change));
    if (orders.length + loud.length + told.length === 0) continue;
    lines.push('', `${date}  day ${day}`);
    for (const order of orders) lines.push(`  > ${order}`);
    for (const change of loud)
      lines.push(`  ${[`${change.name} ${verbOf(change)}.`, ...sentencesOf(change)].join(' ')}`);
    for (const { to, subject } of told) lines.push(`  mail to ${to}: ${subject}`);
  }
  if (left.length > 0) {
    lines.push('', 'Not rehearsed:');
    for (const { name, because } of left) lines.push(`  ${name}: ${because}`);
  }
  if (approximate.length > 0)
    lines.push(
      '',
      `Rehearsed nearly, because the platform gives such ends at other times: ${approximate.map(({ name }) => name).join(', ')}.`,
    );
  return lines.join('\n');
}
