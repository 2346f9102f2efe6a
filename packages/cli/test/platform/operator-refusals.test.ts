// The operator's commands name the thing that they refuse, and say what to do next.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hallpass, temporary } from '../command.ts';

const seed = `name: small
people:
  - { key: ana, name: Ana Lopes, email: ana@example.com, password: ana-and-her-bread }
  - { key: ben, name: Ben Okafor, email: ben@example.com, password: ben-and-his-boats }
apps:
  - { id: "4001", name: Shop, mode: development, secret: "${'5'.repeat(32)}", client_token: "${'6'.repeat(32)}", roles: { ana: administrators } }
`;

test('every refusal names the thing, and the command that shows what there is or puts it right', async (t) => {
  const directory = temporary(t);
  const data = join(directory, 'data');
  const file = join(directory, 'small.yaml');
  writeFileSync(file, seed);
  const run = (...args: string[]) => hallpass([...args, '--data', data]);
  assert.equal((await run('seed', 'plant', file)).code, 0);

  const cases: [string[], RegExp][] = [
    [['person', 'lock', 'nobody@example.com'], /no person nobody@example\.com\. `hallpass person list`/],
    [['page', 'list', '999'], /no person 999\. `hallpass person list`/],
    [['app', 'disable', '99'], /no app 99\. `hallpass app list`/],
    [['app', 'set', '99', 'mode=live'], /no app 99\. `hallpass app list`/],
    [['app', 'approve', '7', '--reason', 'Seen.'], /no request 7\. `hallpass app requests`/],
    [['app', 'give-role', '4001', 'ben@example.com', 'owner'], /owner is not a role\. Give one of administrators/],
    [['app', 'set', '4001', 'privacy_policy=x'], /no setting privacy_policy\. Did you mean privacy_policy_url\?/],
    [['app', 'set', '4001', 'redirect_uris=http://shop.example/cb'], /; use https\.$/m],
    [['person', 'create', 'Ana', '--email', 'ana@example.com'], /reset-password ana@example\.com`/],
    [['keys', 'withdraw', '9'], /no key 9\. `hallpass keys list`/],
    [['keys', 'withdraw', '1'], /`hallpass keys rotate` first/],
  ];
  for (const [args, words] of cases) {
    const { code, out, err } = await run(...args);
    assert.match(err, words, args.join(' '));
    assert.ok(code === 1 || code === 2, `${args.join(' ')} ends with ${code}`);
    assert.equal(out, '');
  }

  const idle: [string[], string][] = [
    [['person', 'unlock', 'ana@example.com'], 'The account of Ana Lopes is neither locked nor at a checkpoint.\n'],
    [['person', 'end-reviewer', 'ben@example.com'], 'Ben Okafor is not a reviewer.\n'],
    [['page', 'list', 'ana@example.com'], 'Ana Lopes has no task on any Page.\n'],
    [['app', 'take-role', '4001', 'ben@example.com', 'testers'], "Ben Okafor doesn't have the role testers on Shop.\n"],
  ];
  for (const [args, words] of idle) {
    const { code, out } = await run(...args);
    assert.deepEqual([code, out], [0, words]);
  }

  assert.equal((await run('person', 'lock', 'ben@example.com')).code, 0);
  const { people, next } = JSON.parse((await run('person', 'list', '--json')).out) as {
    people: { name: string; email: string; state: string }[];
    next: string | null;
  };
  assert.deepEqual(people.map(({ name, state }) => [name, state]).toSorted(), [
    ['Ana Lopes', 'active'],
    ['Ben Okafor', 'locked'],
  ]);
  assert.equal(next, null);
  const last = people.at(-1)?.email ?? '';
  assert.equal((await run('person', 'list', '--after', last)).out, 'There are no more accounts.\n');
});
