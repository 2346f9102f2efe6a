// The addresses of pages and of the forms on them, each written once.
import type { AccountPaths } from '@hallpass/pages';

export const paths = {
  home: '/',
  logIn: '/login',
  signUp: '/signup',
  logOut: '/logout',
  logOutByToken: '/logout.php',
  checkpoint: '/checkpoint',
  confirm: '/confirm',
  setUp: '/setup',
  testUserLogIn: '/platform/test-users/log-in/',
  loginSuccess: '/connect/login_success.html',
  password: '/settings/password',
  sessions: '/settings/sessions',
  endSession: '/settings/sessions/end',
  endOtherSessions: '/settings/sessions/end-others',
  endAllSessions: '/settings/sessions/end-all',
  apps: '/settings/apps',
  removeApp: '/settings/apps/remove',
  revokePermission: '/settings/apps/revoke',
  secure: '/settings/secure',
  device: '/device',
  deviceConfirm: '/device/confirm',
  deviceSwitch: '/device/switch',
  dashboardSession: '/console/session',
  dashboardConfirm: '/console/confirm',
  dialogGoOn: '/dialog/oauth/continue',
  dialogLogIn: '/dialog/oauth/log-in',
  dialogProve: '/dialog/oauth/reauthenticate',
  dialogConsent: '/dialog/oauth/confirm',
  dialogBusiness: '/dialog/oauth/business',
  dialogPages: '/dialog/oauth/pages',
  dialogAgain: '/dialog/oauth/again',
  dialogSwitch: '/dialog/oauth/switch',
} as const;

export const accountPaths: AccountPaths = {
  home: paths.home,
  apps: paths.apps,
  sessions: paths.sessions,
  password: paths.password,
  secure: paths.secure,
};

/** Where a log-in may lead to. */
const returnable: ReadonlySet<string> = new Set([
  paths.home,
  paths.password,
  paths.sessions,
  paths.apps,
  paths.secure,
  paths.confirm,
  paths.checkpoint,
  paths.device,
  paths.dialogGoOn,
]);

/** `next` of a log-in: a page of ours that is known, or the home page (threats DL-17). */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !/^\/(?![/\\])[!-~]*$/.test(next) || next.includes('\\')) return paths.home;
  return returnable.has(next.split(/[?#]/, 1)[0] ?? '') ? next : paths.home;
}

export const goOn = (interaction: string): string => `${paths.dialogGoOn}?interaction=${interaction}`;
