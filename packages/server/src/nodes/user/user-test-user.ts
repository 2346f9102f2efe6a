// These edges change and delete a test user. A real person is no target for these calls, whoever asks (threats PR-08).
// Source: the test users guide: by app token, or for deleting also by the token of the test user.
import { all, any, graphError, self, token, tokenOr, where } from '@hallpass/protocol';
import { passwordFault } from '../../people/passwords.ts';
import { nameOf } from '../../people/people.ts';
import { changeTestUser, deleteTestUser, detachTestUser } from '../../test-users/test-users.ts';
import { callerActor } from '../shared/actor.ts';
import { appsOfTestUser } from './test-users-apps.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge } from '../../graph/language/schema.ts';
import type { Person } from '../../store/people/people.ts';

export const userTestUser: Edge<Person>[] = [
  edge('POST', '', {
    doc: 'Gives a test user another name or password; a new password ends its tokens.',
    needs: all(tokenOr('token.app_token_needed', 'app'), where('test_user_of_app')),
    params: { name: param.text('The new name.'), password: param.text('The new password.') },
    async run(context, person: Person, { name, password }) {
      const named = name === undefined ? { name: undefined, fault: undefined } : nameOf(name);
      if (named.fault !== undefined) throw graphError('param.invalid', { name: 'name' });
      if (password !== undefined && passwordFault(password) !== undefined)
        throw graphError('param.invalid', { name: 'password' });
      if (password !== undefined) context.call.work.spend('password');
      if (name !== undefined || password !== undefined)
        await changeTestUser(context.installation, person, { name: named.name, password }, callerActor(context));
      return { success: true };
    },
  }),
  edge('DELETE', '', {
    doc: 'Deletes a test user. One that several apps use is taken out of this app and goes on in the others.',
    needs: all(token('user', 'app'), any(token('app'), self), where('test_user_in_app')),
    async run(context, person: Person) {
      const { installation, q, viewer } = context;
      const app = viewer.app;
      const others = (await appsOfTestUser(q, person)).filter((id) => id !== app.id);
      if (others.length > 0) await detachTestUser(installation, app, person.id, callerActor(context));
      else await deleteTestUser(installation, person, callerActor(context));
      return { success: true };
    },
  }),
];
