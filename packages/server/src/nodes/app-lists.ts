// What an app can read about itself: who has a role on it, which permissions it may ask of anybody.
// Sources: the roles and permissions edges of the application reference.
import { alwaysGranted, isAppRole, isPermission, permissions, refuse } from '@hallpass/protocol';
import { knownAs } from '../accounts/scoped-id.ts';
import { cut } from '../graph/cursors.ts';
import { param } from '../graph/params.ts';
import { appItself } from '../graph/requirements.ts';
import { type Edge, listEdge } from '../graph/schema.ts';
import * as apps from '../store/apps.ts';

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
];
