// This walk goes through the pages about the emulator: closed, empty, and with something on each of them.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { apps, people } from './cast.ts';
import { moveTo } from './console.ts';
import { press, reads, tokenOf } from './deeds.ts';
import type { Stage } from './stage.ts';

type See = (name: string) => Promise<void>;

export async function walkEmulator(stage: Stage, page: Page, see: See): Promise<void> {
  const open = async (section: string, heading: string) => {
    await moveTo(page, `${stage.url}/console/emulator${section}`);
    await reads(page, heading);
  };
  const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' });
  const token = await tokenOf(stage, { page }, people.ana, apps.fern, { scope: 'email' });
  await open('', 'Live calls');
  await page.getByText('Open these pages from your terminal').waitFor();
  await see('emulator-closed');
  await page.goto(stage.consoleLink());
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  assert.equal((await stage.graph.get('/v25.0/me/businesses', { access_token: token })).status, 403);
  const refused = page.getByRole('button', { name: 'GET /v25.0/me/businesses' });
  await refused.waitFor();
  await see('emulator-calls');
  await refused.click();
  await page.getByRole('dialog').getByText('The rule that decided').waitFor();
  await see('emulator-call');
  await page.keyboard.press('Escape');
  await closed();

  await open('/faults', 'Faults');
  await page.getByText('No active faults').waitFor();
  await page.getByRole('combobox', { name: 'Error of the catalogue' }).fill('server.away');
  await page.getByRole('option', { name: /^server\.away/ }).click();
  await page.getByLabel('How many times').waitFor();
  await see('emulator-fault-form');
  await press(page, 'Add it');
  await page.getByRole('button', { name: 'Remove f1' }).waitFor();
  await see('emulator-faults');
  await press(page, 'Clear all');
  await page.getByText('No active faults').waitFor();

  await open('/stories', 'Stories');
  await press(page, 'Play password-changed');
  await page.getByText('password-changed has happened').waitFor();
  await see('emulator-stories');

  await open('/inbox', 'Inbox');
  await page.getByText('Your password was changed').first().waitFor();
  await press(page, 'Open the mail server');
  await page.getByText(/^smtp:/).waitFor();
  await see('emulator-inbox');

  await open('/clock', 'Clock');
  await press(page, '61 days');
  await page.getByRole('cell', { name: 'token.expired' }).first().waitFor();
  await see('emulator-clock');

  const user = { access_token: `${apps.fern.id}|${apps.fern.secret}`, installed: 'true', permissions: 'email' };
  const { body } = await stage.graph.post(`/v25.0/${apps.fern.id}/accounts/test-users`, user);
  await stage.graph.get('/v25.0/oauth/access_token', {
    grant_type: 'fb_exchange_token',
    client_id: apps.fern.id,
    client_secret: apps.fern.secret,
    fb_exchange_token: body.access_token as string,
  });
  await open('/tokens', 'Token timeline');
  await page.getByRole('img', { name: /^Lives of/ }).waitFor();
  await see('emulator-tokens');

  await open('/deliveries', 'Deliveries');
  await page.getByText('No deliveries yet').waitFor();
  await see('emulator-deliveries-none');
  await press(page, 'Trigger it');
  const delivery = page.getByRole('button', { name: /^POST .*deauth/ });
  await delivery.waitFor();
  await delivery.click();
  await page.getByRole('dialog').getByText('What came back').waitFor();
  await see('emulator-delivery');
  await page.keyboard.press('Escape');
  await closed();

  await open('/worlds', 'Worlds');
  await page.getByLabel('Name of a snapshot').fill('before');
  await press(page, 'Take a snapshot');
  await page.getByRole('button', { name: 'Restore before' }).waitFor();
  await see('emulator-worlds');
}
