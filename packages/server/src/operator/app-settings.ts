// The operator reads and sets every setting of an app by its name, as seed files and calls spell it, in plain text: lists
// with commas between the entries, switches as true and false, nothing for a setting that is cleared.
import { appSettingRows } from '@hallpass/protocol';
import { changeApp } from '../apps/app-admin.ts';
import { readSetting, type SettingCheck, settingKinds } from '../apps/setting-kinds.ts';
import type { ChangeContext, Operator } from '../liveness/change.ts';
import type { App, AppSettings } from '../store/apps/apps.ts';
import type { AppId } from '../store/ids.ts';

/** One setting as text. */
export interface AppSettingText {
  name: string;
  value: string;
  doc: string;
}

/** Every setting of an app, in the order of the table. */
export const appSettingTexts = ({ settings }: Pick<App, 'settings'>): AppSettingText[] =>
  appSettingRows.map(([key, { name, doc }]) => {
    const value = settings[key];
    return { name, value: Array.isArray(value) ? value.join(',') : String(value), doc };
  });

/** Values by the names of settings, or what is wrong with them, a sentence each. */
export function readAppSettings(
  given: Readonly<Record<string, string>>,
): { settings: Partial<AppSettings>; faults?: undefined } | { faults: string[] } {
  const faults: string[] = [];
  const entries = Object.entries(given).flatMap(([name, text]) => {
    const row = appSettingRows.find(([, one]) => one.name === name);
    if (!row) {
      const near = appSettingRows.find(([, one]) => one.name.startsWith(name) || name.startsWith(one.name))?.[1].name;
      const guess = near === undefined ? '' : ` Did you mean ${near}?`;
      faults.push(`There is no setting ${name}.${guess} \`hallpass app settings\` lists them all.`);
      return [];
    }
    const [key, { kind }] = row;
    const check: SettingCheck = settingKinds[kind];
    const value = readSetting(kind, valueOf(check, text));
    if (value === undefined) faults.push(`${name} ${faultOf(check, text).replace(/\.$/, '')}.`);
    return value === undefined ? [] : [[key, value]];
  });
  return faults.length > 0 ? { faults } : { settings: Object.fromEntries(entries) as Partial<AppSettings> };
}

const entriesOfList = (text: string): string[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

function valueOf({ holds }: SettingCheck, text: string): unknown {
  if (holds === 'list') return entriesOfList(text);
  return holds === 'flag' ? ({ true: true, false: false } as Record<string, boolean>)[text] : text;
}

function faultOf(check: SettingCheck, text: string): string {
  if (check.holds === 'flag') return 'must be true or false';
  const entries = check.holds === 'list' ? entriesOfList(text) : [text];
  return check.fault(entries.find((entry) => check.read(entry) === undefined) ?? text);
}

/** Writes these settings and no others. @throws GraphError app.login_address */
export const setAppSettings = (
  installation: ChangeContext,
  appId: AppId,
  settings: Partial<AppSettings>,
  by: Operator,
): Promise<void> => changeApp(installation, { appId, by }, { settings });
