// This walk goes through a person's settings in the console: every page and state of them.
import type { Page } from 'playwright-core';
import { apps, people } from './cast.ts';
import { moveTo } from './console.ts';
import { press, reads, tokenOf } from './deeds.ts';
import type { Stage } from './stage.ts';

type See = (name: string) => Promise<void>;

export async function walkSettings(stage: Stage, page: Page, see: See): Promise<void> {
  const open = async (section: string, heading: string) => {
    await moveTo(page, `${stage.url}/console/settings${section}`);
    await reads(page, heading);
  };
  stage.website.show(
    '/data-deletion',
    JSON.stringify({ url: `${stage.website.url}/deletion/4711`, confirmation_code: 'D-4711' }),
    { 'content-type': 'application/json' },
  );
  await moveTo(page, `${stage.url}/console/settings/apps`);
  await page.getByText('Log in to see your settings').waitFor();
  await see('settings-signed-out');
  await tokenOf(stage, { page }, people.ana, apps.fern, { scope: 'email,pages_show_list,pages_read_engagement' });
  await open('', 'Profile');
  await page.getByText(people.ana.email).waitFor();
  await see('settings-profile');
  await open('/apps', 'Apps and websites');
  await page.getByText(apps.fern.name).waitFor();
  await see('settings-apps');
  await press(page, `View and edit ${apps.fern.name}`);
  const dialog = page.getByRole('region', { name: apps.fern.name });
  await dialog.getByText('Only these Pages').click();
  await dialog.getByRole('checkbox', { name: /email/ }).click();
  await dialog.getByText(/^Not saved/).waitFor();
  await see('settings-app-edit');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('What ends with it').waitFor();
  await see('settings-app-confirm');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await press(page, 'All apps');
  await press(page, `Remove ${apps.fern.name}`);
  await page.getByText('What stops').waitFor();
  await see('settings-app-remove');
  await page.getByRole('checkbox', { name: /Ask the app to delete/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText('Removed', { exact: true }).click();
  await page.getByText(apps.fern.id).waitFor();
  await see('settings-apps-removed');
  await page.getByText('Expired', { exact: true }).click();
  await page.getByText('No expired apps').waitFor();
  await see('settings-apps-none');
  await open('/integrations', 'Business integrations');
  await page.getByText('None of your businesses has connected an app').waitFor();
  await see('settings-integrations');
  await open('/sessions', 'Where you’re logged in');
  await press(page, 'Log out everywhere');
  await page.getByText('What ends with it').waitFor();
  await see('settings-log-out-everywhere');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await see('settings-sessions');
  await open('/deletions', 'Data deletion');
  await page.getByText(apps.fern.name, { exact: true }).waitFor();
  await see('settings-deletions');
}
