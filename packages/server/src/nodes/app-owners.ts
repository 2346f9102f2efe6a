// What only an administrator does with an app: a new secret, a new client token, taking a role away, its end. No document
// describes these calls; the real dashboard asks for the password first, and so do they: a token that leaked from a browser
// must not take an app over (threats PR-12).
import { all, appRole, appRoles, type AppRole, MINUTE, ownApp, refuse, rolesThatMay, token } from '@hallpass/protocol';
import { deleteApp, resetAppSecret, resetClientToken, takeAppRole } from '../accounts/app-admin.ts';
import { changeIn, type Context } from '../graph/context.ts';
import { param } from '../graph/params.ts';
import { type Edge, edge } from '../graph/schema.ts';
import * as apps from '../store/apps.ts';
import type { App } from '../store/apps.ts';
import * as webSessions from '../store/web-sessions.ts';

const FRESH = 10 * MINUTE;

const guards = ['password again: the log-in the token came from asked for the password within ten minutes, and is still open'];

async function demandPassword({ viewer, q, now }: Context): Promise<void> {
  const session = viewer.record?.session === undefined ? undefined : await webSessions.byId(q, viewer.record.session);
  if (session?.person_id !== viewer.person?.id || session?.ended_at !== null || session.proven_at < now - FRESH)
    throw refuse('permission.password_again');
}

const act = ({ viewer }: Context, app: App) => ({ appId: app.id, by: { kind: 'person' as const, id: viewer.person?.id } });

const whoMay = (what: Parameters<typeof rolesThatMay>[0]) => all(token('user'), ownApp, appRole(...rolesThatMay(what)));

export const appOwners: Edge<App>[] = [
  edge('POST', 'reset_secret', {
    doc: 'Gives the app a new secret and answers it, once. App tokens made with the old one stop working.',
    source: 'ours',
    needs: whoMay('reset_secret'),
    guards: [...guards, 'the app allows it: allow_cycle_app_secret'],
    async run(context, app: App) {
      if (!app.settings.allowCycleAppSecret) throw refuse('permission.denied');
      await demandPassword(context);
      return { app_secret: await resetAppSecret(context.installation, act(context, app)) };
    },
  }),
  edge('POST', 'reset_client_token', {
    doc: 'Gives the app a new client token and answers it.',
    source: 'ours',
    needs: whoMay('reset_secret'),
    guards,
    async run(context, app: App) {
      await demandPassword(context);
      return { client_token: await resetClientToken(context.installation, act(context, app)) };
    },
  }),
  edge('DELETE', 'roles', {
    doc: 'Takes a role on the app away. In an app in development, who loses the last one loses the tokens for it.',
    source: 'ours',
    needs: whoMay('change_roles'),
    guards: [...guards, 'the last administrator stays'],
    params: {
      user: param.id('The person, by the id this app knows.', { required: true }),
      role: param.text('The role.', { required: true, oneOf: Object.keys(appRoles) }),
    },
    async run(context, app: App, { user, role }) {
      await demandPassword(context);
      const personId = await context.installation.facts.personBehind(app.id, user);
      if (personId === null) throw refuse('param.invalid', { name: 'user' });
      const taken = await changeIn(context, async (change) => {
        if (role === 'administrators' && (await apps.roles(change.tx, app.id)).filter((one) => one.role === role).length === 1) return false;
        return takeAppRole(context.installation, change, { ...act(context, app), personId, role: role as AppRole });
      });
      if (!taken) throw refuse('param.invalid', { name: 'role' });
      return { success: true };
    },
  }),
  edge('DELETE', '', {
    doc: 'Deletes the app for good, with all its tokens.',
    source: 'ours',
    needs: whoMay('remove_app'),
    guards,
    async run(context, app: App) {
      await demandPassword(context);
      await deleteApp(context.installation, act(context, app));
      return { success: true };
    },
  }),
];
