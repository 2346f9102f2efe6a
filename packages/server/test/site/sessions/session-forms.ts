// This table opens, for each form that is shown to a session, the page that it stands on. A form without an entry fails
// the tests that go through it.
import { startCheckpoint, unconfirmAccount } from '../../../src/people/lock.ts';
import { paths } from '../../../src/site/index.ts';
import { settings } from '../../acts.ts';
import { Browser } from '../../browser.ts';
import { allowAll, shopDialog, tokenFor } from '../../dialog-journey.ts';
import { configDialog, lantern, seed as businessSeed } from '../../login-business/login-business-scene.ts';
import { turnOn } from '../../people/second-factor.ts';
import { cast, type TestWorld, testWorld } from '../../world.ts';

const { ana, ben, phone, shop } = cast;
const operator = { kind: 'operator' } as const;

/** Ana, logged in, in front of the form. */
type Opening = (browser: Browser, world: TestWorld) => Promise<unknown>;

const at =
  (path: string): Opening =>
  (browser) =>
    browser.open(path);

const connected: Opening = async (browser) => {
  await allowAll(browser, ana, shopDialog({ scope: 'email,pages_show_list' }));
  await browser.open(paths.apps);
};

const withAnother: Opening = async (browser, world) => {
  await new Browser(world).logIn(ana);
  await browser.open(paths.sessions);
};

const codeTyped: Opening = async (browser, world) => {
  await settings(world, phone.id, { deviceLogin: true });
  const access_token = `${phone.id}|${phone.clientToken}`;
  const { body } = await world.post('/v25.0/device/login', { access_token, scope: 'email' });
  await browser.open(paths.device);
  await browser.send(browser.form(paths.device, { user_code: body.user_code }));
};

const atBusinesses: Opening = async (browser) => {
  await browser.open(configDialog());
  await browser.send(browser.form(paths.dialogConsent, { decision: 'continue' }));
};

const atPages: Opening = async (browser) => {
  await browser.open(shopDialog({ scope: 'pages_show_list' }));
  await browser.send(
    browser.form(paths.dialogConsent, {
      permissions: ['public_profile', 'pages_show_list'],
      decision: 'continue',
    }),
  );
};

const invited: Opening = async (browser, world) => {
  const access_token = await tokenFor(new Browser(world), ben, { scope: 'business_management' });
  const by = { email: ana.email, role: 'EMPLOYEE', access_token };
  const { body, text } = await world.post(`/${lantern.id}/business_users`, by);
  if (!body.invite_link) throw new Error(text);
  await browser.open(body.invite_link);
};

const openings: Readonly<Record<string, Opening>> = {
  [paths.dialogProve]: at(shopDialog({ auth_type: 'reauthenticate' })),
  [paths.dialogConsent]: at(shopDialog({ scope: 'email' })),
  [paths.dialogSwitch]: at(shopDialog({ scope: 'email' })),
  [paths.dialogBusiness]: atBusinesses,
  [paths.dialogPages]: atPages,
  [paths.dialogAgain]: async (browser) => {
    await allowAll(browser, ana, shopDialog({ scope: 'pages_show_list' }));
    await browser.open(shopDialog({ scope: 'pages_show_list', auth_type: 'reauthorize' }));
  },
  [paths.device]: at(paths.device),
  [paths.switchPerson]: at(paths.device),
  [paths.deviceConfirm]: codeTyped,
  [paths.invitation]: invited,
  [paths.logOut]: at(paths.settings),
  [paths.checkpoint]: async (browser, { server }) => {
    await startCheckpoint(server.installation, ana.id, operator, 'operator');
    await browser.logIn(ana);
  },
  [paths.confirm]: async (browser, { server }) => {
    await unconfirmAccount(server.installation, ana.id, operator);
    await browser.open(paths.confirm);
  },
  [paths.email]: at(paths.email),
  [paths.password]: at(paths.password),
  [paths.twoFactorBegin]: at(paths.twoFactor),
  [paths.twoFactorConfirm]: async (browser) => {
    await browser.open(paths.twoFactor);
    await browser.send(browser.form(paths.twoFactorBegin, { password: ana.password }));
  },
  [paths.twoFactorChange]: async (browser) => {
    await turnOn(browser);
    await browser.open(paths.twoFactor);
  },
  [paths.endSession]: withAnother,
  [paths.endOtherSessions]: withAnother,
  [paths.endAllSessions]: withAnother,
  [paths.removeApp]: connected,
  [paths.revokePermission]: connected,
  [paths.appPages]: connected,
  [paths.secure]: at(paths.secure),
  [paths.newPage]: at(paths.newPage),
};

/** Ben runs a business to which Ana can be invited. */
const invitingSeed: typeof businessSeed = {
  ...businessSeed,
  businesses: [{ ...lantern, people: [{ person: ben.id, role: 'ADMIN' }] }],
  apps: businessSeed.apps.map((app) =>
    app.id === shop.id ? { ...app, settings: { ...app.settings, loginType: 'classic' } } : app,
  ),
};

const seeds: Readonly<Record<string, typeof businessSeed>> = {
  [paths.dialogBusiness]: businessSeed,
  [paths.invitation]: invitingSeed,
};

/** A world in which Ana has the page with the form to `path` in front of her. The caller closes it. */
export async function formShown(path: string): Promise<{ world: TestWorld; browser: Browser }> {
  const open = openings[path];
  if (!open) throw new Error(`No entry of session-forms.ts opens the page with the form to ${path}.`);
  const seed = seeds[path];
  const world = await testWorld(seed ? { seed } : {});
  const browser = new Browser(world);
  await browser.logIn(ana);
  await open(browser, world);
  return { world, browser };
}
