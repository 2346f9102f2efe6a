// With this helper somebody comes into a business: invited by an administrator, led by the link to the page that asks,
// and willing.
import assert from 'node:assert/strict';
import { Browser } from '../browser.ts';
import type { TestWorld } from '../world.ts';

interface Invited {
  email: string;
  password: string;
}

/** The page of an invitation, as its person finds it after logging in. */
export async function openedInvitation(world: TestWorld, person: Invited, link: string): Promise<Browser> {
  const browser = new Browser(world);
  await browser.open(link.replace(/^https?:\/\/[^/]+/, ''));
  await browser.send(browser.form('/login', { email: person.email, password: person.password, decision: 'continue' }));
  return browser;
}

/** @param by token of an administrator of the business */
export async function join(
  world: TestWorld,
  businessId: string,
  person: Invited,
  role: 'ADMIN' | 'EMPLOYEE',
  by: string,
): Promise<void> {
  const { body, text } = await world.post(`/${businessId}/business_users`, {
    email: person.email,
    role,
    access_token: by,
  });
  assert.ok(body.invite_link, text);
  const browser = await openedInvitation(world, person, body.invite_link);
  await browser.send(browser.form('/business/invitation', { decision: 'continue' }));
  assert.equal(browser.heading(), 'You’ve joined');
}
