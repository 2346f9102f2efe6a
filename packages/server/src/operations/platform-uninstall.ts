// A person leaves an app from within the app: whoever holds a living id_token of Limited Login may take the app off the
// person. Source: Limited Login, "Token" (POST https://www.limited.facebook.com/platform/uninstall/ with id_token and
// app_id).
import { anyone, graphError } from '@hallpass/protocol';
import { removeApp } from '../consent/remove-app.ts';
import { changeIn } from '../graph/language/context.ts';
import { param } from '../graph/language/params.ts';
import { operation } from '../graph/language/schema.ts';
import { loginStands, openIdToken } from '../identity/limited-login.ts';
import { AppId } from '../store/ids.ts';

export const platformUninstall = operation('POST', 'platform/uninstall', {
  doc: 'Removes the app from the person an id_token of Limited Login is about, as the person can in the settings.',
  needs: anyone,
  ownCredentials: true,
  refuses: ['param.invalid'],
  params: {
    id_token: param.secret('An id_token of Limited Login.', { required: true }),
    app_id: param.idOf(AppId, 'The app.', { required: true }),
  },
  async run(context, { id_token: text, app_id: appId }) {
    const { installation, now } = context;
    const opened = await openIdToken(installation, text, appId);
    const standing =
      opened?.login !== undefined && (opened.claims.exp ?? 0) > now && (await loginStands(installation, opened.login));
    if (!opened || !standing) throw graphError('param.invalid', { name: 'id_token' });
    const personId = opened.user;
    await changeIn(context, (making) =>
      removeApp(making, { appId, personId, by: { kind: 'person', id: personId }, now }),
    );
    return { success: true };
  },
});
