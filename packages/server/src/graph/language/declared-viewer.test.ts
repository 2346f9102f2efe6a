// A declaration is handed only what its requirement implies: shown by types (a line that may not compile is marked as
// expected to fail, and the type check fails where it compiles after all) and, for every kind of caller, by the data.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  adAccountTask,
  all,
  any,
  anyone,
  appRole,
  businessRole,
  type Caller,
  type CallersOf,
  canMeet,
  confirmed,
  dashboard,
  given,
  on,
  onOwner,
  ownApp,
  permission,
  platformRole,
  presented,
  type Requirement,
  self,
  task,
  token,
  where,
} from '@hallpass/protocol';
import type { Person } from '../../store/people/people.ts';
import type { Page } from '../../store/pages/pages.ts';
import { edge, operation } from './schema.ts';

type Equal<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
const same = <A, B>(..._: Equal<A, B> extends true ? [] : [never]): void => {};

const callers: readonly Caller[] = [
  'none',
  'user',
  'page',
  'app',
  'client',
  'session_info',
  'system_user',
  'dashboard',
];

/** The callers that the type of a requirement names, compared with those that the data lets through. */
function onlyMetBy<N extends Requirement, C extends Caller>(
  requirement: N,
  expected: readonly C[] & (Equal<CallersOf<N>, C> extends true ? unknown : never),
): void {
  const names: readonly Caller[] = expected;
  assert.deepEqual(
    callers.filter((caller) => canMeet(caller, requirement)),
    callers.filter((caller) => names.includes(caller)),
  );
}

test('the type of each requirement names the callers that can meet it, and the data lets no others through', () => {
  onlyMetBy(token('app', 'client'), ['app', 'client']);
  onlyMetBy(token('page'), ['page']);
  onlyMetBy(token('user', 'system_user'), ['user', 'system_user', 'dashboard']);
  onlyMetBy(permission('email'), ['user', 'page', 'system_user', 'dashboard']);
  onlyMetBy(task('MANAGE'), ['user', 'page', 'system_user', 'dashboard']);
  onlyMetBy(adAccountTask('ANALYZE'), ['user', 'system_user', 'dashboard']);
  onlyMetBy(businessRole('ADMIN'), ['user', 'system_user', 'dashboard']);
  onlyMetBy(appRole('testers'), ['user', 'page', 'session_info', 'system_user', 'dashboard']);
  onlyMetBy(platformRole('reviewer'), ['dashboard']);
  onlyMetBy(dashboard, ['dashboard']);
  onlyMetBy(confirmed, ['dashboard']);
  onlyMetBy(presented, ['user', 'page', 'app', 'client', 'session_info', 'system_user']);
  for (const known of [self, ownApp])
    onlyMetBy(known, ['user', 'page', 'app', 'client', 'session_info', 'system_user', 'dashboard']);
  for (const open of [anyone, where('refusals_explained')])
    onlyMetBy(open, ['none', 'user', 'page', 'app', 'client', 'session_info', 'system_user', 'dashboard']);
});

test('parts joined by "and" leave the callers that meet all of them, and by "or" those that meet one', () => {
  onlyMetBy(all(token('user'), presented), ['user']);
  onlyMetBy(all(token('user', 'page'), self, permission('email')), ['user', 'page', 'dashboard']);
  onlyMetBy(any(token('app'), all(token('user'), dashboard)), ['app', 'dashboard']);
  onlyMetBy(all(presented, any(token('app'), token('user'))), ['app', 'user']);
  onlyMetBy(on('page', 'page_id', task('MANAGE')), ['user', 'page', 'system_user', 'dashboard']);
  onlyMetBy(onOwner(businessRole('ADMIN')), ['user', 'system_user', 'dashboard']);
  onlyMetBy(given('page_id', token('page'), token('app')), ['page', 'app']);
  // Parts whose places are not known narrow nothing, and the data still decides.
  const some = (['email', 'public_profile'] as const).map(permission);
  same<CallersOf<ReturnType<typeof all<typeof some>>>, Caller>();
});

const options = { doc: 'A call.' };

test('what runs behind a requirement is handed the viewer of the callers that can meet it', () => {
  edge('GET', 'a', {
    ...options,
    needs: all(token('user', 'system_user'), presented),
    run: async ({ viewer }) => {
      same<typeof viewer.person, Person>();
      same<typeof viewer.kind, 'user' | 'system_user'>();
      return viewer.record.login;
    },
  });
  edge('GET', 'b', {
    ...options,
    needs: all(token('page'), self),
    run: async ({ viewer }) => same<typeof viewer.page, Page>(),
  });
  edge('GET', 'c', {
    ...options,
    needs: token('app'),
    run: async ({ viewer }) => {
      // @ts-expect-error nobody stands behind an app token
      return viewer.person.id;
    },
  });
  operation('POST', 'd', {
    ...options,
    needs: dashboard,
    run: async ({ viewer }) => {
      // @ts-expect-error no token was presented in the dashboard
      const text: string = viewer.token;
      return [text, viewer.dashboard.session];
    },
  });
  operation('GET', 'e', {
    ...options,
    needs: anyone,
    run: async ({ viewer }) => {
      // @ts-expect-error nobody need have presented anything
      return viewer.app.id;
    },
  });
});
