// These tests are about several nodes of one installation on a real PostgreSQL (DATABASE_URL), as operators run them.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { createKeyFile, openDatabase } from '@hallpass/db';
import { outside } from '../../src/surroundings/outside.ts';
import { hallpass, running, stopped, temporary } from '../command.ts';

/** The address of an empty schema of its own. */
let url: string;

before(async () => {
  const given = process.env.DATABASE_URL;
  if (given === undefined) throw new Error('DATABASE_URL is not set: run this suite by `npm test -- db`');
  const schema = `test_${randomBytes(6).toString('hex')}`;
  const made = await openDatabase({ kind: 'postgres', url: given, schema, wall: outside.wall });
  await made.close();
  url = `${given}${given.includes('?') ? '&' : '?'}options=${encodeURIComponent(`-c search_path=${schema}`)}`;
});

test('RL-11: two nodes that start together on an empty database both come up, and keys rotate while they serve', async (t) => {
  const directory = temporary(t);
  const key = join(directory, 'shared.key');
  createKeyFile(key, outside.random);
  const env = { DATABASE_URL: url, HALLPASS_ROOT_KEY_FILE: key };
  const nodes = await Promise.all(
    ['one', 'two'].map((name) => running(['serve', '--data', join(directory, name), '--port', '0'], { env })),
  );
  for (const { ready } of nodes) {
    assert.equal(ready.database, 'postgres');
    assert.equal((await fetch(`${ready.url}/_/ready`)).status, 200);
  }
  const [one, two] = nodes.map(({ ready }) => new URL(ready.administrator_link).searchParams.get('key'));
  assert.equal(one, two, 'the set-up link is one');
  const rotated = await hallpass(['keys', 'rotate', '--json'], { env });
  assert.deepEqual([rotated.code, JSON.parse(rotated.out)], [0, { active: 2, accepted: 1 }]);
  const ended = await Promise.all(nodes.map((node) => stopped(node)));
  for (const { code, out, err } of ended) {
    assert.equal(code, 0);
    const password = new URL(url).password;
    assert.ok(password === '' || !`${out}${err}`.includes(password), 'the password of the database is in no output');
  }
});

test('a node with another root key is refused, and told so', async (t) => {
  const directory = temporary(t);
  const other = join(directory, 'other.key');
  createKeyFile(other, outside.random);
  const { code, err } = await hallpass(
    ['serve', '--data', join(directory, 'data'), '--port', '0', '--root-key-file', other],
    {
      env: { DATABASE_URL: url },
    },
  );
  // Lines of the log, which tell of the seal that does not open, are JSON; the rest is for people.
  const said = err.split('\n').filter((line) => !line.startsWith('{'));
  assert.deepEqual(
    [code, said],
    [
      3,
      [
        'The database was created with a different root key. Name the right one with --root-key-file, or restore it from your backup.',
        '',
      ],
    ],
  );
});

test('a database that is away is told in one sentence without its address', async (t) => {
  const { code, err } = await hallpass(['serve', '--data', join(temporary(t), 'data'), '--port', '0'], {
    env: { DATABASE_URL: 'postgres://someone:hidden-password@127.0.0.1:1/none' },
  });
  assert.equal(code, 3);
  assert.equal(err.trimEnd().split('\n').length, 1);
  assert.doesNotMatch(err, /hidden-password/);
});
