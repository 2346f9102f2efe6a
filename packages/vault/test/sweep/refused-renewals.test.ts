// These tests are about new tokens that are not believed, and answers that are none: the old token stays.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY } from '../documented-graph.ts';
import { kinds, live, person, START, sweptVault } from './swept-vault.ts';

test('VT-06: an extension that answers with another person or app is refused, told, and the old token kept', async () => {
  const vault = await sweptVault();
  const text = vault.graph.issue(person('1'));
  const held = await vault.hold(text);
  const other = vault.graph.issue(person('2', { expires_at: START + 120 * DAY }));
  vault.graph.instead = ({ path }) =>
    path === '/oauth/access_token' ? { body: { access_token: other, token_type: 'bearer' } } : undefined;
  await live(vault, 32);
  assert.deepEqual(await kinds(vault, held.id), ['identity_mismatch']);
  assert.equal(await vault.stored(held.id), text);
  assert.equal((await vault.row(held.id)).state, 'healthy');
  await vault.close();
});

test('VT-06: a refreshed Instagram token of another account is refused, and the old one kept', async () => {
  const vault = await sweptVault();
  const text = vault.graph.issue(person('1', { data_access_expires_at: 0 }));
  const held = await vault.hold(text, { kind: 'instagram_long' });
  const other = vault.graph.issue(person('9', { expires_at: START + 120 * DAY }));
  vault.graph.instead = ({ path }) =>
    path === '/refresh_access_token' ? { body: { access_token: other, expires_in: 60 * DAY } } : undefined;
  await live(vault, 32);
  assert.deepEqual(await kinds(vault, held.id), ['identity_mismatch']);
  assert.equal(await vault.stored(held.id), text);
  await vault.close();
});

const strange: [string, unknown, number?][] = [
  ['an error 1', { error: { message: 'An unknown error occurred', type: 'OAuthException', code: 1 } }, 500],
  ['an error 2', { error: { message: 'Service temporarily unavailable', type: 'OAuthException', code: 2 } }, 503],
  ['200 with HTML', '<html>Sorry, something went wrong.</html>'],
  ['502 with HTML', '<html>Bad gateway</html>', 502],
  ['an empty object', {}],
  ['an empty access_token', { access_token: '', token_type: 'bearer' }],
  ['no access_token', { token_type: 'bearer', expires_in: 5_184_000 }],
  ['an access_token that is no text', { access_token: 7 }],
  ['a list', []],
  ['null', null],
];

for (const [name, body, status = 200] of strange)
  test(`VT-04: an extension that is answered with ${name} changes nothing, and is tried again until it works`, async () => {
    const vault = await sweptVault();
    const text = vault.graph.issue(person('1', { data_access_expires_at: 0 }));
    const held = await vault.hold(text);
    let broken = true;
    vault.graph.instead = ({ path }) => (broken && path === '/oauth/access_token' ? { status, body } : undefined);
    await live(vault, 33);
    assert.equal(await vault.stored(held.id), text);
    assert.equal((await vault.row(held.id)).state, 'healthy');
    const tries = vault.graph.calls.filter(({ path }) => path === '/oauth/access_token').length;
    assert.ok(tries >= 4 && tries <= 20, `${tries} tries in three days`);
    broken = false;
    await live(vault, 34);
    assert.deepEqual(await kinds(vault, held.id), ['extended']);
    await vault.close();
  });

test('VT-04: a new token that ends sooner than the one that is there does not take its place', async () => {
  const vault = await sweptVault();
  const text = vault.graph.issue(person('1'));
  const held = await vault.hold(text);
  vault.graph.instead = ({ path }) =>
    path === '/oauth/access_token'
      ? { body: { access_token: vault.graph.issue(person('1', { expires_at: vault.now() + 7200 })) } }
      : undefined;
  await live(vault, 35);
  assert.equal(await vault.stored(held.id), text);
  assert.deepEqual(await kinds(vault, held.id), []);
  await vault.close();
});
