// This edge changes an app's settings by a call. The app itself may write the documented settings and no others: never
// its id, its secret, its roles, its redirect addresses or its SDK domains (threats PR-12). People do it in the
// dashboard, where the rest is too (app-security.ts). Source: POST /{app-id}.
import { all, where } from '@hallpass/protocol';
import { changeApp } from '../../apps/app-admin.ts';
import { actsInDashboard, byPerson } from '../shared/app-requirements.ts';
import { changeOf, documentedSettings, settingParams, settingsShown } from './app-settings-input.ts';
import { appItself } from '../shared/requirements.ts';
import { unchangedParam, unchangedSince } from '../shared/unchanged.ts';
import { type Edge, edge } from '../../graph/language/schema.ts';
import type { App } from '../../store/apps/apps.ts';

export const appSettings: Edge<App>[] = [
  edge('POST', '', {
    doc: 'Writes settings of the app. Unknown names are ignored.',
    needs: all(appItself, where('api_settings'), where('settings_address')),
    params: documentedSettings,
    async run({ installation }, app: App, input) {
      const wanted = changeOf(input);
      if (Object.keys(wanted).length > 0)
        await changeApp(installation, { appId: app.id, by: { kind: 'app', id: app.id } }, wanted);
      return { success: true };
    },
  }),
  edge('POST', 'settings', {
    doc: 'Writes the same settings and what describes the app, for people who work on it.',
    source: 'ours',
    needs: all(actsInDashboard('change_settings'), where('settings_address'), where('app_second_factor')),
    params: { ...documentedSettings, ...settingParams('people'), unchanged: unchangedParam },
    async run(context, app: App, { unchanged, ...input }) {
      const wanted = changeOf(input);
      const demand = unchangedSince(unchanged);
      if (Object.keys(wanted).length > 0)
        await changeApp(context.installation, byPerson(context, app.id), wanted, (now) => demand(settingsShown(now)));
      return { success: true };
    },
  }),
];
