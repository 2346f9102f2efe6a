// These edges are about businesses that work on a Page for its owner. Source: the agencies edge of the page.
import { any, graphError, onOwner } from '@hallpass/protocol';
import { putAgency, removeBusinessPage } from '../../businesses/business-assets.ts';
import { actOn, runsBusiness } from '../shared/business-requirements.ts';
import { changeIn } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { param } from '../../graph/language/params.ts';
import { pageTasksGiven } from '../shared/page-tasks-given.ts';
import { managesPage } from '../shared/requirements.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import type { Page } from '../../store/pages/pages.ts';
import { BusinessId } from '../../store/ids.ts';

const needs = any(onOwner(runsBusiness), managesPage);

export const pageAgencies: Edge<Page>[] = [
  listEdge('agencies', {
    doc: 'The businesses that work on the Page for its owner.',
    needs,
    async run(context, page: Page, _args, at) {
      const rows = (await businesses.ofPage(context.q, page.id)).filter((one) => one.relation === 'agency');
      const named = await Promise.all(
        rows.map(async ({ businessId, tasks }) => ({
          id: businessId,
          name: (await businesses.byId(context.q, businessId))?.name ?? '',
          permitted_tasks: tasks,
        })),
      );
      return paginate(named, (row) => row.id, at);
    },
  }),
  edge('POST', 'agencies', {
    doc: 'Lets a business work on the Page with these tasks, replacing those it had.',
    needs,
    params: {
      business: param.idOf(BusinessId, 'The business.', { required: true }),
      permitted_tasks: param.list('The tasks.', { required: true }),
    },
    async run(context, page: Page, { business, permitted_tasks }) {
      const tasks = pageTasksGiven(permitted_tasks);
      await changeIn(context, (change) => putAgency(change, actOn(context, business), page.id, tasks));
      return { success: true };
    },
  }),
  edge('DELETE', 'agencies', {
    doc: 'Ends the work of a business on the Page, with every task it had assigned.',
    needs,
    params: { business: param.idOf(BusinessId, 'The business.', { required: true }) },
    async run(context, page: Page, { business }) {
      const agency = (await businesses.ofPage(context.q, page.id)).find((one) => one.businessId === business);
      if (agency?.relation !== 'agency') throw graphError('param.invalid', { name: 'business' });
      await changeIn(context, (change) => removeBusinessPage(change, actOn(context, business), page.id));
      return { success: true };
    },
  }),
];
