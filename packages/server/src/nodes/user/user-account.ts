// A person's own account in the settings: the name, where they are logged in, the apps of their businesses, and what
// apps were asked to delete. Ours: the real settings have it without a call.
import { all, dashboard, graphError, self } from '@hallpass/protocol';
import { notifyNameChange } from '../../callbacks/notify-app.ts';
import { deletionRequestsOf } from '../../consent/deletion-requests.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { renamePerson } from '../../people/people.ts';
import { endAllSessions, endOtherSessions, endSession, openSessions } from '../../people/sign-in/sessions.ts';
import * as businesses from '../../store/businesses/businesses.ts';
import * as integrations from '../../store/businesses/integrations.ts';
import type { Person } from '../../store/people/people.ts';
import * as webSessions from '../../store/people/web-sessions.ts';
import { nameGiven } from '../shared/business-settings.ts';
import { unchangedParam, unchangedSince } from '../shared/unchanged.ts';
import { isoMoment } from '../shared/moment.ts';
import type { BusinessId, PersonId } from '../../store/ids.ts';

const oneself = all(dashboard, self);

async function currentSession({ q, viewer }: Context): Promise<webSessions.WebSession> {
  const session = await webSessions.byId(q, viewer.dashboard?.session ?? '');
  if (!session) throw graphError('dashboard.signed_out');
  return session;
}

/** The businesses that the person is an administrator of, by id. */
async function businessesRunBy({ installation, q }: Context, personId: PersonId): Promise<Map<BusinessId, string>> {
  const run = new Map<BusinessId, string>();
  for (const { id, name } of await businesses.ofPerson(q, personId))
    if ((await installation.facts.businessRole(id, personId)) === 'ADMIN') run.set(id, name);
  return run;
}

export const userAccount: Edge<Person>[] = [
  edge('POST', 'profile', {
    doc: 'Changes the name of the person, as every app that may read it sees it.',
    source: 'ours',
    needs: oneself,
    params: { name: param.text('The full name.', { required: true }), unchanged: unchangedParam },
    async run(context, person: Person, { name, unchanged }) {
      const demand = unchangedSince(unchanged);
      const stored = nameGiven(name);
      await changeIn(context, async (change) => {
        await notifyNameChange(change, person, stored, context.installation.world.clock.now());
        await renamePerson(change, person.id, stored, (now) => demand({ name: now.name }));
      });
      return { success: true };
    },
  }),
  listEdge('sessions', {
    doc: 'The browsers in which the person is logged in, last used first.',
    source: 'ours',
    needs: oneself,
    async run({ installation, viewer }, person: Person, _args, at) {
      const part = paginate(await openSessions(installation, person.id), (one) => one.id, at);
      return {
        ...part,
        position: (one: { id: string }) => one.id,
        rows: part.rows.map((one) => ({
          id: one.id,
          current: one.id === viewer.dashboard?.session,
          user_agent: one.user_agent,
          ip_prefix: one.ip_prefix,
          created_time: isoMoment(one.created_at),
          seen_time: isoMoment(one.seen_at),
        })),
      };
    },
  }),
  edge('DELETE', 'sessions', {
    doc: 'Ends one session, every other one, or all of them: the tokens that came of them stop working. All of them ends every token of the person.',
    source: 'ours',
    needs: oneself,
    params: {
      session_id: param.id('The session to end.'),
      which: param.text('Several at once.', { oneOf: ['others', 'all'] }),
    },
    async run(context, person: Person, { session_id: id, which }) {
      const { installation, q } = context;
      if ((id === undefined) === (which === undefined)) throw graphError('param.required', { name: 'session_id' });
      if (which === 'all') await changeIn(context, (change) => endAllSessions(installation, change, person.id));
      else if (which === 'others') {
        const current = await currentSession(context);
        await changeIn(context, (change) => endOtherSessions(installation, change, current));
      } else {
        const session = await webSessions.byId(q, id ?? '');
        const done =
          session?.person_id === person.id &&
          (await changeIn(context, (change) => endSession(installation, change, session)));
        if (!done) throw graphError('param.invalid', { name: 'session_id' });
      }
      return { success: true };
    },
  }),
  listEdge('business_integrations', {
    doc: 'The apps that were connected by the businesses which the person runs: active or removed ones.',
    source: 'ours',
    needs: oneself,
    params: { status: param.text('Only these; active ones without it.', { oneOf: ['active', 'removed'] }) },
    async run(context, person: Person, { status = 'active' }, at) {
      const { installation, q } = context;
      const run = await businessesRunBy(context, person.id);
      const wanted = (await integrations.ofBusinesses(q, [...run.keys()])).filter(
        ({ removedAt }) => (removedAt === null) === (status === 'active'),
      );
      const part = paginate(wanted, (one) => `${one.businessId} ${one.appId}`, at);
      const shown = part.rows.map(async (one) => ({
        id: one.appId,
        name: (await installation.facts.app(one.appId))?.name ?? '',
        business: { id: one.businessId, name: run.get(one.businessId) ?? '' },
        permissions: Object.keys(one.permissions),
        pages: one.assets.pages?.length ?? 0,
        ad_accounts: one.assets.ad_accounts?.length ?? 0,
        connected_time: isoMoment(one.createdAt),
        ...(one.removedAt === null ? {} : { removed_time: isoMoment(one.removedAt) }),
      }));
      const rows = await Promise.all(shown);
      return { ...part, rows, position: (one: (typeof rows)[number]) => `${one.business.id} ${one.id}` };
    },
  }),
  listEdge('data_deletions', {
    doc: "The person's requests to apps to delete data, with their state: asked, confirmed by the app, or failed.",
    source: 'ours',
    needs: oneself,
    async run({ installation }, person: Person, _args, at) {
      const rows = (await deletionRequestsOf(installation, person.id)).map(({ app, askedAt, ...became }) => ({
        app: { id: app.id, name: app.name },
        requested_time: isoMoment(askedAt),
        ...became,
      }));
      return paginate(rows, (row) => `${row.app.id} ${row.requested_time}`, at);
    },
  }),
];
