// What an app can read about itself: who has a role on it, which permissions it may ask of anybody, how it is used.
// Sources: the roles and permissions edges of the application reference; app_insights is named in the access-token guides
// ("read your app's insights") and its figures are ours.
import {
  all,
  alwaysGranted,
  any,
  appRole,
  DAY,
  isAppRole,
  isPermission,
  ownApp,
  permission,
  permissions,
  refuse,
  rolesThatMay,
  token,
} from '@hallpass/protocol';
import { knownAs } from '../accounts/scoped-id.ts';
import type { Context } from '../graph/context.ts';
import { cut } from '../graph/cursors.ts';
import { param } from '../graph/params.ts';
import { appItself } from '../graph/requirements.ts';
import { type Edge, listEdge } from '../graph/schema.ts';
import * as apps from '../store/apps.ts';
import * as grants from '../store/grants.ts';
import * as people from '../store/people.ts';

interface Figure {
  title: string;
  doc: string;
  period: 'day' | 'week' | 'days_28' | 'lifetime';
  value(context: Context, appId: string): Promise<number>;
}

const activeWithin = (days: number) => (context: Context, appId: string) => grants.countOfApp(context.q, appId, context.now - days * DAY);

const figures: Readonly<Record<string, Figure>> = {
  daily_active_users: { title: 'Daily active people', doc: 'People who logged in to the app within a day.', period: 'day', value: activeWithin(1) },
  weekly_active_users: {
    title: 'Weekly active people',
    doc: 'People who logged in to the app within a week.',
    period: 'week',
    value: activeWithin(7),
  },
  monthly_active_users: {
    title: '28 days active people',
    doc: 'People who logged in to the app within 28 days.',
    period: 'days_28',
    value: activeWithin(28),
  },
  installs: { title: 'Installs', doc: 'People who have added the app.', period: 'lifetime', value: ({ q }, appId) => grants.countOfApp(q, appId) },
  test_users: { title: 'Test users', doc: 'Test users of the app.', period: 'lifetime', value: ({ q }, appId) => people.countTestUsers(q, appId) },
};

export const appLists: Edge<apps.App>[] = [
  listEdge('roles', {
    doc: 'People with a role on the app.',
    needs: appItself,
    async run({ installation, q }, app: apps.App, _args, page) {
      const rows: { app_id: string; user: string; role: string }[] = [];
      for (const { personId, role } of await apps.roles(q, app.id))
        if (isAppRole(role)) rows.push({ app_id: app.id, user: await knownAs(installation, app.id, personId), role });
      return cut(rows, (row) => `${row.user} ${row.role}`, page);
    },
  }),
  listEdge('permissions', {
    doc: 'Permissions, and whether the app may ask anybody for them (live) or only people with a role on it (unapproved).',
    needs: appItself,
    params: {
      permission: param.text('Only this one.'),
      status: param.text('Only those in this state.', { oneOf: ['live', 'unapproved'] }),
    },
    async run(_context, app: apps.App, { permission: name, status }, page) {
      if (name !== undefined && !isPermission(name)) throw refuse('param.invalid', { name: 'permission' });
      const rows = Object.keys(permissions).map((one) => ({
        permission: one,
        status: one === alwaysGranted || app.settings.advancedAccess.includes(one) ? 'live' : 'unapproved',
      }));
      const wanted = rows.filter((row) => (name === undefined || row.permission === name) && (status === undefined || row.status === status));
      return cut(wanted, (row) => row.permission, page);
    },
  }),
  listEdge('app_insights', {
    doc: 'One figure about how the app is used.',
    needs: any(all(token('user'), ownApp, appRole(...rolesThatMay('see_insights')), permission('read_insights')), appItself),
    tail: 'metric',
    params: { metric: param.text('Which figure.', { required: true, oneOf: Object.keys(figures) }) },
    async run(context, app: apps.App, { metric }) {
      const { title, doc, period, value } = figures[metric] as Figure;
      const id = `${app.id}/app_insights/${metric}/${period}`;
      return {
        rows: [{ name: metric, period, values: [{ value: await value(context, app.id) }], title, description: doc, id }],
        hasNext: false,
        hasPrevious: false,
      };
    },
  }),
];
