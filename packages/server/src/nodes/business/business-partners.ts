// These edges are about the businesses that work for a business, and those that it works for; and the Pages it asks
// for. Sources: the agencies, clients and client_pages edges of the business. How a request is answered is ours: the
// real service does it in its pages.
import { any, graphError } from '@hallpass/protocol';
import { answerPageRequest, askForPage, cancelPageRequest, endPartnership } from '../../businesses/partners.ts';
import { putAgency } from '../../businesses/business-assets.ts';
import { judge } from '../../graph/authorisation/judge.ts';
import { actOn, inBusiness, runsBusiness } from '../shared/business-requirements.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { isoMoment } from '../shared/moment.ts';
import { param } from '../../graph/language/params.ts';
import { pageTasksGiven } from '../shared/page-tasks-given.ts';
import { managesPage } from '../shared/requirements.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import * as pageRequests from '../../store/pages/page-requests.ts';
import * as partners from '../../store/businesses/partners.ts';
import { BusinessId, PageId } from '../../store/ids.ts';

type Business = businesses.Business;

async function named({ q }: Context, id: BusinessId): Promise<{ id: string; name: string }> {
  return { id, name: (await businesses.byId(q, id))?.name ?? '' };
}

const business = param.idOf(BusinessId, 'The business.', { required: true });
const request_id = param.id('The request.', { required: true });

/** True when the caller could let any business work on the Page, by what they hold now (threats I-6). */
async function decidesOnPage(context: Context, pageId: PageId): Promise<boolean> {
  const businessId = await businesses.ownerOfPage(context.q, pageId);
  const verdict = await judge(context, any(runsBusiness, managesPage), {
    self: false,
    ownApp: false,
    pageId,
    businessId,
  });
  return verdict.ok;
}

export const businessPartners: Edge<Business>[] = [
  edge('POST', 'client_pages', {
    doc: 'Asks to work on the Page of another business. If the caller may decide on the Page, access is given at once (CONFIRMED); otherwise the owner is asked (PENDING), and a Page that no business owns is refused.',
    needs: runsBusiness,
    params: {
      page_id: param.idOf(PageId, 'The Page.', { required: true }),
      permitted_tasks: param.list('The tasks.', { required: true }),
    },
    async run(context, row: Business, { page_id, permitted_tasks }) {
      const tasks = pageTasksGiven(permitted_tasks);
      const act = actOn(context, row.id);
      const page = await context.installation.facts.page(page_id);
      if (page?.testOf !== row.testOf) throw graphError('param.invalid', { name: 'page_id' });
      if (await decidesOnPage(context, page_id)) {
        await changeIn(context, (change) => putAgency(change, act, page_id, tasks));
        return { access_status: 'CONFIRMED' };
      }
      const id = await changeIn(context, (change) =>
        askForPage(context.installation, change, act, { pageId: page_id, tasks }),
      );
      return { access_status: 'PENDING', request_id: id };
    },
  }),
  listEdge('page_requests', {
    doc: 'Open requests for Pages: those that the business received, or those it sent.',
    source: 'ours',
    needs: runsBusiness,
    params: { direction: param.text('received, unless it is sent.', { oneOf: ['received', 'sent'] }) },
    async run(context, row: Business, { direction }, at) {
      const found = await pageRequests.pending(context.q, direction === 'sent' ? 'business_id' : 'owner_id', row.id);
      const part = paginate(found, (one) => one.id, at);
      const rows = part.rows.map(async (one) => ({
        id: one.id,
        page: { id: one.pageId, name: (await context.installation.facts.page(one.pageId))?.name ?? '' },
        business: await named(context, one.businessId),
        permitted_tasks: one.tasks,
        created_time: isoMoment(one.createdAt),
      }));
      return { ...part, position: (one: { id: string }) => one.id, rows: await Promise.all(rows) };
    },
  }),
  edge('POST', 'page_requests', {
    doc: 'Answers a request that the business received.',
    source: 'ours',
    needs: runsBusiness,
    params: { request_id, decision: param.text('Yes or no.', { required: true, oneOf: ['accept', 'decline'] }) },
    async run(context, row: Business, { request_id: id, decision }) {
      const done = await changeIn(context, (change) =>
        answerPageRequest(context.installation, change, actOn(context, row.id), id, decision === 'accept'),
      );
      if (!done) throw graphError('param.invalid', { name: 'request_id' });
      return { success: true };
    },
  }),
  edge('DELETE', 'page_requests', {
    doc: 'Withdraws a request that the business sent.',
    source: 'ours',
    needs: runsBusiness,
    params: { request_id },
    async run(context, row: Business, { request_id: id }) {
      if (!(await changeIn(context, (change) => cancelPageRequest(change, actOn(context, row.id), id))))
        throw graphError('param.invalid', { name: 'request_id' });
      return { success: true };
    },
  }),
  ...(['agencies', 'clients'] as const).flatMap((side): Edge<Business>[] => {
    const isOwner = side === 'agencies';
    return [
      listEdge(side, {
        doc: isOwner
          ? 'The businesses that work on its Pages and ad accounts.'
          : 'The businesses on whose Pages and ad accounts it works.',
        needs: inBusiness,
        async run(context, row: Business, _args, at) {
          const found = await partners.shared(context.q, isOwner ? { ownerId: row.id } : { agencyId: row.id });
          const ids = [...new Set(found.map((one) => (isOwner ? one.agencyId : one.ownerId)))].sort();
          const part = paginate(ids, (id) => id, at);
          return {
            ...part,
            position: (one: { id: string }) => one.id,
            rows: await Promise.all(part.rows.map((id) => named(context, id))),
          };
        },
      }),
      edge('DELETE', side, {
        doc: isOwner
          ? 'Ends all work of a business for this one, with all its assignments.'
          : 'Ends all work of this business for another, with all its assignments.',
        needs: runsBusiness,
        params: { business },
        async run(context, row: Business, { business: other }) {
          const { by, now } = actOn(context, row.id);
          const pair = isOwner ? { ownerId: row.id, agencyId: other } : { ownerId: other, agencyId: row.id };
          if (!(await changeIn(context, (change) => endPartnership(change, { ...pair, by, now }))))
            throw graphError('param.invalid', { name: 'business' });
          return { success: true };
        },
      }),
    ];
  }),
];
