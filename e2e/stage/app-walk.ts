// This walk goes through the app dashboard: every page and state of it, with something on each.
import type { Page } from 'playwright-core';
import { apps, people } from './cast.ts';
import { logInByCard, moveTo } from './console.ts';
import { press, reads, tokenOf } from './deeds.ts';
import { idAndSecret } from './graph.ts';
import { byMouse } from './hands.ts';
import type { Stage } from './stage.ts';

type See = (name: string) => Promise<void>;

const at = ({ url }: Pick<Stage, 'url'>, path: string): string => `${url}/console/apps/${apps.fern.id}${path}`;

/** Lets the app be used: calls, errors, test users, deliveries that fail, people with tokens. */
async function liven(stage: Stage): Promise<void> {
  const { graph } = stage;
  const context = await stage.browser.newContext();
  const token = await tokenOf(stage, { page: await context.newPage() }, people.ana, apps.fern, { scope: 'email' });
  await context.close();
  for (let day = 0; day < 4; day++) {
    for (let call = 0; call < 6 + 3 * day; call++) await graph.get('/v21.0/me', { access_token: token });
    for (let call = 0; call < 2 + day; call++) await graph.get('/1234567890123', { access_token: token });
    await graph.get('/me/feed', { access_token: token });
    await stage.advance('1d');
  }
  const appToken = { access_token: idAndSecret(apps.fern) };
  for (let user = 0; user < 3; user++) {
    const { body } = await graph.post(`/${apps.fern.id}/accounts`, { ...appToken, installed: 'true' });
    if (user > 0) await graph.delete(`/${apps.fern.id}/accounts`, { ...appToken, uid: body.id as string });
  }
}

export async function walkApps(stage: Stage, page: Page, see: See): Promise<void> {
  await moveTo(page, `${stage.url}/console/apps`);
  await page.getByText('Log in to see your apps').waitFor();
  await see('apps-signed-out');
  await liven(stage);
  await logInByCard(stage, page, people.ben);
  await moveTo(page, `${stage.url}/console/apps`);
  await page.getByRole('link', { name: apps.fern.name }).waitFor();
  await see('apps');
  await moveTo(page, `${stage.url}/console/apps/create`);
  await reads(page, 'Create an app');
  await press(page, 'Create app');
  await page.getByText('An app needs a name.').waitFor();
  await see('app-create');
  await moveTo(page, `${stage.url}/console/apps/reviews`);
  await page
    .getByRole('button', { name: /^Approve/ })
    .first()
    .waitFor();
  await see('app-reviews');
  await moveTo(page, at(stage, ''));
  await page.getByText('Age of the app secret').waitFor();
  await see('app-home');
  await walkSettings(stage, page, see);
  await walkPeople(stage, page, see);
  await walkUse(stage, page, see);
}

async function walkSettings(stage: Stage, page: Page, see: See): Promise<void> {
  await moveTo(page, at(stage, '/settings/basic'));
  await page.getByLabel('Display name').fill('Fern Scheduler, renamed');
  await see('app-basic');
  await press(page, 'Discard');
  await press(page, `Show the app secret of ${apps.fern.name}`);
  await page
    .getByText('Enter your password')
    .or(page.getByRole('button', { name: /^Copy app secret/ }))
    .first()
    .waitFor();
  await see('app-secret');
  await moveTo(page, at(stage, '/settings/advanced'));
  await page.getByText('Client Token', { exact: true }).waitFor();
  const { flip } = byMouse();
  await flip(page.getByRole('switch', { name: /^Native or Desktop App/ }));
  await flip(page.getByRole('switch', { name: /^Country Restricted/ }));
  await page.getByRole('combobox', { name: 'Allowed countries' }).fill('Portu');
  await page.getByRole('option', { name: 'Portugal' }).click();
  await page.keyboard.press('Escape');
  await see('app-advanced');
  await press(page, 'Discard');
  await press(page, 'Archive this app');
  await page.getByText('Ends the app tokens of 1 app').waitFor();
  await see('app-archive');
  await press(page, 'Cancel');
  await press(page, 'Delete this app');
  await page.getByText('What ends with it').waitFor();
  await see('app-delete');
  await press(page, 'Cancel');
  await moveTo(page, at(stage, '/login'));
  await page.getByLabel('Address', { exact: true }).fill(`${stage.website.callback}/`);
  await press(page, 'Check');
  await page.getByText('the final slash').waitFor();
  await see('app-login');
  await moveTo(page, at(stage, '/login/configurations'));
  await page.getByText('No configurations yet').waitFor();
  await press(page, 'Create configuration');
  await page.getByRole('dialog').getByText('User access token', { exact: true }).waitFor();
  await see('app-configuration');
}

async function walkPeople(stage: Stage, page: Page, see: See): Promise<void> {
  await moveTo(page, at(stage, '/roles'));
  await page.getByText('What each role may do').waitFor();
  await see('app-roles');
  await press(page, 'Add people');
  await page.getByRole('dialog').getByText('E-mail address, or id').first().waitFor();
  await see('app-invite');
  await moveTo(page, at(stage, '/permissions'));
  await page.getByText('user_birthday').first().waitFor();
  await see('app-permissions');
  await moveTo(page, at(stage, '/test-users'));
  await page
    .getByRole('button', { name: /^Log in as test user/ })
    .first()
    .waitFor();
  await see('app-test-users');
  await page
    .getByRole('button', { name: /^Tokens of test user/ })
    .first()
    .click();
  await page.getByText(/^Its tokens may|^It hasn’t added/).waitFor();
  await see('app-test-user-tokens');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await press(page, 'Create test users');
  await page.getByRole('dialog').getByLabel('How many').waitFor();
  await see('app-new-test-users');
}

async function walkUse(stage: Stage, page: Page, see: See): Promise<void> {
  await moveTo(page, at(stage, '/webhooks'));
  await page.getByText('Deauthorize').first().waitFor();
  await see('app-webhooks');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('dialog').getByLabel('Callback URL').waitFor();
  await see('app-webhook');
  await moveTo(page, at(stage, '/usage'));
  await page.getByText(/^The app itself: /).waitFor();
  await see('app-usage');
  await moveTo(page, at(stage, '/errors'));
  await page.getByText('The most frequent errors').waitFor();
  await see('app-errors');
  await moveTo(page, at(stage, '/alerts'));
  await reads(page, 'Alerts');
  await see('app-alerts');
  await moveTo(page, at(stage, '/tokens'));
  await page
    .getByRole('button', { name: /^End tokens of person/ })
    .first()
    .waitFor();
  await see('app-tokens');
}
