// These edges are about Login for Business of an app: its configurations, and the switch between it and the classic
// log-in. They are changed in the dashboard, by no token at all; no document describes calls for it, apart from the
// field config_ids of the application reference.
import {
  all,
  any,
  appRole,
  appRoles,
  confirmed,
  dashboard,
  graphError,
  keysOf,
  ownApp,
  token,
} from '@hallpass/protocol';
import { changeApp } from '../../apps/app-admin.ts';
import { type ConfigurationAct, putConfiguration, removeConfiguration } from '../../apps/login-configurations.ts';
import { nameOf } from '../../people/people.ts';
import { worksOnApp } from '../shared/app-requirements.ts';
import { personActor } from '../shared/actor.ts';
import type { ViewerWithPerson } from '../../graph/authentication/viewer.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { isoMoment } from '../shared/moment.ts';
import { unchangedParam, unchangedSince } from '../shared/unchanged.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge, fieldsOf, listEdge } from '../../graph/language/schema.ts';
import type { App } from '../../store/apps/apps.ts';
import * as configurations from '../../store/apps/login-configurations.ts';

const field = fieldsOf<App>();
const insiders = any(worksOnApp, all(token('app'), ownApp), all(token('user'), ownApp, appRole(...keysOf(appRoles))));
const administrators = all(dashboard, appRole('administrators'));
const readers = any(all(token('app'), ownApp), all(token('user'), ownApp, appRole('administrators')), administrators);

const shown = (one: configurations.LoginConfiguration) => ({
  id: one.id,
  name: one.name,
  login_variation: one.loginVariation,
  token_type: one.tokenType,
  token_expiration: one.tokenExpiration,
  assets: one.assets,
  permissions: one.permissions,
  created_time: isoMoment(one.createdAt),
  updated_time: isoMoment(one.updatedAt),
});

export const loginFields = {
  config_ids: field.list('numeric string', 'The configurations of Login for Business.', {
    needs: insiders,
    load: ({ q }, apps) =>
      Promise.all(apps.map(async (app) => (await configurations.ofApp(q, app.id)).map(({ id }) => id))),
  }),
  login_type: field.text('classic, or business for Login for Business. A field of ours.', {
    needs: insiders,
    from: (app) => app.settings.loginType,
  }),
};

const actOn = (context: Context<ViewerWithPerson>, app: App): ConfigurationAct => ({
  appId: app.id,
  by: personActor(context),
  now: context.now,
});

export const appLogin: Edge<App>[] = [
  listEdge('login_configurations', {
    doc: 'The configurations of Login for Business.',
    source: 'ours',
    needs: readers,
    async run({ q }, app: App, _args, page) {
      const part = paginate(await configurations.ofApp(q, app.id), (one) => one.id, page);
      return {
        ...part,
        position: (row: { id: string }) => row.id,
        rows: part.rows.map(shown),
      };
    },
  }),
  edge('POST', 'login_configurations', {
    doc: 'Makes a configuration; with configuration_id, writes over one. Its kind of token stays.',
    source: 'ours',
    needs: administrators,
    params: {
      name: param.text('The name.', { required: true }),
      login_variation: param.text('The sort of log-in.', { oneOf: ['general'] }),
      token_type: param.text('The kind of token that the app gets.', {
        required: true,
        oneOf: ['user', 'system_user'],
      }),
      token_expiration: param.text('When a system-user token ends.', { oneOf: ['never', '60_days'] }),
      assets: param.list(
        `What is chosen in the dialog: ${configurations.assetKinds.join(', ')}. Permissions about Pages need pages; a system-user configuration has ad_accounts where it names ads_read or ads_management, and only there.`,
        { clears: true },
      ),
      permissions: param.list(
        'What is asked for: at least one besides email and public_profile, of those that system users may have. A system-user configuration names neither of the two.',
        { required: true, spaces: true },
      ),
      configuration_id: param.id('The one to be changed.'),
      unchanged: unchangedParam,
    },
    async run(context, app: App, args) {
      const { name } = nameOf(args.name);
      if (name === undefined) throw graphError('param.invalid', { name: 'name' });
      const wanted = {
        name,
        tokenType: args.token_type,
        tokenExpiration: args.token_expiration ?? 'never',
        assets: args.assets ?? [],
        permissions: args.permissions,
      };
      const act = actOn(context, app);
      const demand = unchangedSince(args.unchanged);
      return {
        id: await changeIn(context, (change) =>
          putConfiguration(context.installation, change, act, wanted, args.configuration_id, (now) =>
            demand(shown(now)),
          ),
        ),
      };
    },
  }),
  edge('DELETE', 'login_configurations', {
    doc: 'Deletes a configuration. Permissions granted with it stay.',
    source: 'ours',
    needs: administrators,
    params: { configuration_id: param.id('The configuration.', { required: true }) },
    async run(context, app: App, { configuration_id }) {
      const done = await changeIn(context, (change) =>
        removeConfiguration(change, actOn(context, app), configuration_id),
      );
      if (!done) throw graphError('param.invalid', { name: 'configuration_id' });
      return { success: true };
    },
  }),
  edge('POST', 'login_type', {
    doc: 'Switches between the classic log-in and Login for Business. An app that asks only for email and public_profile loses its tokens.',
    source: 'ours',
    needs: all(administrators, confirmed),
    params: { login_type: param.text('Which.', { required: true, oneOf: ['classic', 'business'] }) },
    async run(context, app: App, { login_type }) {
      const loginType = login_type;
      await changeApp(context.installation, { appId: app.id, by: personActor(context) }, { settings: { loginType } });
      return { success: true };
    },
  }),
];
