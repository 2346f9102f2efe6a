// These edges find the people who have tokens of an app, and end those tokens, for the people who run it: people by the
// ids that the app knows them by, and system users of businesses. Tokens themselves are never told. Ours: the real
// dashboard has no such list.
import { graphError } from '@hallpass/protocol';
import { endTokensOfApp, endTokensOfPerson } from '../../../apps/app-tokens.ts';
import { endSystemUserToken } from '../../../businesses/system-users.ts';
import { changeIn, type Context } from '../../../graph/language/context.ts';
import { paginate, partOf } from '../../../graph/rendering/cursors.ts';
import { param } from '../../../graph/language/params.ts';
import { type Edge, edge, listEdge } from '../../../graph/language/schema.ts';
import { knownAs } from '../../../people/scoped-id.ts';
import type { App } from '../../../store/apps/apps.ts';
import * as systemUsers from '../../../store/businesses/system-users.ts';
import * as grants from '../../../store/grants/grants.ts';
import { actsInDashboard, byPerson, confirmsInDashboard } from '../../shared/app-requirements.ts';
import { isoMoment } from '../../shared/moment.ts';
import { ScopedId } from '../../../store/ids.ts';

/** A longer list of system-user tokens shows its newest part. */
const MOST_TOKENS = 1000;

const connected = (grant: grants.Grant & { scopedId: ScopedId }, now: number) => ({
  id: grant.scopedId,
  permissions: Object.entries(grant.permissions).flatMap(([name, { status }]) => (status === 'granted' ? [name] : [])),
  added_time: isoMoment(grant.createdAt),
  last_login_time: isoMoment(grant.updatedAt),
  data_access_expires_time: isoMoment(grant.dataAccessUntil),
  data_access: grant.dataAccessUntil > now ? 'active' : 'expired',
});

async function issued({ installation, now }: Context, app: App, token: systemUsers.SystemUserToken) {
  const { id, personId, fingerprint, permissions, issuedAt, expiresAt, endedAt } = token;
  const person = await installation.facts.person(personId);
  return {
    id,
    fingerprint,
    system_user: { id: await knownAs(installation, app.id, personId), name: person?.name ?? '' },
    scopes: Object.keys(permissions),
    issued_time: isoMoment(issuedAt),
    expires_at: expiresAt,
    is_valid: endedAt === null && (expiresAt === 0 || now < expiresAt),
    ...(endedAt === null ? {} : { ended_time: isoMoment(endedAt) }),
  };
}

export const appTokens: Edge<App>[] = [
  listEdge('connected_people', {
    doc: 'People who have added the app, by the ids by which it knows them, with their permissions and the end of data access.',
    source: 'ours',
    needs: actsInDashboard('change_settings'),
    params: { user: param.idOf(ScopedId, 'Only the person with this id.') },
    async run({ q, now }, app: App, { user }, page) {
      const read = await grants.connectedTo(q, app.id, page, user);
      const part = partOf(
        read.map((grant) => connected(grant, now)),
        (row) => row.id,
        page,
        () => grants.countOfApp(q, app.id),
      );
      return { ...part, position: (row: { id: string }) => row.id };
    },
  }),
  edge('DELETE', 'connected_people', {
    doc: 'Ends every token of one person for the app. What the person allowed stays: the next log-in doesn’t ask again.',
    source: 'ours',
    needs: confirmsInDashboard('change_settings'),
    params: { user: param.idOf(ScopedId, 'The person, by the id of the list.', { required: true }) },
    async run(context, app: App, { user }) {
      const personId = await context.installation.facts.personBehind(app.id, user);
      if (personId === null) throw graphError('param.invalid', { name: 'user' });
      await changeIn(context, (change) => endTokensOfPerson(change, { ...byPerson(context, app.id), personId }));
      return { success: true };
    },
  }),
  edge('DELETE', 'tokens', {
    doc: 'Ends all current tokens of the app, for all people; they have to log in again.',
    source: 'ours',
    needs: confirmsInDashboard('reset_secret'),
    async run(context, app: App) {
      await endTokensOfApp(context.installation, byPerson(context, app.id));
      return { success: true };
    },
  }),
  listEdge('system_user_tokens', {
    doc: 'Tokens of system users for the app, newest first: whose, what they are for and until when.',
    source: 'ours',
    needs: actsInDashboard('change_settings'),
    async run(context, app: App, _args, page) {
      const part = paginate(await systemUsers.tokensOfApp(context.q, app.id, MOST_TOKENS), (row) => row.id, page);
      const rows = await Promise.all(part.rows.map((row) => issued(context, app, row)));
      return { ...part, rows, position: (row: { id: string }) => row.id };
    },
  }),
  edge('DELETE', 'system_user_tokens', {
    doc: 'Ends one token of a system user, by its id in the list.',
    source: 'ours',
    needs: confirmsInDashboard('change_settings'),
    params: { token_id: param.id('The id in the list.', { required: true }) },
    async run(context, app: App, { token_id: id }) {
      const token = await systemUsers.token(context.q, id);
      const act = token && { ...byPerson(context, app.id), id, personId: token.personId, now: context.now };
      if (!act || !(await changeIn(context, (change) => endSystemUserToken(change, act))))
        throw graphError('param.invalid', { name: 'token_id' });
      return { success: true };
    },
  }),
];
