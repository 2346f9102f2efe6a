// These edges are about the people of an app: who has a role, who is invited, and how roles are given and taken.
// Sources: the roles edge of the application reference, for the app itself; the app roles page, for its administrators
// in the dashboard.
import { any, appRoles, graphError, isAppRole, keysOf } from '@hallpass/protocol';
import { inviteToApp, leaveApp, removeFromApp } from '../../apps/app-team.ts';
import { emailOf } from '../../people/people.ts';
import { knownAs } from '../../people/scoped-id.ts';
import { actsInDashboard, byPerson, confirmsInDashboard, worksOnApp } from '../shared/app-requirements.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { param } from '../../graph/language/params.ts';
import { personMeant } from '../shared/person-meant.ts';
import { appItself } from '../shared/requirements.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import * as appInvitations from '../../store/apps/app-invitations.ts';
import * as apps from '../../store/apps/apps.ts';
import type { AppId, PersonId } from '../../store/ids.ts';

type App = apps.App;

const role = param.text('The role.', { required: true, oneOf: keysOf(appRoles) });

/** The person that a page of ours means by an id. @throws GraphError param.invalid, also for a test user */
async function realPersonMeant(context: Context, id: string): Promise<PersonId> {
  const person = await context.installation.facts.person(await personMeant(context, 'user', id));
  if (!person || person.state === 'deleted' || person.testUserOf !== null || person.systemUserOf !== null)
    throw graphError('param.invalid', { name: 'user' });
  return person.id;
}

export const appTeam: Edge<App>[] = [
  listEdge('roles', {
    doc: 'People with a role on the app: to the app itself by the ids it knows, in the dashboard with their names.',
    needs: any(worksOnApp, appItself),
    async run({ installation, q, viewer }, app: App, _args, page) {
      const rows: { app_id: AppId; user: string; role: string; name?: string }[] = [];
      for (const { personId, role: held } of await apps.roles(q, app.id)) {
        if (!isAppRole(held)) continue;
        const user = await knownAs(installation, viewer.app.id, personId);
        const named = viewer.dashboard ? { name: (await installation.facts.person(personId))?.name ?? '' } : {};
        rows.push({ app_id: app.id, user, role: held, ...named });
      }
      return paginate(rows, (row) => `${row.user} ${row.role}`, page);
    },
  }),
  edge('DELETE', 'roles', {
    doc: 'Takes a role on the app away. In an app in development, a person who loses their last role loses the tokens for it.',
    source: 'ours',
    needs: confirmsInDashboard('change_roles'),
    refuses: ['app.last_administrator'],
    params: { user: param.id('The person, by the id of the list.', { required: true }), role },
    async run(context, app: App, { user, role: taken }) {
      const personId = await personMeant(context, 'user', user);
      const act = { ...byPerson(context, app.id), personId, role: taken };
      if (!(await changeIn(context, (change) => removeFromApp(context.installation, change, act))))
        throw graphError('param.invalid', { name: 'role' });
      return { success: true };
    },
  }),
  edge('POST', 'leave', {
    doc: 'Gives up all your own roles on the app.',
    source: 'ours',
    needs: worksOnApp,
    refuses: ['app.last_administrator'],
    async run(context, app: App) {
      const personId = context.viewer.person.id;
      await changeIn(context, (change) => leaveApp(context.installation, change, { appId: app.id, personId }));
      return { success: true };
    },
  }),
  listEdge('role_invitations', {
    doc: 'Open invitations to a role.',
    source: 'ours',
    needs: actsInDashboard('change_roles'),
    of: 'app_invitation',
    run: async ({ q }, app: App, _args, page) => paginate(await appInvitations.ofApp(q, app.id), (one) => one.id, page),
  }),
  edge('POST', 'role_invitations', {
    doc: 'Invites someone to a role, by e-mail address or by id. The answer is the same whether or not the address is anyone’s; nobody has the role before accepting.',
    source: 'ours',
    needs: confirmsInDashboard('change_roles'),
    refuses: ['app.too_many'],
    params: {
      email: param.text('The e-mail address.', { max: 254 }),
      user: param.id('The id of the person, as the dashboard shows it.'),
      role,
    },
    async run(context, app: App, { email, user, role: offered }) {
      if ((email === undefined) === (user === undefined)) throw graphError('param.required', { name: 'email' });
      const stored = email === undefined ? undefined : emailOf(email);
      if (email !== undefined && stored === undefined) throw graphError('param.invalid', { name: 'email' });
      const personId = user === undefined ? undefined : await realPersonMeant(context, user);
      const invited = { email: stored, personId, role: offered };
      return {
        id: await changeIn(context, (change) =>
          inviteToApp(context.installation, change, byPerson(context, app.id), invited),
        ),
      };
    },
  }),
];
