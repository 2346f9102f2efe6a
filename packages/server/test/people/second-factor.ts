// Plays the authenticator app of a person, for tests.
import assert from 'node:assert/strict';
import { codeAt } from '../../src/people/sign-in/one-time-code.ts';
import type { HeadlessBrowser } from '../../src/headless/browser.ts';
import type { Browser } from '../browser.ts';
import { cast, seed, type TestWorld } from '../world.ts';

export const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

/** The code that an authenticator shows now, or some seconds from now. */
export const codeNow = (world: TestWorld, secret: string = SECRET, later = 0): string =>
  codeAt(secret, world.clock.now() + later);

/** A wrong code: one that is none of those around now. */
export function wrongCode(world: TestWorld, secret: string = SECRET): string {
  const right = [-60, -30, 0, 30, 60].map((later) => codeNow(world, secret, later));
  for (let n = 0; ; n++) {
    const code = String(n).padStart(6, '0');
    if (!right.includes(code)) return code;
  }
}

/** The usual cast, in which these people have a second factor. */
export const withFactor = (...ids: string[]): typeof seed => ({
  ...seed,
  people: seed.people.map((person) => (ids.includes(person.id) ? { ...person, secondFactor: SECRET } : person)),
});

/** Turns a second factor on in the settings, as a person does. @returns its key and the recovery codes */
export async function turnOn(
  browser: Browser,
  person: { password: string } = cast.ana,
): Promise<{ secret: string; recovery: string[] }> {
  await browser.open('/settings/two-factor');
  await browser.send(browser.form('/settings/two-factor/begin', { password: person.password }));
  const secret = (/<code class="spaced">([A-Z2-7 ]+)<\/code>/.exec(browser.page.html)?.[1] ?? '').replaceAll(' ', '');
  await browser.send(browser.form('/settings/two-factor/confirm', { code: codeNow(browser.world, secret) }));
  const recovery = [...browser.page.html.matchAll(/<code>([a-z0-9]{5}-[a-z0-9]{5})<\/code>/g)].map(
    ([, code]) => code as string,
  );
  assert.equal(recovery.length, 10, browser.heading());
  return { secret, recovery };
}

/** Logs in with password and code. */
export async function logInWithCode(
  browser: HeadlessBrowser,
  person: { email: string; password: string },
  code: string,
): Promise<void> {
  await browser.logIn(person);
  await browser.send(browser.form('/login/two-factor', { code, decision: 'continue' }));
}
