// This walk goes through the console of a vault that stands beside the platform: closed, empty, and with connections of
// which some are in trouble.
import type { Page } from 'playwright-core';
import { openInbox } from '../inbox.ts';
import { press, reads } from '../deeds.ts';
import type { Stage } from '../stage.ts';
import { fillVault, signInWith } from './scene.ts';
import { vaultAddress } from './service.ts';

type See = (name: string) => Promise<void>;

export async function walkVault(stage: Stage, page: Page, see: See): Promise<void> {
  const ends: (() => unknown)[] = [];
  const address = await vaultAddress();
  const inbox = await openInbox({ after: (end) => void ends.push(end) });
  const { vault, url, delivered, close } = await address.open(stage, inbox.port);
  stage.allow(url);
  const place = async (name: string, heading: string) => {
    await page.setViewportSize({ width: 1180, height: 760 });
    await page.getByRole('navigation', { name: 'Vault' }).getByRole('link', { name }).click();
    await reads(page, heading);
  };
  const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' });
  try {
    await page.goto(`${url}/console`);
    await reads(page, 'Sign in');
    await see('vault-sign-in');
    await signInWith(page, vault, url, 'read', 'connect', 'manage', 'operate', 'reveal');
    await page.getByText('No connections yet').waitFor();
    await see('vault-empty');
    const context = await stage.browser.newContext();
    await fillVault(stage, vault, await context.newPage());
    await context.close();
    // The clock has passed the end of the session meanwhile.
    await signInWith(page, vault, url, 'read', 'connect', 'manage', 'operate', 'reveal');
    await page.getByRole('link', { name: 'Corner Bakery posts' }).waitFor();
    await see('vault-connections');

    await page.getByRole('link', { name: 'Harbour office' }).click();
    await page.getByText('It has stopped working').waitFor();
    await see('vault-connection-gone');
    await page.getByRole('button', { name: /^Why\? It has/ }).click();
    await page.getByRole('dialog').getByText('The server answered with error').waitFor();
    await see('vault-why');
    await page.keyboard.press('Escape');
    await closed();

    await place('Connections', 'Connections');
    await press(page, 'Choose all 9');
    await press(page, 'Ask these again');
    await press(page, 'Ask for all 9');
    await page.getByRole('heading', { name: 'Not needed' }).waitFor();
    await see('vault-ask-again');
    await press(page, 'Done');
    await closed();
    await stage.advance('60s');
    await delivered();
    await place('Mail log', 'Mail log');
    await page.getByText('has stopped working').waitFor();
    await see('vault-mails');
    await place('Timeline', 'Timeline');
    await page.getByRole('img', { name: /^Ends of/ }).waitFor();
    await see('vault-timeline');

    await place('Keys', 'Keys');
    await page.getByRole('button', { name: 'End Acme desk' }).first().waitFor();
    await page.getByText('Seals', { exact: true }).waitFor();
    await see('vault-keys');
    await press(page, 'Create a key');
    await page.getByLabel('Purpose').waitFor();
    await see('vault-new-key');
    await page.keyboard.press('Escape');
    await closed();
    await place('Settings', 'Settings');
    await page.getByText('A mail server is set.').waitFor();
    await page.getByLabel('Time zone').waitFor();
    await see('vault-settings');

    await place('Connections', 'Connections');
    await page.getByRole('link', { name: 'Corner Bakery posts' }).first().click();
    await page.getByRole('link', { name: 'Lantern Books' }).waitFor();
    await see('vault-connection');
    await press(page, 'Hand over');
    await page.getByLabel('Name of the new owner').waitFor();
    await see('vault-hand-over');
    await page.keyboard.press('Escape');
    await closed();
  } finally {
    await close();
    for (const end of ends) await end();
  }
}
