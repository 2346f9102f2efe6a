// This table holds every page and every form. Whatever changes something is a POST, and each of them names whose token
// its form carries: there is no other way in (threats WP-03). Calls of the JavaScript SDK stand apart, in sdk/calls.ts.
import { changeEmailLabels, chooseBusinessLabels, deviceCodeLabels, newPageLabels } from '@hallpass/pages';
import type { SignedInPerson } from '../people/sign-in/sessions.ts';
import type { HttpResponse } from '../wire/answer.ts';
import type { SiteRequest } from './site-request.ts';
import {
  appAgain,
  appPagesChosen,
  appRemoved,
  appsShown,
  deletionsShown,
  permissionRevoked,
} from './account/connected-apps.ts';
import { consoleFileSent, consoleShown, emulatorPageShown } from './console.ts';
import { deviceAgain, deviceCodeSent, deviceConfirmShown, deviceDecided, deviceShown } from './dialog/device.ts';
import { dialogContinued, dialogOpened } from './dialog/dialog.ts';
import {
  againSent,
  businessSent,
  consentSent,
  dialogCodeSent,
  dialogLogInSent,
  pagesSent,
  proofSent,
  switchSent,
} from './dialog/dialog-forms.ts';
import {
  healthShown,
  iconSent,
  loginSuccessShown,
  pictureSent,
  readinessShown,
  robotsSent,
  stylesheetSent,
} from './files.ts';
import { emailSent, emailShown } from './account/email.ts';
import { confirmSent, showCheckpoint, unlockSent } from './account/checkpoint.ts';
import { invitationAgain, invitationAnswered, invitationShown } from './dialog/invitation.ts';
import { codeSent, logInSent, logInShown, logOutByToken, logOutSent, personSwitched } from './account/log-in.ts';
import { nextOf } from './account/purpose.ts';
import { paths } from './paths.ts';
import { relayShown, sdkSent } from './sdk/files.ts';
import { schemaSent } from './schema.ts';
import { setUpSent, setUpShown } from './account/set-up.ts';
import {
  allSessionsEnded,
  homeShown,
  otherSessionsEnded,
  passwordSent,
  passwordShown,
  secureSent,
  secureShown,
  sessionEnded,
  sessionsShown,
  startShown,
} from './account/settings.ts';
import { signUpSent, signUpShown } from './account/sign-up.ts';
import { forgotSent, forgotShown, resetSent, resetShown } from './account/reset-password.ts';
import { newPageSent, newPageShown } from './account/new-page.ts';
import { testUserLinkOpened } from './dialog/test-user-link.ts';
import type { Maybe } from '../installation/maybe.ts';
import { tickFields } from './ticks.ts';
import type { TypedFields } from './typed-text.ts';
import { twoFactorBegun, twoFactorChanged, twoFactorConfirmed, twoFactorShown } from './account/two-factor.ts';

interface RouteBase {
  /** A pattern of hono's router. */
  path: string;
  /** One sentence for the reference. */
  doc: string;
}

/** Shows something; changes nothing but by links that work once. */
interface PublicPage extends RouteBase {
  method: 'GET';
  answer(ask: SiteRequest): Maybe<HttpResponse>;
}

/** A page for people who are logged in; others are led to the log-in and back. */
interface PersonalPage extends RouteBase {
  method: 'GET';
  mine(ask: SiteRequest, me: SignedInPerson): Maybe<HttpResponse>;
  /** True where accounts that are locked or not confirmed may see it too. */
  held?: true;
}

/** A form. */
interface FormBase extends RouteBase, FormOptions {
  method: 'POST';
}

interface FormOptions {
  /** Fields that may come more than once. */
  lists?: readonly string[];
  /**
   * Fields that hold text that is no secret, with their labels: they are filled in again where the session ended under
   * the form.
   */
  typed?: TypedFields;
  /** Fields of ticks and radio buttons that are set again where the session ended under the form. */
  chosen?: readonly string[];
  /** The address to go on at after that; the page nearest to the path of the form without it. */
  again?(ask: SiteRequest): string;
}

interface PublicForm extends FormBase {
  /** The form carries the token of the browser before a log-in, and of the session after it. */
  holder: 'browser' | 'session';
  answer(ask: SiteRequest): Maybe<HttpResponse>;
}

interface PersonalForm extends FormBase {
  holder: 'session';
  mine(ask: SiteRequest, me: SignedInPerson): Maybe<HttpResponse>;
  held?: true;
}

export type Route = PublicPage | PersonalPage | PublicForm | PersonalForm;

const get = (path: string, doc: string, answer: PublicPage['answer']): PublicPage => ({
  method: 'GET',
  path,
  doc,
  answer,
});
const mine = (path: string, doc: string, answer: PersonalPage['mine']): PersonalPage => ({
  method: 'GET',
  path,
  doc,
  mine: answer,
});
const post = (
  path: string,
  holder: PublicForm['holder'],
  doc: string,
  answer: PublicForm['answer'],
  options: FormOptions = {},
): PublicForm => ({
  method: 'POST',
  path,
  doc,
  holder,
  answer,
  ...options,
});
const act = (path: string, doc: string, answer: PersonalForm['mine'], options: FormOptions = {}): PersonalForm => ({
  method: 'POST',
  path,
  doc,
  holder: 'session',
  mine: answer,
  ...options,
});

/** The addresses that apps send people to: with and without a version, with and without a final slash. */
const dialogPaths = ['', '/:version{v[0-9]+\\.[0-9]+}'].flatMap((version) =>
  ['', '/', '/index.php'].map((end) => `${version}/dialog/oauth${end}`),
);

/** The names of the SDK, in any language. All but `debug.js` are the same file. */
const sdkPaths = ['sdk.js', 'all.js', 'sdk/debug.js', 'sdk/xfbml.customerchat.js'].map(
  (name) => `/:locale{[a-z]{2,3}_[A-Z]{2}}/${name}`,
);

export const routes: readonly Route[] = [
  ...dialogPaths.map((path) =>
    get(path, 'The dialog: where an app sends a person to log in and to allow it something.', dialogOpened),
  ),
  get(paths.dialogGoOn, 'The next step of a dialog in progress.', dialogContinued),
  post(paths.dialogLogIn, 'browser', 'Logs in within a dialog.', dialogLogInSent),
  post(paths.dialogCode, 'browser', 'The code of a second factor, after the password within a dialog.', dialogCodeSent),
  post(
    paths.dialogProve,
    'session',
    'The password once more, where the app asked for auth_type=reauthenticate.',
    proofSent,
  ),
  post(paths.dialogConsent, 'session', 'What the person allows the app, or cancels.', consentSent, {
    lists: ['permissions'],
    chosen: ['permissions'],
  }),
  post(paths.dialogBusiness, 'session', 'Which business should connect to the app.', businessSent, {
    typed: chooseBusinessLabels,
    chosen: ['business'],
  }),
  post(paths.dialogPages, 'session', 'Which Pages and ad accounts the app may use.', pagesSent, {
    lists: ['pages', 'ad_accounts'],
    chosen: tickFields,
  }),
  post(paths.dialogAgain, 'session', 'Continues with an app that was allowed everything before.', againSent),
  post(paths.dialogSwitch, 'session', 'Logs out within a dialog, to continue as someone else.', switchSent),

  get(
    paths.device,
    'Log-in on a device: the code that it shows, as `user_code` where a link brings it along.',
    deviceShown,
  ),
  act(paths.device, 'Takes the code of a device in, and binds it to this session.', deviceCodeSent, {
    typed: deviceCodeLabels,
  }),
  mine(paths.deviceConfirm, 'Which app wants to log in on the device, and what it asks for.', deviceConfirmShown),
  act(paths.deviceConfirm, 'Lets the app log in on the device, or refuses.', deviceDecided, {
    lists: ['permissions', 'pages'],
    chosen: ['permissions', ...tickFields],
    again: deviceAgain,
  }),

  get(paths.invitation, 'An invitation into a business, by the link of its administrator.', invitationShown),
  act(paths.invitation, 'Accepts or declines the invitation, once.', invitationAnswered, { again: invitationAgain }),

  get(
    paths.home,
    'The first page: what is here, and the tools; where the console was not built, the settings of a person.',
    startShown,
  ),
  mine(paths.settings, 'The settings of a person.', homeShown),
  ...[
    paths.explorer,
    paths.explorerReturn,
    paths.tokenDebugger,
    paths.tokenTool,
    paths.versionTool,
    paths.console,
    `${paths.console}/:page{(?:apps|business|settings)(?:/.*)?}`,
  ].map((path) => get(path, 'A page of the console.', consoleShown)),
  get(
    `${paths.console}/:page{emulator(?:/.*)?}`,
    'A page of the console about the emulator itself; a platform has none.',
    emulatorPageShown,
  ),
  get(`${paths.console}/assets/:name{[A-Za-z0-9_.-]{1,100}}`, 'Scripts and styles of the console.', consoleFileSent),
  get(paths.logIn, 'Log-in without an app.', (ask) => logInShown(ask)),
  post(paths.logIn, 'browser', 'Logs in.', logInSent),
  post(paths.switchPerson, 'session', 'Logs out, to go on as someone else.', personSwitched, { again: nextOf }),
  post(paths.logInCode, 'browser', 'The code of a second factor, after the password.', codeSent),
  get(paths.signUp, 'A new account, where the setting openSignUp allows it.', (ask) => signUpShown(ask)),
  post(paths.signUp, 'browser', 'Makes the account.', signUpSent),
  post(paths.logOut, 'session', 'Logs out of this browser; the tokens that came of its session die.', logOutSent),
  get(
    paths.logOutByToken,
    'Logs out by a user token: `next` and `access_token`, as apps send people to it.',
    logOutByToken,
  ),
  get(paths.forgot, 'For someone who has forgotten the password.', (ask) => forgotShown(ask)),
  post(
    paths.forgot,
    'browser',
    'Mails a link to the account of this address, if there is one; answered the same either way.',
    forgotSent,
  ),
  get(paths.reset, 'A new password, by a link that works once and for half an hour.', (ask) => resetShown(ask)),
  post(paths.reset, 'browser', 'Sets the new password; all sessions and tokens of the person die.', resetSent),
  get(paths.setUp, 'The first administrator, by the link that `hallpass serve` prints.', (ask) => setUpShown(ask)),
  post(paths.setUp, 'browser', 'Makes the first administrator, once.', setUpSent),
  get(paths.testUserLogIn, 'The link that logs a browser in as a test user, once.', testUserLinkOpened),

  {
    ...mine(
      paths.checkpoint,
      'Tells someone whose account is held at a checkpoint why, and asks for the password; or that the operator locked it.',
      showCheckpoint,
    ),
    held: true,
  },
  { ...act(paths.checkpoint, 'Ends the checkpoint.', unlockSent), held: true },
  { ...mine(paths.confirm, 'Asks someone to confirm the account.', showCheckpoint), held: true },
  { ...act(paths.confirm, 'Confirms the account.', confirmSent), held: true },

  mine(paths.email, 'Another e-mail address.', emailShown),
  act(paths.email, 'Changes the e-mail address; the password is asked.', emailSent, { typed: changeEmailLabels }),
  mine(paths.password, 'A new password.', passwordShown),
  act(paths.password, 'Changes the password; all tokens of the person die.', passwordSent),
  mine(paths.twoFactor, 'Whether a second factor is on.', twoFactorShown),
  act(paths.twoFactorBegin, 'Shows a new key as a QR code, after the password; nothing is on yet.', twoFactorBegun),
  act(
    paths.twoFactorConfirm,
    'Turns the second factor on by a code, and shows the recovery codes once.',
    twoFactorConfirmed,
  ),
  act(
    paths.twoFactorChange,
    'Turns the second factor off, or makes new recovery codes; password and code are asked.',
    twoFactorChanged,
  ),
  mine(paths.sessions, 'Where the person is logged in.', sessionsShown),
  act(paths.endSession, 'Logs one other browser out.', sessionEnded),
  act(paths.endOtherSessions, 'Logs all other browsers out.', otherSessionsEnded),
  act(paths.endAllSessions, 'Logs out everywhere; all tokens of the person die.', allSessionsEnded),
  mine(paths.apps, 'Apps and websites: what each may do for the person.', appsShown),
  act(paths.removeApp, 'Removes an app; its tokens for the person die.', appRemoved, {
    chosen: ['app', 'delete_data'],
    again: appAgain,
  }),
  act(paths.revokePermission, 'Takes one permission back; tokens live on without it.', permissionRevoked),
  act(paths.appPages, 'Chooses which Pages an app may use, in place of those before.', appPagesChosen, {
    lists: ['pages'],
    chosen: ['app', ...tickFields],
    again: appAgain,
  }),
  mine(paths.deletions, "The person's requests to apps to delete data, with their state.", deletionsShown),
  mine(paths.secure, 'For someone whose account another person used.', secureShown),
  act(paths.secure, 'Locks the account until the person gives the password.', secureSent),

  mine(paths.newPage, 'A new Page: its name and its category.', (ask, me) => newPageShown(ask, me)),
  act(paths.newPage, 'Makes a Page, with every task on it for the person.', newPageSent, { typed: newPageLabels }),

  get(paths.loginSuccess, 'Where desktop programs read the answer of a dialog from the address.', loginSuccessShown),
  ...sdkPaths.map((path) => get(path, 'The JavaScript SDK, which pages of apps load.', sdkSent)),
  ...['', '/'].map((end) =>
    get(
      `/x/connect/xd_arbiter${end}`,
      'Tells the page of an app that opened a dialog by the JavaScript SDK what it answered.',
      relayShown,
    ),
  ),
  get('/_/pages.css', 'The style of all pages.', stylesheetSent),
  get('/_/health', 'Whether the process answers at all.', healthShown),
  get('/_/schema', 'The nodes, fields, edges, operations and grants of the Graph as JSON.', schemaSent),
  get(
    '/_/ready',
    'Whether calls may be sent here: the database answers, and this node can prove that it has heard of every change.',
    readinessShown,
  ),
  get(
    '/platform/picture/:name{[A-Za-z0-9_%.-]{1,200}\\.svg}',
    'Drawn pictures of people, Pages and apps.',
    pictureSent,
  ),
  get('/robots.txt', 'Tells search engines to stay away.', robotsSent),
  get('/favicon.ico', 'The icon.', iconSent),
];
