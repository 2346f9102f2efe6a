// This is the one place where the page gets another session: memory, cookies and the other tabs follow each other here.
import { textIn, type WireAnswer } from './auth-response.ts';
import { forgetSignedRequest, keepSignedRequest, noteLoggedOut } from '../page/cookies.ts';
import { authResponse, learnedAt, type Session, setSession } from './session.ts';
import { settings } from '../page/settings.ts';
import { listenToTabs, tellTabs } from '../page/tabs.ts';

export const nobody: Session = { status: 'unknown', authResponse: null };

/** The domain that cookies of the page are for: one that the page is below. Anything else counts as none. */
function domainOf(answer: WireAnswer | undefined): string {
  const domain = answer === undefined ? undefined : textIn(answer, 'base_domain');
  return domain?.startsWith('.') && `.${location.hostname}`.endsWith(domain) ? domain : '';
}

/** @param answer what the server sent about it */
export function become(session: Session, answer?: WireAnswer): void {
  const at = Date.now();
  const auth = session.authResponse;
  const before = authResponse();
  if (auth) keepSignedRequest(auth.signedRequest, auth.expiresIn, domainOf(answer));
  else forgetSignedRequest();
  keepLongLived(answer, session);
  setSession(session, at);
  // A tab that finds nobody may only be one whose cookies are blocked: it ends no session of another.
  if (auth || before) tellTabs({ session, at });
}

/** The person logged out, or said no: nobody is asked again by itself. */
export function becomeNobody(): void {
  noteLoggedOut();
  become(nobody);
}

/** Another tab may learn something later than this one: it counts here too. */
export function followTabs(appId: string): void {
  listenToTabs(appId, ({ session, at }) => {
    if (at > learnedAt()) setSession(session, at);
  });
}

/** True while `token` is the one of the session: an answer about another token says nothing about the person. */
export const isOfSession = (token: string | undefined): boolean =>
  token !== undefined && authResponse()?.accessToken === token;

const storedName = (): string => `fblst_${settings()?.appId ?? ''}`;

/** The long-lived token that was kept here. Apps have to switch it on, and pages can refuse it. */
export function longLivedToken(): string {
  try {
    return (settings()?.localStorage && localStorage.getItem(storedName())) || '';
  } catch {
    return '';
  }
}

function keepLongLived(answer: WireAnswer | undefined, { authResponse: auth }: Session): void {
  const token = answer === undefined ? undefined : textIn(answer, 'long_lived_token');
  try {
    if (!auth) localStorage.removeItem(storedName());
    else if (token !== undefined && settings()?.localStorage) localStorage.setItem(storedName(), token);
  } catch {
    // A browser that stores nothing for this page asks the person again.
  }
}
