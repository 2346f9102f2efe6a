// These edges are about access levels of an app: which permissions it may ask anybody for, asking for more, and going
// back. Sources: the permissions edge of the application reference; access levels.
import { alwaysGranted, any, isPermission, type Permission, permissions, graphError } from '@hallpass/protocol';
import { dropAccess, requestAccess } from '../../apps/app-access.ts';
import { actsInDashboard, byPerson, confirmsInDashboard, worksOnApp } from '../shared/app-requirements.ts';
import { changeIn } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { param } from '../../graph/language/params.ts';
import { appItself } from '../shared/requirements.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import * as accessRequests from '../../store/apps/access-requests.ts';
import type { App } from '../../store/apps/apps.ts';

/** @throws GraphError param.invalid */
function known(name: string): Permission {
  if (!isPermission(name)) throw graphError('param.invalid', { name: 'permission' });
  return name;
}

export const appAccess: Edge<App>[] = [
  listEdge('permissions', {
    doc: 'Permissions, and whether the app may ask anyone for them (live) or only people with a role on it (unapproved).',
    needs: any(worksOnApp, appItself),
    params: {
      permission: param.text('Only this one.'),
      status: param.text('Only those in this state.', { oneOf: ['live', 'unapproved'] }),
    },
    async run(_context, app: App, { permission: name, status }, page) {
      if (name !== undefined) known(name);
      const rows = Object.keys(permissions).map((one) => ({
        permission: one,
        status: one === alwaysGranted || app.settings.advancedAccess.includes(one) ? 'live' : 'unapproved',
      }));
      const wanted = rows.filter(
        (row) => (name === undefined || row.permission === name) && (status === undefined || row.status === status),
      );
      return paginate(wanted, (row) => row.permission, page);
    },
  }),
  edge('DELETE', 'permissions', {
    doc: 'Goes back from advanced to standard access: from now on the permission works only for people with a role on the app.',
    source: 'ours',
    needs: confirmsInDashboard('ask_access'),
    refuses: ['app.access'],
    params: { permission: param.text('The permission.', { required: true }) },
    async run(context, app: App, { permission }) {
      const name = known(permission);
      await changeIn(context, (change) => dropAccess(context.installation, change, byPerson(context, app.id), name));
      return { success: true };
    },
  }),
  listEdge('access_requests', {
    doc: "The app's requests, newest first, with the decisions.",
    source: 'ours',
    needs: worksOnApp,
    of: 'access_request',
    run: async ({ q }, app: App, _args, page) => paginate(await accessRequests.ofApp(q, app.id), (one) => one.id, page),
  }),
  edge('POST', 'access_requests', {
    doc: 'Asks for advanced access to a permission; a reviewer of the platform decides.',
    source: 'ours',
    needs: actsInDashboard('ask_access'),
    params: {
      permission: param.text('The permission.', { required: true }),
      use_case: param.text('The reason why the app needs it.', { required: true, max: 4000 }),
    },
    async run(context, app: App, { permission, use_case }) {
      const wanted = { permission: known(permission), useCase: use_case };
      return {
        id: await changeIn(context, (change) =>
          requestAccess(context.installation, change, byPerson(context, app.id), wanted),
        ),
      };
    },
  }),
];
