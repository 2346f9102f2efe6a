import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errors } from '../errors/errors.ts';
import { evaluate, type Facts } from './evaluate.ts';
import { inWords } from './in-words.ts';
import {
  all,
  any,
  anyone,
  appRole,
  confirmed,
  dashboard,
  given,
  on,
  onOwner,
  ownApp,
  permission,
  presented,
  self,
  task,
  token,
  tokenOr,
  where,
} from './needs.ts';
import { factsNeeded, parametersOf, partsOf } from './requirement-parts.ts';

const nothing: Facts = {
  kind: 'none',
  permissions: new Set(),
  tasks: new Set(),
  appRoles: new Set(),
  self: false,
  ownApp: false,
};
const person: Facts = { ...nothing, kind: 'user', permissions: new Set(['pages_show_list']), self: true };

test('who holds what is asked for passes, who does not is told which error it is', () => {
  assert.deepEqual(evaluate(anyone, nothing), { ok: true });
  assert.deepEqual(evaluate(all(token('user'), permission('pages_show_list'), self), person), { ok: true });
  const refused = evaluate(
    all(token('user', 'page'), permission('pages_manage_posts'), task('CREATE_CONTENT')),
    person,
  );
  assert.ok(!refused.ok);
  assert.deepEqual([refused.error, refused.params], ['permission.missing', { permission: 'pages_manage_posts' }]);
  assert.deepEqual(refused.because, permission('pages_manage_posts'));
});

test('no token is refused before a wrong kind, and a wrong kind by the error of the call', () => {
  const cases = [
    [token('user'), nothing, 'token.missing'],
    [token('app'), person, 'permission.kind'],
    [tokenOr('token.app_token_needed', 'app'), person, 'token.app_token_needed'],
    [ownApp, person, 'permission.denied'],
    [task('MANAGE', 'MODERATE'), person, 'permission.task'],
    [appRole('administrators'), person, 'permission.role'],
    [dashboard, nothing, 'token.missing'],
    [dashboard, person, 'permission.dashboard'],
    [all(dashboard, confirmed), { ...person, dashboard: true }, 'permission.password_again'],
    [presented, { ...person, dashboard: true }, 'permission.kind'],
  ] as const;
  for (const [requirement, facts, expected] of cases) {
    const verdict = evaluate(requirement, facts);
    assert.equal(verdict.ok ? undefined : verdict.error, expected);
    assert.ok(expected in errors);
  }
});

test('one of several is enough, and none of none is not', () => {
  assert.deepEqual(evaluate(any(ownApp, self), person), { ok: true });
  assert.equal(evaluate(any(), person).ok, false);
  assert.equal(evaluate(any(task('MANAGE'), ownApp), person).ok, false);
});

test('only the facts that a rule asks for are loaded', () => {
  assert.deepEqual([...factsNeeded(token('user'))], []);
  assert.deepEqual(
    [...factsNeeded(all(token('user'), any(permission('email'), all(task('MANAGE')))))],
    ['permission', 'task'],
  );
});

test('a requirement reads as a sentence', () => {
  assert.equal(
    inWords(all(token('user', 'session_info'), permission('email'), any(self, appRole('administrators')))),
    'a user or session info token, and the permission email, and either to be the person it is about or the app role administrators',
  );
});

test('what the dashboard may do is said of the call, not of a kind of token', () => {
  const desk: Facts = { ...person, dashboard: true, confirmed: true };
  assert.deepEqual(evaluate(all(dashboard, confirmed), desk), { ok: true });
  assert.deepEqual(evaluate(all(token('user'), self), desk), { ok: true });
  assert.deepEqual(evaluate(presented, person), { ok: true });
  assert.equal(evaluate(presented, nothing).ok, false);
  assert.equal(
    inWords(all(dashboard, confirmed)),
    'the dashboard (no access token), and the password within the last ten minutes',
  );
});

test('a requirement on another thing is decided by the facts about that thing alone', () => {
  const manages = on('page', 'page_id', task('MANAGE'));
  const withTask: Facts = { ...person, tasks: new Set(['MANAGE']) };
  // The task is held on the target, and not on what the parameter names.
  assert.equal(evaluate(manages, withTask).ok, false);
  assert.equal(evaluate(manages, { ...withTask, on: () => person }).ok, false);
  assert.equal(evaluate(manages, { ...person, on: () => withTask }).ok, true);
  const missing = { error: 'param.required', params: { name: 'page_id' } } as const;
  const refused = evaluate(manages, { ...withTask, on: () => missing });
  assert.ok(!refused.ok && refused.error === 'param.required' && refused.params.name === 'page_id');
  assert.equal(evaluate(on('app', 'app_id', anyone), nothing).ok, true);
  assert.equal(evaluate(onOwner(self), person).ok, false);
});

test('a parameter chooses between two requirements, and only the chosen one is looked at', () => {
  const either = given('business', self, ownApp);
  assert.equal(evaluate(either, { ...person, given: new Set(['business']) }).ok, true);
  assert.equal(evaluate(either, { ...person, given: new Set() }).ok, false);
  assert.equal(evaluate(either, { ...person, self: false, ownApp: true }).ok, true);
  assert.deepEqual(partsOf(either, new Set()), [ownApp]);
  assert.deepEqual(partsOf(either), [self, ownApp]);
  assert.deepEqual(parametersOf(all(either, on('app', 'app_id', where('not_own_app', 'other')))), [
    'business',
    'app_id',
    'other',
  ]);
});

test('a condition that nobody found out does not hold, and its error names the parameter', () => {
  const has = where('has_ad_account', 'business');
  assert.equal(evaluate(has, { ...person, where: () => true }).ok, true);
  for (const facts of [person, { ...person, where: () => false }]) {
    const refused = evaluate(has, facts);
    assert.ok(!refused.ok && refused.error === 'param.invalid' && refused.params.name === 'business');
  }
  assert.equal(inWords(where('app_made_post')), 'that the app made the post');
  assert.equal(
    inWords(given('business', anyone, on('page', 'page_id', self))),
    'with `business` (nothing more), without it (to be the person it is about (on the Page that `page_id` names))',
  );
});
