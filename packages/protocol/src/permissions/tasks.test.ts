import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appRoles, isAppRole, isTask, oldPageRoles, pageTasks, rolesThatMay, tasksHeld } from './tasks.ts';

test('full control of a Page brings every classic task, and manage alone brings no other', () => {
  const classic = Object.entries(pageTasks).flatMap(([name, { group }]) => (group === 'classic' ? [name] : []));
  assert.deepEqual([...tasksHeld(['PROFILE_PLUS_FULL_CONTROL'])], [...classic, 'PROFILE_PLUS_FULL_CONTROL']);
  assert.deepEqual([...tasksHeld(['MANAGE'])], ['MANAGE']);
  assert.ok(!tasksHeld(['PROFILE_PLUS_FACEBOOK_ACCESS']).has('MANAGE'));
});

test('tasks are listed in one order, whatever the order in which they were given', () => {
  const listed = ['ANALYZE', 'ADVERTISE', 'MESSAGING', 'MODERATE', 'CREATE_CONTENT', 'MANAGE'] as const;
  assert.deepEqual([...tasksHeld(listed.toReversed())], listed);
});

test('what comes with a task is itself a task', () => {
  for (const [name, entry] of Object.entries(pageTasks)) {
    for (const included of 'includes' in entry ? entry.includes : [])
      assert.ok(isTask(included), `${name} → ${included}`);
  }
});

test('of the old roles only admin manages the Page', () => {
  const managing = Object.entries(oldPageRoles).filter(([, tasks]) => (tasks as readonly string[]).includes('MANAGE'));
  assert.deepEqual(
    managing.map(([role]) => role),
    ['admin'],
  );
});

test('PR-06: only administrators reset the secret, remove the app or change roles; a tester sees no secret', () => {
  for (const act of ['reset_secret', 'remove_app', 'change_roles'] as const)
    assert.deepEqual(rolesThatMay(act), ['administrators'], act);
  assert.ok(!rolesThatMay('see_secret').includes('testers'));
  assert.deepEqual(rolesThatMay('test_login'), Object.keys(appRoles));
});

test('names are taken as they are written', () => {
  assert.ok(isTask('MANAGE') && !isTask('manage') && !isTask('toString'));
  assert.ok(isAppRole('insights users') && !isAppRole('Administrators') && !isAppRole('__proto__'));
});
