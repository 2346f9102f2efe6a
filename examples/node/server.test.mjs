// The tests of the server: what happens to it over two months, and when the person changes their mind.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { emulatorForTests } from '@hallpass/emulator';
import { profileServer } from './server.mjs';

const emulator = emulatorForTests({ before, beforeEach, after });
let server;
let page;

beforeEach(async () => {
  const token = await emulator().people.get('Ana').accessToken({ scope: 'email' });
  server = profileServer({ graph: emulator().url, token });
  await new Promise((resolve) => void server.listen(0, '127.0.0.1', resolve));
  page = () => fetch(`http://127.0.0.1:${String(server.address().port)}/`, { redirect: 'manual' });
});
afterEach(() => new Promise((resolve) => void server.close(resolve)));

test('the person is greeted', async () => {
  assert.equal(await (await page()).text(), 'Hello Ana Maria Lopes');
});

const endings = {
  'the token has expired': () => emulator().clock.advance(3 * 3600),
  'the person changes the password': () => emulator().people.get('Ana').changePassword('another-password-of-ana'),
  'the person removes the app': () => emulator().people.get('Ana').removeApp(),
  'the account is locked': () => emulator().people.get('Ana').lockAccount(),
};
for (const [what, happens] of Object.entries(endings))
  test(`when ${what}, the person is sent to log in again`, async () => {
    await happens();
    const response = await page();
    assert.deepEqual([response.status, response.headers.get('location')], [302, '/log-in']);
  });
