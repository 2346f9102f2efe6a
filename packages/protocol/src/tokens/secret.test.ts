import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Secret } from './secret.ts';

test('a secret is given only by open', () => {
  const secret = new Secret('s3cret');
  assert.equal(secret.open(), 's3cret');
  const printed = [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect(secret),
    inspect({ deep: [secret] }, { showHidden: true, depth: 9 }),
  ];
  for (const text of printed) {
    assert.match(text, /\[secret\]/);
    assert.doesNotMatch(text, /s3cret/);
  }
  assert.deepEqual(Object.keys(secret), []);
});
