// People of an app see these fields in the dashboard: how log-ins are set up, and what they may do themselves. The
// secret is no field: it is asked for by an act that is written down (app-owners.ts).
import { all, appRole, dashboard, rolesThatMay } from '@hallpass/protocol';
import { worksOnApp } from '../shared/app-requirements.ts';
import { type Field, fieldsOf } from '../../graph/language/schema.ts';
import { settingFields } from './setting-fields.ts';
import type { App } from '../../store/apps/apps.ts';

const field = fieldsOf<App>();
const needs = worksOnApp;
export const appDashboardFields: Readonly<Record<string, Field<App>>> = {
  mode: field.text('live, or development: for people with a role on it only.', { needs, from: (app) => app.mode }),
  archived: field.bool('Whether its administrators have archived it.', {
    needs,
    from: (app) => app.status === 'archived',
  }),
  my_roles: field.list('string', 'The roles of the caller.', {
    needs,
    load: ({ installation, viewer }, rows) =>
      Promise.all(rows.map(async (app) => installation.facts.appRoles(app.id, viewer.person.id))),
  }),
  client_token: field.text('Names the app where the secret must not be.', {
    needs: all(dashboard, appRole(...rolesThatMay('change_settings'))),
    from: (app) => app.clientToken,
  }),
  ...settingFields('dashboard', needs),
};
