// Seed files spell the settings of an app in their own way: the rows of their table, with the checks that calls have
// too.
import { type AppSettings, appSettingRows, type SettingKind } from '@hallpass/protocol';
import { type SettingCheck, settingKinds, type TextCheck } from '@hallpass/server/testing';
import { z } from 'zod';
import { listOf, presentPermission, text, yesNo } from './values.ts';

/** Returns the check of one kind of setting. */
function checkOf(kind: SettingKind): z.ZodType {
  // The one that suggests what may have been meant.
  if (kind === 'permissions') return listOf(presentPermission);
  const check: SettingCheck = settingKinds[kind];
  if (check.holds === 'flag') return yesNo;
  if (check.holds === 'text') return textOf(check, true);
  const entries = listOf(textOf(check, false));
  return check.readAll === undefined ? entries : entries.transform(check.readAll);
}

/** Text that is stored as the kind has it. @param clears whether empty text is a value */
const textOf = ({ read, fault }: TextCheck, clears: boolean): z.ZodType<string> =>
  text.transform((value, context) => {
    const stored = clears && value === '' ? '' : read(value);
    if (stored !== undefined) return stored;
    context.addIssue({ code: 'custom', message: fault(value) });
    return z.NEVER;
  });

/** A receiver is called and not only shown: as strict as redirect addresses. */
export const receiver = textOf(settingKinds.receiver, true);

/** A default as the reference prints it. */
const inWords = (value: unknown): string => {
  if (Array.isArray(value)) return value.map((one) => `\`${one}\``).join(', ') || 'empty';
  return value === '' ? 'empty' : `\`${String(value)}\``;
};

/** The shape of all settings for a strict object: each may be left out. */
export const appSettingShape: Record<string, z.ZodOptional<z.ZodType>> = Object.fromEntries(
  appSettingRows.map(([, { name, kind, doc, default: usual }]) => [
    name,
    checkOf(kind)
      .optional()
      .describe(`${doc} Without it ${inWords(usual)}.`),
  ]),
);

/** Picks the settings out of a checked app, under the server's names. */
export function settingsOf(app: Readonly<Record<string, unknown>>): Partial<AppSettings> {
  return Object.fromEntries(
    appSettingRows.filter(([, { name }]) => app[name] !== undefined).map(([key, { name }]) => [key, app[name]]),
  ) as Partial<AppSettings>;
}
