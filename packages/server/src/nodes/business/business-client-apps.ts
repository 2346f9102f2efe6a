// These edges are about apps of others that a business works with. Source: the client_apps edge of the business; how
// one is given up is ours.
import { all, appRole, graphError, on, rolesThatMay, where } from '@hallpass/protocol';
import { addClientApp, removeClientApp } from '../../businesses/client-apps.ts';
import { actOn, inBusiness, runsBusiness } from '../shared/business-requirements.ts';
import { changeIn } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import type { App } from '../../store/apps/apps.ts';
import type { Business } from '../../store/businesses/businesses.ts';
import * as clientApps from '../../store/businesses/client-apps.ts';
import { AppId } from '../../store/ids.ts';

const appId = param.idOf(AppId, 'The app.', { required: true });

export const businessClientApps: Edge<Business>[] = [
  listEdge('client_apps', {
    doc: 'The apps of others on which the business works.',
    needs: inBusiness,
    of: 'app',
    async run({ installation, q }, row: Business, _args, at) {
      const part = paginate(await clientApps.ofBusiness(q, row.id), (id) => id, at);
      const rows = await Promise.all(part.rows.map(async (id) => installation.facts.app(id)));
      return {
        ...part,
        rows: rows.filter((app) => app !== null).filter((app) => app.status === 'active'),
        position: (app: App) => app.id,
      };
    },
  }),
  edge('POST', 'client_apps', {
    doc: 'Takes up an app of someone else: system users of the business may have it.',
    needs: all(
      runsBusiness,
      on('app', 'app_id', appRole(...rolesThatMay('change_roles'))),
      where('not_own_app', 'app_id'),
    ),
    params: { app_id: appId },
    async run(context, row: Business, { app_id }) {
      await changeIn(context, (change) => addClientApp(change, actOn(context, row.id), app_id));
      return { success: true };
    },
  }),
  edge('DELETE', 'client_apps', {
    doc: 'Gives the app up: it is taken from every system user of the business, with its tokens.',
    source: 'ours',
    needs: runsBusiness,
    params: { app_id: appId },
    async run(context, row: Business, { app_id }) {
      if (!(await changeIn(context, (change) => removeClientApp(change, actOn(context, row.id), app_id))))
        throw graphError('param.invalid', { name: 'app_id' });
      return { success: true };
    },
  }),
];
