// Only an administrator may do these things with an app: its secret, its client token, its end. The real dashboard asks
// for the password first, and so do these calls; none of them is open to a token, since one that leaked must not take
// an app over (threats PR-12).
import { graphError } from '@hallpass/protocol';
import { archiveApp, deleteApp, resetAppSecret, resetClientToken, showAppSecret } from '../../apps/app-admin.ts';
import { byPerson, confirmsInDashboard } from '../shared/app-requirements.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge } from '../../graph/language/schema.ts';
import type { App } from '../../store/apps/apps.ts';

export const appOwners: Edge<App>[] = [
  edge('POST', 'show_secret', {
    doc: 'Answers the secret of the app. That it was shown, and to whom, is written down.',
    source: 'ours',
    needs: confirmsInDashboard('see_secret'),
    async run(context, app: App) {
      return { app_secret: await showAppSecret(context.installation, byPerson(context, app.id)) };
    },
  }),
  edge('POST', 'reset_secret', {
    doc: 'Gives the app a new secret and answers it, once. App tokens made with the old one stop working.',
    source: 'ours',
    needs: confirmsInDashboard('reset_secret'),
    async run(context, app: App) {
      return { app_secret: await resetAppSecret(context.installation, byPerson(context, app.id)) };
    },
  }),
  edge('POST', 'reset_client_token', {
    doc: 'Gives the app a new client token and answers it.',
    source: 'ours',
    needs: confirmsInDashboard('reset_secret'),
    async run(context, app: App) {
      return { client_token: await resetClientToken(context.installation, byPerson(context, app.id)) };
    },
  }),
  edge('POST', 'archive', {
    doc: 'Archives the app, or takes it out of the archive. An archived app works only in its dashboard; after the archive, everything works as before.',
    source: 'ours',
    needs: confirmsInDashboard('remove_app'),
    params: { archived: param.bool('false takes it out of the archive.', { required: true }) },
    async run(context, app: App, { archived }) {
      if (!(await archiveApp(context.installation, byPerson(context, app.id), archived)))
        throw graphError('param.invalid', { name: 'archived' });
      return { success: true };
    },
  }),
  edge('DELETE', '', {
    doc: 'Deletes the app permanently, with all its tokens.',
    source: 'ours',
    needs: confirmsInDashboard('remove_app'),
    async run(context, app: App) {
      await deleteApp(context.installation, byPerson(context, app.id));
      return { success: true };
    },
  }),
];
