// This walk goes through the console of a vault that stands beside the platform: closed, empty, and with connections of
// which some are in trouble.
import type { Page } from 'playwright-core';
import { press, reads } from '../deeds.ts';
import type { Stage } from '../stage.ts';
import { fillVault, signInWith } from './scene.ts';
import { vaultAddress } from './service.ts';

type See = (name: string) => Promise<void>;

export async function walkVault(stage: Stage, page: Page, see: See): Promise<void> {
  const address = await vaultAddress();
  const { vault, url, close } = await address.open(stage);
  stage.allow(url);
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
    await page.getByText('What depends on what').waitFor();
    await page.getByText('It has stopped working').waitFor();
    await see('vault-connection-gone');
    await page.getByRole('button', { name: /^Why\? It has/ }).click();
    await page.getByRole('dialog').getByText('The server answered with error').waitFor();
    await see('vault-why');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('main').getByRole('link', { name: 'Connections' }).click();
    await page.getByRole('link', { name: 'Corner Bakery posts' }).click();
    await page.getByRole('link', { name: 'Lantern Books' }).waitFor();
    await see('vault-connection');
    await press(page, 'Hand over');
    await page.getByLabel('Name of the new owner').waitFor();
    await see('vault-hand-over');
    await page.keyboard.press('Escape');
  } finally {
    await close();
  }
}
