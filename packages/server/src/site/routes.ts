// Every page and every form, as one table. Whatever changes something is a POST, and each of them names whose token its form
// carries: there is no other way in (threats WP-03).
import type { SignedIn } from '../accounts/sessions.ts';
import type { Answer } from '../http/answer.ts';
import type { Ask } from './ask.ts';
import { appRemoved, appsShown, permissionRevoked } from './connected-apps.ts';
import { dialogContinued, dialogOpened } from './dialog.ts';
import { againSent, consentSent, dialogLogInSent, pagesSent, proofSent, switchSent } from './dialog-forms.ts';
import { healthShown, iconSent, loginSuccessShown, pictureSent, readinessShown, robotsSent, stylesheetSent } from './files.ts';
import { confirmSent, heldShown, unlockSent } from './held.ts';
import { logInSent, logInShown, logOutByToken, logOutSent } from './log-in.ts';
import { paths } from './paths.ts';
import { setUpSent, setUpShown } from './set-up.ts';
import {
  allSessionsEnded, homeShown, otherSessionsEnded, passwordSent, passwordShown, secureSent, secureShown, sessionEnded, sessionsShown,
} from './settings.ts';
import { signUpSent, signUpShown } from './sign-up.ts';
import { testUserLinkOpened } from './test-user-link.ts';

type Maybe<T> = T | Promise<T>;

interface Common {
  /** A pattern of hono's router. */
  path: string;
}

/** Shows something; changes nothing but by links that work once. */
export interface Shown extends Common {
  method: 'GET';
  answer(ask: Ask): Maybe<Answer>;
}

/** Only for whoever is logged in; others are led to the log-in and back. */
export interface ShownToMe extends Common {
  method: 'GET';
  mine(ask: Ask, me: SignedIn): Maybe<Answer>;
  /** Also for accounts that are locked or not confirmed. */
  held?: true;
}

/** A form. */
export interface Sent extends Common {
  method: 'POST';
  /** Whose token the form carries: the browser's before a log-in, the session's after it. */
  holder: 'browser' | 'session';
  /** Fields that may come more than once. */
  lists?: readonly string[];
  answer(ask: Ask): Maybe<Answer>;
}

export interface SentByMe extends Common {
  method: 'POST';
  holder: 'session';
  mine(ask: Ask, me: SignedIn): Maybe<Answer>;
  held?: true;
}

export type Route = Shown | ShownToMe | Sent | SentByMe;

const get = (path: string, answer: Shown['answer']): Shown => ({ method: 'GET', path, answer });
const mine = (path: string, answer: ShownToMe['mine']): ShownToMe => ({ method: 'GET', path, mine: answer });
const post = (path: string, holder: Sent['holder'], answer: Sent['answer'], lists: readonly string[] = []): Sent => ({ method: 'POST', path, holder, answer, lists });
const act = (path: string, answer: SentByMe['mine']): SentByMe => ({ method: 'POST', path, holder: 'session', mine: answer });

/** The addresses that apps send people to: with and without a version, with and without a final slash. */
const dialogPaths = ['', '/:version{v[0-9]+\\.[0-9]+}'].flatMap((version) => ['', '/', '/index.php'].map((end) => `${version}/dialog/oauth${end}`));

export const routes: readonly Route[] = [
  ...dialogPaths.map((path) => get(path, dialogOpened)),
  get(paths.dialogGoOn, dialogContinued),
  post(paths.dialogLogIn, 'browser', dialogLogInSent),
  post(paths.dialogProve, 'session', proofSent),
  post(paths.dialogConsent, 'session', consentSent, ['permissions']),
  post(paths.dialogPages, 'session', pagesSent, ['pages']),
  post(paths.dialogAgain, 'session', againSent),
  post(paths.dialogSwitch, 'session', switchSent),

  mine(paths.home, homeShown),
  get(paths.logIn, (ask) => logInShown(ask)),
  post(paths.logIn, 'browser', logInSent),
  get(paths.signUp, (ask) => signUpShown(ask)),
  post(paths.signUp, 'browser', signUpSent),
  post(paths.logOut, 'session', logOutSent),
  get(paths.logOutByToken, logOutByToken),
  get(paths.setUp, (ask) => setUpShown(ask)),
  post(paths.setUp, 'browser', setUpSent),
  get(paths.testUserLogIn, testUserLinkOpened),

  { ...mine(paths.checkpoint, heldShown), held: true },
  { ...act(paths.checkpoint, unlockSent), held: true },
  { ...mine(paths.confirm, heldShown), held: true },
  { ...act(paths.confirm, confirmSent), held: true },

  mine(paths.password, passwordShown),
  act(paths.password, passwordSent),
  mine(paths.sessions, sessionsShown),
  act(paths.endSession, sessionEnded),
  act(paths.endOtherSessions, otherSessionsEnded),
  act(paths.endAllSessions, allSessionsEnded),
  mine(paths.apps, appsShown),
  act(paths.removeApp, appRemoved),
  act(paths.revokePermission, permissionRevoked),
  mine(paths.secure, secureShown),
  act(paths.secure, secureSent),

  get(paths.loginSuccess, loginSuccessShown),
  get('/_/pages.css', stylesheetSent),
  get('/_/health', healthShown),
  get('/_/ready', readinessShown),
  get('/platform/picture/:name{[A-Za-z0-9_%.-]{1,200}\\.svg}', pictureSent),
  get('/robots.txt', robotsSent),
  get('/favicon.ico', iconSent),
];
