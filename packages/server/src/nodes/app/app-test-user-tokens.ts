// People who work on an app get a token of one of its test users in the dashboard. The list of test users has none there:
// a token is made by an act of its own, with the password, and it is written down (threats PR-09). The real dashboard has
// it in the menu of a test user. Its tokens are ended as those of everybody (running/app-tokens.ts).
import { graphError } from '@hallpass/protocol';
import { changeIn } from '../../graph/language/context.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge } from '../../graph/language/schema.ts';
import { actorFacts } from '../../installation/events.ts';
import type { App } from '../../store/apps/apps.ts';
import { ScopedId } from '../../store/ids.ts';
import { testUserToken } from '../../test-users/test-users.ts';
import { byPerson, confirmsInDashboard } from '../shared/app-requirements.ts';
import { knownTestUser } from './app-test-users.ts';

export const appTestUserTokens: Edge<App>[] = [
  edge('POST', 'test_user_token', {
    doc: 'Makes a short-lived token of a test user that has added the app, and answers it, once.',
    source: 'ours',
    needs: confirmsInDashboard('create_test_users'),
    params: { uid: param.idOf(ScopedId, 'The test user, by the id this app knows.', { required: true }) },
    async run(context, app: App, { uid }) {
      const person = await knownTestUser(context, app, uid);
      const token = await testUserToken(context.installation, app, person);
      if (token === undefined)
        throw graphError('param.must_be', { name: 'uid', what: 'a test user that has added the app' });
      const { by } = byPerson(context, app.id);
      await changeIn(context, ({ event }) =>
        Promise.resolve(
          event({
            name: 'test_user.token_issued',
            outcome: 'ok',
            appId: app.id,
            ...actorFacts(by),
            targetId: person.id,
          }),
        ),
      );
      return { access_token: token };
    },
  }),
];
