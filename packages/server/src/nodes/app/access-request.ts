// This node is a request of an app for advanced access: seen by the people of the app and by the reviewers of the
// platform, who decide.
import { all, any, appRole, appRoles, dashboard, keysOf, platformRole, rolesThatMay } from '@hallpass/protocol';
import { decideAccess, withdrawRequest } from '../../apps/app-access.ts';
import { reviewsAccess } from '../shared/access-reviews.ts';
import { personActor } from '../shared/actor.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import { isoMoment } from '../shared/moment.ts';
import { param } from '../../graph/language/params.ts';
import { edge, fieldsOf, node } from '../../graph/language/schema.ts';
import * as accessRequests from '../../store/apps/access-requests.ts';
import type { AccessRequest } from '../../store/apps/access-requests.ts';

const field = fieldsOf<AccessRequest>();
const works = appRole(...keysOf(appRoles));

async function mayKnow({ installation, viewer }: Context, { appId }: AccessRequest): Promise<boolean> {
  if (!viewer.dashboard) return false;
  if (viewer.person.administrator || viewer.person.reviewer) return true;
  return (await installation.facts.appRoles(appId, viewer.person.id)).length > 0;
}

export const accessRequest = node<AccessRequest>({
  name: 'access_request',
  type: 'AccessRequest',
  doc: 'A request for advanced access to a permission. A node of ours.',
  needs: all(dashboard, any(works, platformRole('reviewer'))),
  target: (_context, row) => ({ self: false, ownApp: false, appId: row.appId }),
  tables: ['access_requests'],
  async find(context, id) {
    if (!context.viewer.dashboard) return undefined;
    const row = await accessRequests.byId(context.q, id);
    return row && (await mayKnow(context, row)) ? row : undefined;
  },
  fields: {
    id: field.id('The id of the request.', { show: 'always', from: (row) => row.id }),
    app: field.object('App', 'The app.', {
      show: 'default',
      load: ({ installation }, rows) =>
        Promise.all(
          rows.map(async (row) => ({ id: row.appId, name: (await installation.facts.app(row.appId))?.name ?? '' })),
        ),
    }),
    permission: field.text('The permission.', { show: 'default', from: (row) => row.permission }),
    use_case: field.text('The reason why the app needs it.', { show: 'default', from: (row) => row.useCase }),
    status: field.text('pending, approved, rejected or withdrawn.', { show: 'default', from: (row) => row.state }),
    created_time: field.moment('When it was asked for.', { show: 'default', from: (row) => isoMoment(row.createdAt) }),
    decided_time: field.moment('When it was decided.', {
      show: 'default',
      from: (row) => (row.decidedAt === null ? undefined : isoMoment(row.decidedAt)),
    }),
    reason: field.text('What the reviewer wrote.', { show: 'default', from: (row) => row.reason ?? undefined }),
  },
  edges: [
    edge('POST', 'decision', {
      doc: 'Approves or rejects it. Approved, the app may ask anyone from the next call on.',
      source: 'ours',
      needs: reviewsAccess,
      params: {
        approve: param.bool('Whether it is approved.', { required: true }),
        reason: param.text('The reason told to the people of the app.', { required: true, max: 2000 }),
      },
      async run(context, row: AccessRequest, { approve, reason }) {
        await changeIn(context, (change) =>
          decideAccess(context.installation, change, row, { approve, reason, by: personActor(context) }),
        );
        return { success: true };
      },
    }),
    edge('DELETE', '', {
      doc: 'Takes the request back.',
      source: 'ours',
      needs: all(dashboard, appRole(...rolesThatMay('ask_access'))),
      async run(context, row: AccessRequest) {
        await changeIn(context, (change) => withdrawRequest(context.installation, change, row, personActor(context)));
        return { success: true };
      },
    }),
  ],
});
