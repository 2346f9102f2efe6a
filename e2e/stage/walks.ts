// These walks pass every page that people meet, for those who look at pages: the tests of looks, and pictures.ts.
import type { Page } from 'playwright-core';
import { walkApps } from './app-walk.ts';
import { apps, configurations, people } from './cast.ts';
import { codeAt } from '@hallpass/server/testing';
import {
  dialog,
  enterCode,
  goOn,
  greeted,
  logIn,
  press,
  reads,
  returned,
  signIn,
  tokenOf,
  turnOnTwoFactor,
} from './deeds.ts';
import { walkBusiness } from './business-walk.ts';
import { walkEmulator } from './emulator-walk.ts';
import { walkExplorer, walkIn, walkOn, walkWindows } from './console-walk.ts';
import type { Stage } from './stage.ts';
import { walkSettings } from './settings-walk.ts';
import { walkTokenTools } from './token-tools-walk.ts';
import { walkVault } from './vault/walk.ts';

/** Called at every page on the way, with its name. */
type See = (name: string) => Promise<void>;

interface Walk {
  name: string;
  go(stage: Stage, page: Page, see: See): Promise<void>;
}

const pageScope = 'email,user_birthday,pages_show_list,pages_read_engagement,pages_manage_posts';

async function throughTheDialog(stage: Stage, page: Page, see: See): Promise<void> {
  await page.goto(dialog(stage, apps.fern, { scope: pageScope }));
  await see('dialog-log-in');
  await logIn(page, { ...people.ana, password: 'not the password' });
  await page.getByRole('alert').waitFor();
  await see('dialog-log-in-refused');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await reads(page, /^Create an account/);
  await see('dialog-sign-up');
  await page.getByRole('link', { name: 'Log in' }).click();
  await logIn(page, people.ana);
  await reads(page, /^Continue to/);
  await see('consent');
  await page.getByText('Edit what you share').click();
  await page.getByRole('checkbox', { name: /birthday/i }).uncheck();
  await see('consent-edited');
  await goOn(page);
  await reads(page, /^Which Pages/);
  await see('choice-of-pages');
  for (const tick of await page.getByRole('checkbox').all()) await tick.uncheck();
  await goOn(page);
  await page.getByRole('alert').waitFor();
  await see('choice-of-pages-refused');
  await page.getByRole('checkbox').first().check();
  await goOn(page);
  await returned(page, stage);
  await page.goto(dialog(stage, apps.fern, { scope: pageScope, auth_type: 'rerequest' }));
  await reads(page, /^Continue to/);
  await see('consent-asked-again');
  await page.goto(dialog(stage, apps.fern, { auth_type: 'reauthenticate' }));
  await see('password-again');
  await page.goto(dialog(stage, apps.fern, { force_confirmation: 'true' }));
  await reads(page, /^Continue to/);
  await see('already-connected');
  await press(page, 'Choose Pages');
  await reads(page, /^Which Pages/);
  await see('choice-of-pages-again');
  await page.getByRole('radio', { name: /^All current and future Pages/ }).check();
  await see('choice-of-pages-all');
  await goOn(page);
  await returned(page, stage);
  await page.goto(`${stage.url}/settings/apps?open=${apps.fern.id}`);
  await page.getByText('Choose Pages').click();
  await page.getByRole('radio', { name: /^Only the Pages/ }).check();
  await see('apps-choice-of-pages');
}

async function intoDeadEnds(stage: Stage, page: Page, see: See): Promise<void> {
  await page.goto(dialog(stage, apps.fern, { redirect_uri: 'https://evil.example/' }));
  await see('blocked-address');
  await page.goto(dialog(stage, { ...apps.fern, id: '4711' }));
  await see('unknown-app');
  await page.goto(dialog(stage, apps.harbour));
  await see('dialog-log-in-in-development');
  await logIn(page, people.elif);
  await reads(page, 'App not active');
  await see('app-not-active');
  await page.goto(`${stage.url}/dialog/oauth/continue?interaction=none`);
  await see('log-in-over');
  await page.goto(`${stage.url}/platform/test-users/log-in/?code=none`);
  await see('link-used-up');
}

async function withoutAnyPage(stage: Stage, page: Page, see: See): Promise<void> {
  await page.goto(`${stage.url}/signup`);
  await see('sign-up');
  await page.getByLabel('Name').fill('Maximiliane Wolkenstein-Trostburg von und zu Hohenkirchen');
  await page.getByLabel('E-mail').fill('maximiliane.wolkenstein.trostburg@a-rather-long-domain-name.demo.example');
  await page.getByLabel('Password').fill('three words and more');
  await press(page, 'Create account');
  await greeted(stage, page);
  await see('home-long-name');
  await page.goto(`${stage.url}/settings/apps`);
  await see('apps-none');
  await page.goto(dialog(stage, apps.fern, { scope: pageScope }));
  await reads(page, /^Continue to/);
  await see('consent-long-name');
  await goOn(page);
  await page.getByText('You have no Page here').waitFor();
  await see('choice-of-pages-none');
}

async function asABusiness(stage: Stage, page: Page, see: See): Promise<void> {
  const connecting = dialog(stage, apps.stall, { config_id: configurations.businesses });
  await page.goto(dialog(stage, apps.stall, { config_id: '4711' }));
  await reads(page, 'Invalid configuration');
  await see('configuration-unknown');
  await page.goto(connecting);
  await logIn(page, people.cleo);
  await reads(page, 'Continue to Stall Planner?');
  await see('consent-of-a-business');
  await goOn(page);
  await reads(page, /^Which business/);
  await see('choice-of-business');
  await page.getByText('Create a new business').click();
  await page.getByLabel('Name of the business').fill('\u202e');
  await press(page, 'Create and continue');
  await page.getByRole('alert').waitFor();
  await see('choice-of-business-refused');
  await press(page, 'Continue');
  await reads(page, /^Which Pages of Lantern Trading/);
  await see('choice-of-pages-of-a-business');
  await press(page, 'Back');
  await page.getByText('Create a new business').click();
  await page.getByLabel('Name of the business').fill('A business with a name that is rather long, Sons & Daughters');
  await press(page, 'Create and continue');
  await page.getByText('This business has no Page').waitFor();
  await see('choice-of-pages-of-a-business-none');
}

async function toDesktopPrograms(stage: Stage, page: Page, see: See): Promise<void> {
  const params = { redirect_uri: `${stage.url}/connect/login_success.html`, response_type: 'token' };
  await page.goto(dialog(stage, apps.harbour, { scope: 'email,user_birthday' }));
  await logIn(page, people.ben);
  await reads(page, /^Continue to/);
  await see('consent-in-development');
  await page.goto(dialog(stage, apps.pocket, params));
  await goOn(page);
  await reads(page, 'Success');
  await see('login-success');
  await page.goto(dialog(stage, apps.pocket, params));
  await press(page, 'Cancel');
  await reads(page, 'You cancelled');
  await see('login-success-cancelled');
}

async function throughTheAccount(stage: Stage, page: Page, see: See): Promise<void> {
  await page.goto(`${stage.url}/login`);
  await see('log-in');
  await signIn(stage, page, people.elif);
  await see('home');
  await page.goto(dialog(stage, apps.fern, { scope: pageScope }));
  await goOn(page);
  await reads(page, /^Which Pages/);
  await goOn(page);
  await returned(page, stage);
  await page.goto(`${stage.url}/settings/apps`);
  await see('apps');
  await page.getByText('Fern Scheduler').first().click();
  await see('apps-open');
  await page.getByText('Remove Fern Scheduler', { exact: true }).click();
  await see('apps-removal');
  await press(page, /^Take back: E-mail/);
  await page.getByText('no longer has that permission').waitFor();
  await see('apps-taken-back');
  await page.goto(`${stage.url}/settings/sessions`);
  await see('devices');
  await page.goto(`${stage.url}/settings/password`);
  await see('password');
  await page.getByLabel('Current password').fill('not the password');
  await page.getByLabel('New password').fill('short');
  await press(page, 'Change password');
  await page.getByText('too short').waitFor();
  await see('password-refused');
  await page.goto(`${stage.url}/settings/deletions`);
  await see('deletions');
  await page.goto(`${stage.url}/settings/email`);
  await page.getByLabel('New e-mail address').fill('elif.new@demo.example');
  await page.getByLabel('Password').fill('not the password');
  await press(page, 'Change address');
  await page.getByText('The password is wrong.').waitFor();
  await see('email-refused');
  await page.goto(`${stage.url}/settings/two-factor`);
  await see('two-factor-off');
  const { key } = await turnOnTwoFactor(stage, page, people.elif, see);
  await page.getByRole('link', { name: 'I have saved them' }).click();
  await reads(page, 'Two-factor authentication');
  await see('two-factor-on');
  await stage.advance('30s');
  await page.goto(dialog(stage, apps.fern, { auth_type: 'reauthenticate' }));
  await see('password-and-code-again');
  await page.goto(`${stage.url}/settings`);
  await press(page, 'Log out');
  await page.goto(`${stage.url}/login`);
  await logIn(page, people.elif);
  await reads(page, 'Enter your code');
  await see('log-in-code');
  await enterCode(page, '000000');
  await page.getByRole('alert').waitFor();
  await see('log-in-code-refused');
  await enterCode(page, codeAt(key, stage.now()));
  await greeted(stage, page);
  await stage.advance('60s');
  await page.goto(`${stage.url}/settings/two-factor`);
  await page.getByLabel('Password').fill(people.elif.password);
  await page.getByLabel('Code from your').fill(codeAt(key, stage.now()));
  await press(page, 'Turn off');
  await page.getByText('Two-factor authentication is off. Only your password').waitFor();
  await page.goto(`${stage.url}/settings/secure`);
  await see('secure');
  await press(page, 'Lock my account now');
  await reads(page, 'Your account is locked');
  await see('account-secured');
  await page.goto(`${stage.url}/login`);
  await logIn(page, people.elif);
  await reads(page, 'Unlock your account');
  await see('checkpoint');
  await page.getByLabel('Password').fill(people.elif.password);
  await press(page, 'Unlock my account');
  await page.getByText('Your account has been unlocked.').waitFor();
  await see('home-unlocked');
  await press(page, 'Log out');
  await reads(page, 'You are logged out');
  await see('logged-out');
}

async function onADevice(stage: Stage, page: Page, see: See): Promise<void> {
  const begin = async (scope: string): Promise<string> => {
    const asked = {
      access_token: `${apps.pocket.id}|${apps.pocket.clientToken}`,
      scope,
      device_info: '{"device":"Living room TV"}',
    };
    return (await stage.graph.post('/device/login', asked)).body.user_code as string;
  };
  const type = async (code: string): Promise<void> => {
    await page.getByLabel(/code/i).fill(code);
    await press(page, 'Continue');
  };
  await page.goto(`${stage.url}/device`);
  await see('device-log-in');
  await logIn(page, people.ana);
  await page.getByLabel(/code/i).waitFor();
  await see('device-code');
  await type('BBBB-BBBB');
  await page.getByRole('alert').waitFor();
  await see('device-code-refused');
  await type(await begin(pageScope));
  await reads(page, /^Log in to Pocket Pages on another device/);
  await see('device-confirm');
  await press(page, 'Cancel');
  await reads(page, /cancelled/i);
  await see('device-cancelled');
  await page.goto(`${stage.url}/device`);
  await type(await begin('email'));
  await page.getByRole('checkbox', { name: /I started this/ }).check();
  await press(page, /^Log in as/);
  await reads(page, 'You are logged in on the device');
  await see('device-done');
}

async function intoABusiness(stage: Stage, page: Page, see: See): Promise<void> {
  const visitor = await stage.browser.newContext();
  const token = await tokenOf(stage, { page: await visitor.newPage() }, people.cleo, apps.ledger, {
    scope: 'business_management',
  });
  await visitor.close();
  const [business] = (await stage.graph.get('/me/businesses', { access_token: token })).body.data as { id: string }[];
  const asked = { email: people.elif.email, role: 'EMPLOYEE', access_token: token };
  const { body } = await stage.graph.post(`/${business?.id}/business_users`, asked);
  await page.goto(body.invite_link as string);
  await logIn(page, people.elif);
  await reads(page, 'Join Lantern Trading?');
  await see('invitation');
  await press(page, 'Join');
  await reads(page, 'You’ve joined');
  await see('invitation-accepted');
  await page.goto(body.invite_link as string);
  await reads(page, 'This invitation doesn’t work');
  await see('invitation-used-up');
}

export const walks: readonly Walk[] = [
  { name: 'through the dialog', go: throughTheDialog },
  { name: 'into dead ends', go: intoDeadEnds },
  { name: 'through the tools for tokens', go: walkTokenTools },
  { name: 'of somebody new who has no Page', go: withoutAnyPage },
  { name: 'to desktop programs and apps in development', go: toDesktopPrograms },
  { name: 'of a business that connects an app', go: asABusiness },
  { name: 'into a business by invitation', go: intoABusiness },
  { name: 'of a device without a browser', go: onADevice },
  { name: 'through the own account', go: throughTheAccount },
  { name: 'into the console', go: walkIn },
  { name: 'through the Explorer of the console', go: walkExplorer },
  { name: 'through the windows of the console', go: walkWindows },
  { name: 'on through the console', go: walkOn },
  { name: 'through the app dashboard', go: walkApps },
  { name: 'through the settings of a business', go: walkBusiness },
  { name: 'through the settings of a person', go: walkSettings },
  { name: 'through the pages about the emulator', go: walkEmulator },
  { name: 'through the console of a vault', go: walkVault },
];
