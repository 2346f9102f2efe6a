// This node is an invitation to a role on an app: seen by who is invited and by the administrators of the app, answered
// by who is invited. Ours: the real dashboard has it without a call.
import { all, any, appRole, dashboard, graphError, isIn, rolesThatMay, self } from '@hallpass/protocol';
import { acceptInvitation, endInvitation, isFor } from '../../apps/app-team.ts';
import { knownAs } from '../../people/scoped-id.ts';
import { FIRST_PARTY, type PersonId } from '../../store/ids.ts';
import { personActor } from '../shared/actor.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import { isoMoment } from '../shared/moment.ts';
import { edge, fieldsOf, node } from '../../graph/language/schema.ts';
import * as appInvitations from '../../store/apps/app-invitations.ts';
import type { Invitation } from '../../store/apps/app-invitations.ts';

const field = fieldsOf<Invitation>();
const administers = appRole(...rolesThatMay('change_roles'));

async function mayKnow({ installation, viewer }: Context, row: Invitation): Promise<boolean> {
  if (!viewer.dashboard || (await installation.facts.app(row.appId))?.status !== 'active') return false;
  if (isFor(row, viewer.person)) return true;
  const roles = await installation.facts.appRoles(row.appId, viewer.person.id);
  return roles.some((role) => isIn(rolesThatMay('change_roles'), role));
}

const gone = (context: Context, row: Invitation) =>
  graphError('object.missing', { method: context.call.method.toLowerCase(), id: row.id });

export const appInvitation = node<Invitation>({
  name: 'app_invitation',
  type: 'AppInvitation',
  doc: 'An invitation to a role on an app. A node of ours.',
  needs: all(dashboard, any(administers, self)),
  target: ({ viewer }, row) => ({
    self: viewer.person !== undefined && isFor(row, viewer.person),
    ownApp: false,
    appId: row.appId,
  }),
  tables: ['app_invitations'],
  async find(context, id) {
    if (!context.viewer.dashboard) return undefined;
    const row = await appInvitations.byId(context.q, id);
    return row && (await mayKnow(context, row)) ? row : undefined;
  },
  fields: {
    id: field.id('The id of the invitation.', { show: 'always', from: (row) => row.id }),
    app: field.object('App', 'The app.', {
      show: 'default',
      load: ({ installation }, rows) =>
        Promise.all(
          rows.map(async (row) => ({ id: row.appId, name: (await installation.facts.app(row.appId))?.name ?? '' })),
        ),
    }),
    role: field.text('The role.', { show: 'default', from: (row) => row.role }),
    email: field.text('The address that was invited; absent where a person was.', {
      show: 'default',
      from: (row) => row.email ?? undefined,
    }),
    user: field.object('User', 'The person who was invited; absent where an address was.', {
      show: 'default',
      load: ({ installation }, rows) => Promise.all(rows.map((row) => inShort(installation, row.personId))),
    }),
    invited_by: field.object('User', 'Who invited.', {
      show: 'default',
      load: ({ installation }, rows) => Promise.all(rows.map((row) => inShort(installation, row.invitedBy))),
    }),
    created_time: field.moment('When.', { show: 'default', from: (row) => isoMoment(row.createdAt) }),
  },
  edges: [
    edge('POST', 'accept', {
      doc: 'Accepts: from now on the person has the role.',
      source: 'ours',
      needs: all(dashboard, self),
      async run(context, row: Invitation) {
        const { person } = context.viewer;
        if (!(await changeIn(context, (change) => acceptInvitation(context.installation, change, row, person))))
          throw gone(context, row);
        return { success: true };
      },
    }),
    edge('DELETE', '', {
      doc: 'Declines it, by the invited person, or withdraws it, by an administrator of the app.',
      source: 'ours',
      needs: all(dashboard, any(administers, self)),
      async run(context, row: Invitation) {
        const { person } = context.viewer;
        const by = personActor(context);
        const reason = isFor(row, person) ? 'declined' : 'taken back';
        if (!(await changeIn(context, (change) => endInvitation(change, row, by, reason)))) throw gone(context, row);
        return { success: true };
      },
    }),
  ],
});

async function inShort(
  installation: Context['installation'],
  personId: PersonId | null,
): Promise<{ id: string; name: string } | undefined> {
  const person = personId === null ? null : await installation.facts.person(personId);
  if (!person || person.state === 'deleted') return undefined;
  return { id: await knownAs(installation, FIRST_PARTY, person.id), name: person.name };
}
