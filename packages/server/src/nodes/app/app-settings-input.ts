// Calls write these settings of an app: those that POST /{app-id} documents, read in one way whoever sends them.
// Source: POST /{app-id}.
import { appSettingRows, graphError } from '@hallpass/protocol';
import type { AppChange } from '../../apps/app-admin.ts';
import { readSetting, settingKinds } from '../../apps/setting-kinds.ts';
import { type Param, param } from '../../graph/language/params.ts';
import { nameOf } from '../../people/people.ts';
import type { App, AppSettings } from '../../store/apps/apps.ts';

const LONGEST = 2000;

/** Empty text takes a setting away. */
const text = (doc: string) => param.text(doc, { max: LONGEST, clears: true });

type SettingParam = Param<boolean | string | string[] | undefined>;
type SettingParams = Record<string, SettingParam>;

const paramOf = {
  flag: (doc: string): SettingParam => param.bool(doc),
  text: (doc: string): SettingParam => text(doc),
  list: (doc: string): SettingParam => param.list(doc, { clears: true }),
} as const;

/** The parameters of all settings that are written in this way. */
export const settingParams = (writes: 'app' | 'people' | 'dashboard'): SettingParams =>
  Object.fromEntries(
    appSettingRows
      .filter(([, row]) => row.writes === writes)
      .map(([, { name, kind, doc }]) => [name, paramOf[settingKinds[kind].holds](doc)]),
  );

/**
 * Reads what the parameters come to, as they are stored.
 * @throws GraphError param.invalid for what a setting cannot hold
 */
export function settingsGiven(given: Readonly<Record<string, unknown>>): Partial<AppSettings> {
  const settings: Record<string, unknown> = {};
  for (const [key, { name, kind }] of appSettingRows) {
    if (given[name] === undefined) continue;
    const read = readSetting(kind, given[name]);
    if (read === undefined) throw graphError('param.invalid', { name });
    settings[key] = read;
  }
  return settings;
}

/** The settings of an app by their names on the wire, as a form of the dashboard reads them. */
export const settingsShown = ({ name, type, settings }: App): Record<string, unknown> => ({
  app_name: name,
  app_type: type === 'native' ? 1 : 0,
  ...Object.fromEntries(appSettingRows.map(([key, row]) => [row.name, settings[key]])),
});

/** The app itself writes these settings: its settings, its name, and whether it is a native app. */
export const documentedSettings = {
  ...settingParams('app'),
  app_name: text('The name of the app.'),
  app_type: param.bool('1 makes it a native or desktop app: then its app tokens stop working.'),
  url_scheme_suffix: text('Letters at the end of its URL scheme.'),
};

/**
 * Reads what the documented settings that were sent come to.
 * @throws GraphError param.invalid
 */
export function changeOf(given: Readonly<Record<string, unknown>>): AppChange {
  const { url_scheme_suffix: suffix, app_name: name, app_type: native, ...rest } = given;
  const settings = settingsGiven(rest);
  if (typeof suffix === 'string') {
    const suffixes = readSetting('suffixes', suffix === '' ? [] : [suffix]);
    if (!Array.isArray(suffixes)) throw graphError('param.invalid', { name: 'url_scheme_suffix' });
    settings.iosSuffixes = suffixes;
  }
  const named = typeof name === 'string' ? nameOf(name) : { name: undefined, fault: undefined };
  if (named.fault !== undefined) throw graphError('param.invalid', { name: 'app_name' });
  return {
    ...(named.name === undefined ? {} : { name: named.name }),
    ...(native === undefined ? {} : { type: native === true ? ('native' as const) : ('web' as const) }),
    ...(Object.keys(settings).length > 0 ? { settings } : {}),
  };
}
