// These fields are the settings of an app, made of their table.
import { type AppSettingEntry, appSettingRows, type Requirement } from '@hallpass/protocol';
import { settingKinds } from '../../apps/setting-kinds.ts';
import { type Field, fieldsOf } from '../../graph/language/schema.ts';
import type { App } from '../../store/apps/apps.ts';

const field = fieldsOf<App>();
const ofKind = { flag: field.bool, text: field.text, list: field.list.bind(field, 'string') } as const;

/** The fields of all settings that are shown to these, for callers who hold `needs`. An empty text is left out. */
export const settingFields = (shown: AppSettingEntry['shown'], needs: Requirement): Record<string, Field<App>> =>
  Object.fromEntries(
    appSettingRows
      .filter(([, row]) => row.shown === shown)
      .map(([key, { name, kind, doc }]) => {
        const from = ({ settings }: App) => (settings[key] === '' ? undefined : settings[key]);
        return [name, ofKind[settingKinds[kind].holds](doc, { needs, from })];
      }),
  );
