// A calendar that people subscribe to: the days on which connections end, as iCalendar (RFC 5545). Its address is a
// secret; a new one takes the place of the old.
import { timingSafeEqual } from 'node:crypto';
import { mailLine } from '@hallpass/pages/mail';
import { shape } from '@hallpass/protocol';
import type { Kysely } from 'kysely';
import type { VaultParts } from '../parts.ts';
import { usefulUntil } from '../policy.ts';
import { type ConnectionRow, listConnections } from '../store/connections.ts';
import type { VaultSchema } from '../store/schema.ts';
import { putSetting, settingOf } from '../store/settings.ts';
import { readMailSettings } from './mail-settings.ts';
import { type OwnWords, speakerOf } from './words/words.ts';

type Parts = Pick<VaultParts, 'db' | 'keys' | 'settings' | 'world'>;

const KEY = 'calendar';
const stored = shape.object<{ version: number }>({ version: shape.number });
/** Connections that one calendar shows; those that end first. */
const MOST = 2000;

const secretOf = ({ keys }: Pick<VaultParts, 'keys'>, tenant: string, version: number): string =>
  keys.hash('calendar', `${tenant}.${version}`);

const versionOf = async (q: Kysely<VaultSchema>, tenant: string): Promise<number> =>
  (await settingOf(q, tenant, KEY, stored))?.version ?? 0;

/** The path of the calendar of a tenant. @param renew makes a new address, and an end of the old one */
export async function calendarPath(parts: Parts, tenant: string, renew = false): Promise<string> {
  const version = await parts.db.act(async ({ tx }) => {
    const before = await versionOf(tx, tenant);
    const next = before === 0 || renew ? before + 1 : before;
    if (next !== before) await putSetting(tx, tenant, KEY, { version: next });
    return next;
  });
  return `/calendar/${tenant}.${secretOf(parts, tenant, version)}.ics`;
}

/** Reads the name of the file; the tenant whose calendar it is, or undefined. @throws VaultSealed */
export async function readCalendarFile(parts: Parts, file: string): Promise<string | undefined> {
  const [, tenant, given] = /^([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{43})\.ics$/.exec(file) ?? [];
  if (tenant === undefined || given === undefined) return undefined;
  const version = await versionOf(parts.db.read, tenant);
  const right = secretOf(parts, tenant, version);
  return version > 0 && timingSafeEqual(Buffer.from(right), Buffer.from(given)) ? tenant : undefined;
}

/** The calendar itself. @param own sentences of the operator. @throws VaultSealed */
export async function calendarOf(parts: Parts, tenant: string, own: OwnWords = {}): Promise<string> {
  const { db, keys, settings, world } = parts;
  keys.requireOpen(tenant);
  const mailSettings = await readMailSettings(db.read, tenant);
  const speaker = speakerOf([mailSettings.language], own);
  const rows = await allConnections(db.read, tenant);
  const ending = rows
    .flatMap((row) => {
      const until = usefulUntil({
        expiresAt: row.expires_at ?? undefined,
        dataAccessUntil: row.data_access_until ?? undefined,
      });
      return until === undefined ? [] : [{ row, until }];
    })
    .sort((a, b) => a.until - b.until)
    .slice(0, MOST);
  const events = ending.flatMap(({ row, until }) => {
    const name = mailLine(row.name);
    const ofData = until === row.data_access_until && until !== row.expires_at;
    const date = speaker.date(until, mailSettings.timeZone);
    const time = speaker.time(Math.max(0, until - world.clock.now()));
    return [
      'BEGIN:VEVENT',
      `UID:${row.id}.${tenant}@hallpass-vault`,
      `DTSTAMP:${stamp(world.clock.now())}`,
      `DTSTART:${stamp(until)}`,
      `SUMMARY:${escaped(name)}`,
      `DESCRIPTION:${escaped(speaker.say(ofData ? 'warned_data' : 'warned', { date, time }))}`,
      'TRANSP:TRANSPARENT',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'TRIGGER:-P7D',
      `DESCRIPTION:${escaped(name)}`,
      'END:VALARM',
      'END:VEVENT',
    ];
  });
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Hallpass//Vault//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(mailLine(settings.name))}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT6H',
    ...events,
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

async function allConnections(q: Kysely<VaultSchema>, tenant: string): Promise<ConnectionRow[]> {
  const rows: ConnectionRow[] = [];
  for (;;) {
    const page = await listConnections(q, tenant, { limit: 500, after: rows.at(-1) });
    rows.push(...page);
    if (page.length < 500 || rows.length >= 20_000) return rows;
  }
}

/** `20261231T235959Z` */
const stamp = (at: number): string => `${new Date(at * 1000).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;

const escaped = (text: string): string => text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n|\r/g, '\\n');

/** A line of at most 75 bytes; what comes beyond stands on lines that begin with a space. */
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  for (const letter of line) {
    if (Buffer.byteLength(part + letter) > 74) {
      parts.push(part);
      part = '';
    }
    part += letter;
  }
  return [...parts, part].join('\r\n ');
}
