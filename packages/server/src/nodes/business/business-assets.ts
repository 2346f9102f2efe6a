// These edges say what belongs to a business. Sources: the owned_pages, client_pages, owned_apps and pages edges of the
// business.
import { graphError, rolesThatMay, all, on, task, appRole } from '@hallpass/protocol';
import { claimApp, claimPage, removeBusinessPage } from '../../businesses/business-assets.ts';
import { actOn, inBusiness, runsBusiness } from '../shared/business-requirements.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge, listEdge, type PageRequest } from '../../graph/language/schema.ts';
import type { App } from '../../store/apps/apps.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import type { Page } from '../../store/pages/pages.ts';
import { AppId, type BusinessId, PageId } from '../../store/ids.ts';

type Business = businesses.Business;

async function pagesListed(
  { installation, q }: Context,
  businessId: BusinessId,
  relation: 'owner' | 'agency',
  at: PageRequest,
) {
  const part = paginate(await businesses.pagesOf(q, businessId, relation), (one) => one.pageId, at);
  const rows = await Promise.all(part.rows.map(async ({ pageId }) => installation.facts.page(pageId)));
  return { ...part, rows: rows.filter((row) => row !== null), position: (row: Page) => row.id };
}

export const businessAssets: Edge<Business>[] = [
  listEdge('owned_pages', {
    doc: 'The Pages that belong to the business.',
    needs: inBusiness,
    of: 'page',
    run: (context, row: Business, _args, at) => pagesListed(context, row.id, 'owner', at),
  }),
  edge('POST', 'owned_pages', {
    doc: 'Claims a Page for the business.',
    needs: all(runsBusiness, on('page', 'page_id', task('MANAGE'))),
    params: { page_id: param.idOf(PageId, 'The Page; no other business may own it.', { required: true }) },
    async run(context, row: Business, { page_id }) {
      await changeIn(context, (change) => claimPage(change, actOn(context, row.id), page_id));
      return { success: true };
    },
  }),
  listEdge('client_pages', {
    doc: 'The Pages of others on which the business works.',
    needs: inBusiness,
    of: 'page',
    run: (context, row: Business, _args, at) => pagesListed(context, row.id, 'agency', at),
  }),
  edge('DELETE', 'pages', {
    doc: 'Gives up a Page, owned or of others: tasks the business had assigned on it end.',
    needs: runsBusiness,
    params: { page_id: param.idOf(PageId, 'The Page.', { required: true }) },
    async run(context, row: Business, { page_id }) {
      const done = await changeIn(context, (change) => removeBusinessPage(change, actOn(context, row.id), page_id));
      if (!done) throw graphError('param.invalid', { name: 'page_id' });
      return { success: true };
    },
  }),
  listEdge('owned_apps', {
    doc: 'The apps that belong to the business.',
    needs: inBusiness,
    of: 'app',
    async run({ installation, q }, row: Business, _args, at) {
      const part = paginate(await businesses.appsOf(q, row.id), (id) => id, at);
      const rows = await Promise.all(part.rows.map(async (id) => installation.facts.app(id)));
      return {
        ...part,
        rows: rows.filter((app) => app !== null).filter((app) => app.status === 'active'),
        position: (app: App) => app.id,
      };
    },
  }),
  edge('POST', 'owned_apps', {
    doc: 'Claims an app for the business.',
    needs: all(runsBusiness, on('app', 'app_id', appRole(...rolesThatMay('change_roles')))),
    params: { app_id: param.idOf(AppId, 'The app; no other business may have it.', { required: true }) },
    async run(context, row: Business, { app_id }) {
      await changeIn(context, (change) => claimApp(change, actOn(context, row.id), app_id));
      return { success: true };
    },
  }),
];
