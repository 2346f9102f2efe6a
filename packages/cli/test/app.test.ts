// These tests are about hallpass app: what an operator does with apps on a platform's own data.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hallpass, temporary } from './command.ts';

const seed = `name: small
people:
  - { key: ana, name: Ana Lopes, email: ana@example.com }
  - { key: ben, name: Ben Okafor, email: ben@example.com }
apps:
  - { name: Shop, mode: live, roles: { ana: administrators }, access_requests: [{ permission: user_likes, use_case: Recommendations }] }
`;

test('an operator makes an app, gives and takes roles, switches its mode and decides about access', async (t) => {
  const directory = temporary(t);
  const data = join(directory, 'data');
  const file = join(directory, 'small.yaml');
  writeFileSync(file, seed);
  const run = (...args: string[]) => hallpass([...args, '--data', data]);
  const json = async (...args: string[]) => JSON.parse((await run(...args, '--json')).out);
  assert.equal((await run('seed', 'plant', file)).code, 0);

  const made = await json('app', 'create', 'Tide  Table', '--administrator', 'ana@example.com');
  assert.equal(made.name, 'Tide Table');
  assert.match(made.secret, /^[0-9a-f]{32}$/);
  const listed = await run('app', 'list');
  assert.match(listed.out, new RegExp(`${made.id}  development  active  Tide Table`));
  assert.ok(!listed.out.includes(made.secret));

  assert.equal((await json('app', 'give-role', made.id, 'ben@example.com', 'developers')).done, true);
  assert.equal((await json('app', 'give-role', made.id, 'ben@example.com', 'developers')).done, false);
  const { roles } = await json('app', 'roles', made.id);
  assert.deepEqual(
    roles.map(({ name, role }: { name: string; role: string }) => `${name}: ${role}`),
    ['Ana Lopes: administrators', 'Ben Okafor: developers'],
  );
  const last = await run('app', 'take-role', made.id, 'ana@example.com', 'administrators');
  assert.deepEqual([last.code, last.err.trim()], [1, '(#100) An app keeps at least one administrator']);
  assert.equal((await run('app', 'give-role', made.id, 'ben@example.com', 'owners')).code, 2);
  assert.equal((await run('app', 'roles', '1')).code, 1);
  const live = await run('app', 'live', made.id);
  assert.deepEqual([live.code, /privacy_policy_url/.test(live.err)], [1, true]);

  const [waiting] = (await json('app', 'requests')).requests;
  assert.deepEqual([waiting.app, waiting.permission, waiting.use_case], ['Shop', 'user_likes', 'Recommendations']);
  assert.equal((await run('app', 'approve', waiting.id, '--reason', 'Seen.')).code, 0);
  assert.equal((await run('app', 'reject', waiting.id, '--reason', 'Seen.')).code, 1);
  assert.equal((await run('app', 'requests')).out.trim(), 'No requests are waiting.');
  assert.equal((await json('person', 'make-reviewer', 'ben@example.com')).done, true);
});
