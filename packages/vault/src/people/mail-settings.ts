// A tenant says here how it wants its mails: who is told of what has no owner, in which language, at which hours, and how
// many a day.
import { primaryLanguage } from '@hallpass/pages/languages';
import { shape } from '@hallpass/protocol';
import type { Kysely } from 'kysely';
import type { MailSettings, QuietHours } from '../client/answers/mail.ts';
import { isMailAddress } from '../mail-address.ts';
import { VaultRefusal } from '../refusals.ts';
import type { VaultSchema } from '../store/schema.ts';
import { putSetting, settingOf } from '../store/settings.ts';
import { isTimeZone } from './hours.ts';

const defaultSettings: MailSettings = {
  team: [],
  language: 'en',
  timeZone: 'UTC',
  mailsPerDay: 5,
  groupSeconds: 20,
};

/** Hours as they are given and kept. */
export const quietHoursShape = shape.object<QuietHours>({ from: shape.number, to: shape.number });

const settingsShape = shape.object<Partial<MailSettings>>({
  team: shape.optional(shape.listOf(shape.text)),
  language: shape.optional(shape.text),
  timeZone: shape.optional(shape.text),
  quietHours: shape.optional(quietHoursShape),
  mailsPerDay: shape.optional(shape.number),
  groupSeconds: shape.optional(shape.number),
});

const KEY = 'mail';

export async function readMailSettings(q: Kysely<VaultSchema>, tenant: string): Promise<MailSettings> {
  return { ...defaultSettings, ...(await settingOf(q, tenant, KEY, settingsShape)) };
}

/** Keeps what is given, and leaves the rest as it was. @throws VaultRefusal `bad_value` */
export async function setMailSettings(
  tx: Kysely<VaultSchema>,
  tenant: string,
  given: Partial<MailSettings>,
): Promise<MailSettings> {
  refuseBad(given);
  const next = { ...(await readMailSettings(tx, tenant)), ...given };
  await putSetting(tx, tenant, KEY, next);
  return next;
}

const whole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

function refuseBad({
  team = [],
  language = 'en',
  timeZone = 'UTC',
  quietHours,
  mailsPerDay = 1,
  groupSeconds = 0,
}: Partial<MailSettings>): void {
  const bad = (what: string): never => {
    throw new VaultRefusal('bad_value', { what });
  };
  if (team.length > 20 || !team.every(isMailAddress)) bad('`team` is a list of at most 20 e-mail addresses.');
  if (primaryLanguage(language) === undefined) bad('`language` is the tag of a language, such as de or pt-BR.');
  if (!isTimeZone(timeZone)) bad('`timeZone` is the IANA name of a time zone, such as Europe/Berlin.');
  if (quietHours && !(whole(quietHours.from, 0, 23) && whole(quietHours.to, 0, 23)))
    bad('`quietHours` are whole hours: {"from": 22, "to": 7}.');
  if (!whole(mailsPerDay, 1, 100)) bad('`mailsPerDay` is a whole number from 1 to 100.');
  if (!whole(groupSeconds, 0, 3600)) bad('`groupSeconds` is a whole number from 0 to 3600.');
}
