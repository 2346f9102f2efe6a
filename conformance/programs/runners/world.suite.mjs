// A suite as somebody writes it with vitest or jest: their hooks and `test` are there without an import. runners.test.ts
// runs it under both.
import { emulatorForTests } from '@hallpass/emulator';

const { beforeAll, beforeEach, afterAll, expect, test } = globalThis;
const emulator = emulatorForTests({ beforeAll, beforeEach, afterAll });
const nameOf = async (token) => (await (await fetch(`${emulator().url}/me?access_token=${token}`)).json()).name;

test('a person changes the password, and the clock is moved', async () => {
  const begun = emulator().clock.now();
  const ana = emulator().people.get('Ana');
  const token = await ana.accessToken({ scope: 'email' });
  expect(await nameOf(token)).toBe('Ana Maria Lopes');
  await ana.changePassword('a-password-that-nobody-knows');
  await emulator().clock.advance(61 * 86_400);
  expect(await nameOf(token)).toBeUndefined();
  expect(emulator().clock.now() - begun).toBeGreaterThan(60 * 86_400);
});

test('the next test has the password and the time of the beginning', async () => {
  const token = await emulator().people.get('Ana').accessToken();
  expect(await nameOf(token)).toBe('Ana Maria Lopes');
  expect(Math.abs(emulator().clock.now() - Date.now() / 1000)).toBeLessThan(86_400);
});
