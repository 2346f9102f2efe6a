// These tests are about the table of the dialog's steps, as the reference prints it: what each step reads and says is
// seen in dialogs that people go through, so that no row says more or less than the step does.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { steps } from '../../src/login/steps.ts';
import type { DialogStop, Visit } from '../../src/login/visit.ts';
import { appRow, settings } from '../acts.ts';
import { Browser, dialogUrl, HOST } from '../browser.ts';
import { allowAll, CALLBACK, shopDialog } from '../dialog-journey.ts';
import { businessLogin, configDialog, configuration } from '../login-business/login-business-scene.ts';
import { cast, type TestWorld, testWorld } from '../world.ts';

const { ana, ben, cleo, draft, shop } = cast;

/** A step as the dialog takes it. */
type Step = (typeof steps)[number] & { take(visit: Visit): Promise<DialogStop | undefined> };
type Params = Parameters<typeof shopDialog>[0];

/** These parameters stand behind what is read of a request. */
const behindRequest: Readonly<Record<string, readonly string[]>> = {
  appId: ['client_id', 'app_id'],
  redirectUri: ['redirect_uri'],
  responses: ['response_type'],
  scope: ['scope'],
  authType: ['auth_type'],
  authNonce: ['auth_nonce'],
  challenge: ['code_challenge', 'code_challenge_method'],
  nonce: ['nonce'],
  thumbprint: ['dpop_jkt'],
  limited: ['response_type'],
  silent: ['prompt'],
  idTokenHint: ['id_token_hint'],
  forceConfirmation: ['force_confirmation'],
  configId: ['config_id'],
  touch: ['display'],
  fault: ['response_type', 'auth_type', 'nonce', 'code_challenge', 'code_challenge_method', 'dpop_jkt'],
};

/** Earlier steps made this of the request, in the same way. */
const behindVisit: Readonly<Record<string, readonly string[]>> = {
  target: ['redirect_uri'],
  scope: ['scope'],
  configuration: ['config_id'],
  forBusiness: ['config_id'],
  asking: ['scope', 'auth_type'],
};

interface Seen {
  reads: Set<string>;
  says: Set<string>;
}

const seen = new Map<string, Seen>();
const taken = new Map<Step, Step['take']>();

/** An object that notes which parameters stand behind what is read of it. */
function noting<Of extends object>(of: Of, behind: Readonly<Record<string, readonly string[]>>, into: Set<string>): Of {
  return new Proxy(of, {
    get(target, name) {
      for (const parameter of (typeof name === 'string' && behind[name]) || []) into.add(parameter);
      return Reflect.get(target, name) as unknown;
    },
  });
}

/** Lets every step tell what it reads and says. */
function watch(step: Step): void {
  const { take } = step;
  const note: Seen = { reads: new Set(), says: new Set() };
  seen.set(step.name, note);
  taken.set(step, take);
  step.take = async (visit: Visit) => {
    const request = noting(visit.request, behindRequest, note.reads);
    const watched = new Proxy(noting(visit, behindVisit, note.reads), {
      get: (target, name) => (name === 'request' ? request : (Reflect.get(target, name) as unknown)),
      set: (_target, name, value) => Reflect.set(visit, name, value),
    });
    const stop = await take(watched);
    if (stop?.is === 'blocked') note.says.add(stop.reason);
    if (stop?.is === 'told' && typeof stop.error === 'string') note.says.add(stop.error);
    return stop;
  };
}

/** Opens one dialog in a browser of its own. */
const open = (world: TestWorld, url: string): Promise<unknown> => new Browser(world).ask(url);

/** The same with other settings of the app Shop, which are put back afterwards. */
async function openWith(world: TestWorld, change: Parameters<typeof settings>[2], params: Params = {}): Promise<void> {
  const app = await world.server.installation.facts.app(shop.id);
  assert.ok(app);
  await settings(world, shop.id, change);
  await open(world, shopDialog(params));
  await settings(world, shop.id, app.settings);
}

const onOurHost = (path: string): string => `http://${HOST}${path}`;
const relay = onOurHost(
  '/x/connect/xd_arbiter/?version=46#cb=f1&domain=app.example&is_canvas=false&origin=https%3A%2F%2Fapp.example%2Ff2&relation=opener&frame=f3',
);

/** Dialogs of Login for people: one for each thing that a step can say, and some that go through. */
async function dialogsOfPeople(world: TestWorld): Promise<void> {
  await open(world, shopDialog({ client_id: '4040404' }));
  await appRow(world, shop.id, () => ({ status: 'disabled' }));
  await open(world, shopDialog());
  await appRow(world, shop.id, () => ({ status: 'active' }));

  await open(world, shopDialog({ redirect_uri: undefined }));
  await open(world, shopDialog({ redirect_uri: 'https://evil.example/' }));
  await openWith(world, { redirectUris: ['http://app.example/cb'] }, { redirect_uri: 'http://app.example/cb' });
  await openWith(world, { sdkDomains: [] }, { redirect_uri: relay, response_type: 'token' });
  await open(world, shopDialog({ redirect_uri: onOurHost('/connect/login_success.html'), response_type: 'token' }));

  await openWith(world, { clientOauthLogin: false });
  await openWith(world, { webOauthLogin: false });
  await openWith(world, { jsSdkLogin: false }, { redirect_uri: relay, response_type: 'token' });

  await open(world, shopDialog({ config_id: '424242' }));
  await open(world, shopDialog({ response_type: 'everything' }));
  await open(world, shopDialog({ auth_type: 'sometimes' }));
  await openWith(world, { requirePkce: true });

  await allowAll(new Browser(world), ana, shopDialog({ scope: 'email,pages_show_list' }));
  await allowAll(new Browser(world), ana, shopDialog({ auth_type: 'reauthenticate', auth_nonce: 'n1' }));
  await open(world, shopDialog({ auth_nonce: 'n1' }));
  await allowAll(new Browser(world), ana, shopDialog({ auth_type: 'rerequest', scope: 'email,pages_show_list' }));

  const connected = new Browser(world);
  await allowAll(connected, cleo, shopDialog());
  await connected.ask(shopDialog());

  const outsider = new Browser(world);
  await outsider.logIn(ana);
  await outsider.ask(dialogUrl({ client_id: draft.id, redirect_uri: CALLBACK }));
  await settings(world, shop.id, { restrictions: '{"location":"PT"}' });
  await outsider.ask(shopDialog());
  await settings(world, shop.id, { restrictions: '' });
  await outsider.ask(shopDialog({ prompt: 'none', id_token_hint: 'of nobody' }));
  await outsider.ask(
    shopDialog({
      redirect_uri: onOurHost('/tools/explorer/callback'),
      code_challenge: 'a'.repeat(43),
      code_challenge_method: 'S256',
    }),
  );
  const insider = new Browser(world);
  await insider.logIn(ben);
  await insider.ask(shopDialog({ scope: 'email,user_moon' }));
}

/** Dialogs of Login for Business. */
async function dialogsOfBusinesses(world: TestWorld): Promise<void> {
  await open(world, configDialog('424242'));
  await open(world, configDialog(configuration.system, { response_type: 'token' }));
  await open(world, configDialog(configuration.system, { display: 'touch' }));
  await open(world, shopDialog({ scope: 'email' }));
  await allowAll(new Browser(world), ana, configDialog());
  await settings(world, shop.id, { advancedAccess: ['public_profile', 'email'] });
  const browser = new Browser(world);
  await browser.logIn(ana);
  await browser.ask(configDialog());
}

const sorted = (names: Iterable<string>): string[] => [...names].toSorted();

before(() => {
  for (const step of steps) watch(step as Step);
});
after(() => {
  for (const [step, take] of taken) step.take = take;
});

test('every step of the dialog reads the parameters and says the words that its row names, and no others', async (t) => {
  const world = await testWorld();
  t.after(() => world.close());
  await dialogsOfPeople(world);
  await dialogsOfBusinesses(await businessLogin(t));
  for (const { name, reads = [], says = [] } of steps) {
    const { reads: read, says: said } = seen.get(name) as Seen;
    assert.deepEqual(sorted(said), sorted(says), `${name}: what it says`);
    assert.deepEqual(sorted(read), sorted(reads), `${name}: what it reads`);
  }
});
