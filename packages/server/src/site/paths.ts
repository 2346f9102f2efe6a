// These are the addresses of pages and of the forms on them, each written once.
import { plainPaths } from '@hallpass/pages';
import { RESET_PATH } from '../people/password-reset.ts';
import { explorerReturnPath, invitationPath } from '../hosts.ts';

export const paths = {
  home: '/',
  settings: plainPaths.profile,
  console: '/console',
  explorer: '/tools/explorer',
  explorerReturn: explorerReturnPath,
  tokenDebugger: '/tools/debug/accesstoken',
  tokenTool: '/tools/accesstoken',
  versionTool: '/tools/versions',
  logIn: '/login',
  logInCode: '/login/two-factor',
  signUp: '/signup',
  switchPerson: '/login/switch',
  logOut: '/logout',
  logOutByToken: '/logout.php',
  checkpoint: '/checkpoint',
  confirm: '/confirm',
  setUp: '/setup',
  testUserLogIn: '/platform/test-users/log-in/',
  loginSuccess: '/connect/login_success.html',
  email: plainPaths.email,
  password: plainPaths.password,
  twoFactor: plainPaths.twoFactor,
  twoFactorBegin: '/settings/two-factor/begin',
  twoFactorConfirm: '/settings/two-factor/confirm',
  twoFactorChange: '/settings/two-factor/change',
  sessions: plainPaths.sessions,
  endSession: '/settings/sessions/end',
  endOtherSessions: '/settings/sessions/end-others',
  endAllSessions: '/settings/sessions/end-all',
  apps: plainPaths.apps,
  removeApp: '/settings/apps/remove',
  revokePermission: '/settings/apps/revoke',
  appPages: '/settings/apps/pages',
  deletions: plainPaths.deletions,
  secure: plainPaths.secure,
  newPage: plainPaths.newPage,
  forgot: '/forgot',
  reset: RESET_PATH,
  invitation: invitationPath,
  device: '/device',
  deviceConfirm: '/device/confirm',
  dashboardStart: '/console/start',
  dashboardSession: '/console/session',
  dashboardConfirm: '/console/confirm',
  dialogGoOn: '/dialog/oauth/continue',
  dialogLogIn: '/dialog/oauth/log-in',
  dialogCode: '/dialog/oauth/two-factor',
  dialogProve: '/dialog/oauth/reauthenticate',
  dialogConsent: '/dialog/oauth/confirm',
  dialogBusiness: '/dialog/oauth/business',
  dialogPages: '/dialog/oauth/pages',
  dialogAgain: '/dialog/oauth/again',
  dialogSwitch: '/dialog/oauth/switch',
} as const;

/** The pages that a log-in may lead to. */
const returnable: ReadonlySet<string> = new Set([
  paths.home,
  paths.explorer,
  paths.tokenDebugger,
  paths.tokenTool,
  paths.versionTool,
  paths.console,
  ...Object.values(plainPaths),
  paths.confirm,
  paths.checkpoint,
  paths.device,
  paths.invitation,
  paths.dialogGoOn,
]);

/** A page of the console about an app, a business, the settings of a person or the emulator. */
const consolePage = /^\/console\/(?:apps|business|emulator|settings)(?:\/[\w-]+)*$/;

/** The address of a dialog as apps have it; it asks for the log-in itself. */
const dialogPage = /^(?:\/v\d+\.\d+)?\/dialog\/oauth(?:\/(?:index\.php|continue)?)?$/;

/** True for a page that shows a log-in of its own to somebody who is not logged in. */
export const hasOwnLogIn = (next: string): boolean => dialogPage.test(next.split(/[?#]/, 1)[0] ?? '');

/** `next` of a log-in: a page of ours that is known, or the home page (threats DL-17). */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])[!-~]*$/.test(next) || next.includes('\\')) return paths.home;
  const path = next.split(/[?#]/, 1)[0] ?? '';
  return returnable.has(path) || consolePage.test(path) || dialogPage.test(path) ? next : paths.home;
}

/** The page on which the form of this path stands: the nearest one above it to which a log-in may lead. */
export function pageOfForm(action: string): string {
  for (let path = action; path !== ''; path = path.slice(0, path.lastIndexOf('/')))
    if (returnable.has(path)) return path;
  return paths.home;
}

export const goOn = (interaction: string): string =>
  `${paths.dialogGoOn}?interaction=${encodeURIComponent(interaction)}`;
