// These pages are the signed-in part: home, password, sessions, and the lock for when somebody else was in the account.
import { isId } from '@hallpass/protocol';
import { changePassword, type ChangePasswordProps, home, message, secureAccount, sessions } from '@hallpass/pages';
import { connectionsOf } from '../../consent/connections.ts';
import { startCheckpoint } from '../../people/lock.ts';
import { setPassword } from '../../people/new-password.ts';
import { newHash, passwordFault } from '../../people/passwords.ts';
import {
  endAllSessions,
  endOtherSessions,
  endSession,
  openSessions,
  renewSession,
  type SignedInPerson,
} from '../../people/sign-in/sessions.ts';
import { provePassword, stillProven } from '../../people/sign-in/sign-in.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import { change } from '../../liveness/change.ts';
import * as people from '../../store/people/people.ts';
import * as webSessions from '../../store/people/web-sessions.ts';
import { html, pageProps, redirect } from '../answers.ts';
import { type SiteRequest, setSession } from '../site-request.ts';
import { consoleShown } from '../console.ts';
import { accountProps, sessionForm, withDone } from '../forms.ts';
import { checkpointPath } from './checkpoint.ts';
import { paths } from '../paths.ts';

/** The first page of a browser. */
export async function startShown(ask: SiteRequest): Promise<HttpResponse> {
  const held = ask.signedIn && checkpointPath(ask.signedIn);
  if (held !== undefined) return redirect(ask, held);
  const { world } = ask.installation;
  if (!ask.signedIn && (await people.isEmpty(ask.installation.db.read)))
    return html(ask, message({ ...pageProps(ask), message: 'not_set_up' }));
  if (world.console) return consoleShown(ask);
  return ask.signedIn ? homeShown(ask, ask.signedIn) : redirect(ask, paths.logIn);
}

/** The number of other devices that are logged in, and of apps that hold tokens. */
async function reachOf(
  { installation }: SiteRequest,
  { person }: SignedInPerson,
): Promise<{ devices: number; apps: number }> {
  const sessions = await openSessions(installation, person.id);
  const apps = await connectionsOf(installation.db.read, person.id);
  return { devices: Math.max(0, sessions.length - 1), apps: apps.length };
}

export async function homeShown(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const { devices, apps } = await reachOf(ask, me);
  return html(ask, home({ ...accountProps(ask, me), apps, sessions: devices + 1 }));
}

export async function sessionsShown(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const rows = (await openSessions(ask.installation, me.person.id)).map((one) => ({
    id: one.id,
    current: one.id === me.session.id,
    userAgent: one.user_agent,
    ipPrefix: one.ip_prefix,
    createdAt: one.created_at,
    seenAt: one.seen_at,
  }));
  const props = { ...accountProps(ask, me), sessions: rows, now: ask.installation.world.clock.now() };
  const form = (action: string) => sessionForm(ask, me, action);
  return html(
    ask,
    sessions({
      ...props,
      end: form(paths.endSession),
      endOthers: form(paths.endOtherSessions),
      endAll: form(paths.endAllSessions),
      apps: (await reachOf(ask, me)).apps,
    }),
  );
}

export async function sessionEnded(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const sessionId = ask.form.values.get('session') ?? '';
  const session = isId(sessionId) ? await webSessions.byId(ask.installation.db.read, sessionId) : undefined;
  const own = session !== undefined && session.person_id === me.person.id && session.id !== me.session.id;
  const ended = own && (await change(ask.installation, (making) => endSession(ask.installation, making, session)));
  return redirect(ask, withDone(ask, me.session.hash, paths.sessions, ended ? 'session_ended' : 'nothing_changed'));
}

export async function otherSessionsEnded(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const ended = await change(ask.installation, (making) => endOtherSessions(ask.installation, making, me.session));
  return redirect(
    ask,
    withDone(ask, me.session.hash, paths.sessions, ended > 0 ? 'sessions_ended' : 'nothing_changed'),
  );
}

export async function allSessionsEnded(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  await change(ask.installation, (making) => endAllSessions(ask.installation, making, me.person.id));
  setSession(ask, undefined);
  return html(ask, message({ ...pageProps(ask), message: 'signed_out', logIn: paths.logIn }));
}

export async function passwordShown(
  ask: SiteRequest,
  me: SignedInPerson,
  errors?: ChangePasswordProps['errors'],
): Promise<HttpResponse> {
  const form = sessionForm(ask, me, paths.password);
  return html(ask, changePassword({ ...accountProps(ask, me), form, reach: await reachOf(ask, me), errors }));
}

export async function passwordSent(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const { installation, visitor, form } = ask;
  const [password, wanted] = [form.values.get('password') ?? '', form.values.get('new_password') ?? ''];
  const fault = passwordFault(wanted);
  if (password === '' || fault)
    return passwordShown(ask, me, { password: password === '' ? 'missing' : undefined, new_password: fault });
  const proven = await provePassword(installation, {
    who: { person: me.person },
    password,
    device: visitor.device,
    ipPrefix: visitor.ipPrefix,
  });
  if (!proven) return passwordShown(ask, me, { password: 'wrong' });
  if (password.normalize('NFKC') === wanted.normalize('NFKC'))
    return passwordShown(ask, me, { new_password: 'same_as_before' });
  const hash = await newHash(installation, wanted);
  const renewed = await change(installation, async (making) => {
    if (!(await stillProven(making, proven))) return undefined;
    await setPassword(installation, making, me.person.id, hash, { kind: 'person', id: me.person.id }, me.session.id);
    return renewSession(installation, making, me.session);
  });
  // Another session was quicker: what was the password is none any more.
  if (!renewed) return passwordShown(ask, me, { password: 'wrong' });
  const { cookie, session } = renewed;
  setSession(ask, { cookie });
  return redirect(ask, withDone(ask, session.hash, paths.password, 'password_changed'));
}

export async function secureShown(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const form = sessionForm(ask, me, paths.secure);
  return html(ask, secureAccount({ ...accountProps(ask, me), form, reach: await reachOf(ask, me) }));
}

export async function secureSent(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  await startCheckpoint(ask.installation, me.person.id, { kind: 'person', id: me.person.id }, 'asked');
  setSession(ask, undefined);
  return html(ask, message({ ...pageProps(ask), message: 'account_secured', logIn: paths.logIn }));
}
