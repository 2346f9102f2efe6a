// These are the pages of log-in on a device: typing the code, looking at what it asks, saying yes or no. Opening an
// address changes nothing: the code that came with a link has to be sent by the person (threats WP-12).
import * as views from '@hallpass/pages';
import { isAboutPages, type Permission } from '@hallpass/protocol';
import { readUserCode, waitingCode } from '../../codes/device-codes.ts';
import { mayTryUserCode, userCodeMissed, userCodeWasRight } from '../../codes/device-guessing.ts';
import type { PagesChosen } from '../../consent/page-choice.ts';
import type { SignedInPerson } from '../../people/sign-in/sessions.ts';
import { asksForCode, proveAgain } from '../../people/sign-in/sign-in.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import {
  approveDevice,
  claimDevice,
  denyDevice,
  deviceVisit,
  type DeviceVisit,
  needsPassword,
} from '../../login/device-consent.ts';
import { chosenBefore, pagesToChoose } from '../../login/steps/pages.ts';
import * as apps from '../../store/apps/apps.ts';
import * as people from '../../store/people/people.ts';
import { html, pageProps, redirect } from '../answers.ts';
import { type SiteRequest, queryOf, setSession } from '../site-request.ts';
import { appIdentity, pageChoice } from './dialog-views.ts';
import { filledIn, meansAllPages, otherPerson, sessionForm } from '../forms.ts';
import { ticksKept, withTicks } from '../ticks.ts';
import { keptChoices } from '../typed-text.ts';
import { checkpointPath } from '../account/checkpoint.ts';
import { leadingTo } from '../account/purpose.ts';
import { paths } from '../paths.ts';
import type { AppId } from '../../store/ids.ts';

const LONGEST_TYPED = 40;
const WAIT = 900;

const withCode = (path: string, code: string): string =>
  code === '' ? path : `${path}?user_code=${encodeURIComponent(code)}`;

/** GET: for whoever is logged in; others log in first, and come back with their code. */
export function deviceShown(ask: SiteRequest): HttpResponse {
  const code = (queryOf(ask).get('user_code') ?? '').slice(0, LONGEST_TYPED);
  const me = ask.signedIn;
  if (!me) return redirect(ask, leadingTo(paths.logIn, withCode(paths.device, code)), 302);
  const held = checkpointPath(me);
  if (held !== undefined) return redirect(ask, held, 302);
  const typed = filledIn(ask, me, paths.device, views.deviceCodeLabels).values.user_code ?? '';
  return codeForm(ask, me, code === '' ? typed : code);
}

function codeForm(ask: SiteRequest, me: SignedInPerson, code: string, error?: views.DeviceCodeError): HttpResponse {
  const next = error ? paths.device : withCode(paths.device, code);
  const forms = { form: sessionForm(ask, me, paths.device), ...otherPerson(ask, me, next) };
  return html(ask, views.deviceCode({ ...pageProps(ask), ...forms, code: code || undefined, error }), {
    status: error ? 400 : 200,
  });
}

/**
 * The code, typed or confirmed: bound to this session from now on. Unknown, used, expired and taken codes look alike.
 */
export async function deviceCodeSent(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const { installation } = ask;
  const typed = (ask.form.values.get('user_code') ?? '').slice(0, LONGEST_TYPED);
  if (typed.trim() === '') return codeForm(ask, me, '', 'missing');
  const guesser = { session: me.session.id, ipPrefix: ask.visitor.ipPrefix };
  if (!(await mayTryUserCode(installation, guesser)))
    return html(ask, views.tooManyRequests({ ...pageProps(ask), retryAfter: WAIT }), {
      status: 429,
      headers: { 'retry-after': String(WAIT) },
    });
  const code = readUserCode(typed);
  const row = code === undefined ? undefined : await waitingCode(installation, code);
  const visit = row && (await deviceVisit(installation, me, row));
  if (code === undefined || !visit || !(await claimDevice(installation, me, visit))) {
    await userCodeMissed(installation);
    return codeForm(ask, me, typed, 'not_valid');
  }
  await userCodeWasRight(installation, guesser);
  return redirect(ask, withCode(paths.deviceConfirm, code));
}

/** A code that this very session typed, and that is still to be decided on. */
async function claimed(
  ask: SiteRequest,
  me: SignedInPerson,
  typed: string,
): Promise<{ code: string; visit: DeviceVisit } | undefined> {
  const code = readUserCode(typed);
  const row = code === undefined ? undefined : await waitingCode(ask.installation, code);
  if (code === undefined || row?.session_id !== me.session.id) return undefined;
  const visit = await deviceVisit(ask.installation, me, row);
  return visit && { code, visit };
}

export async function deviceConfirmShown(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const found = await claimed(ask, me, queryOf(ask).get('user_code') ?? '');
  return found ? confirmForm(ask, me, found) : codeForm(ask, me, '', 'not_valid');
}

/** The form names what it shows, and the token of the form seals it to the session. */
const aboutOf = (code: string, { wanted }: DeviceVisit): string => `${code}:${wanted.ask.join(',')}`;

async function confirmForm(
  ask: SiteRequest,
  me: SignedInPerson,
  { code, visit }: { code: string; visit: DeviceVisit },
  error?: views.DeviceConfirmError,
): Promise<HttpResponse> {
  const { installation } = ask;
  const { app, request, row, wanted, grant } = visit;
  const now = installation.world.clock.now();
  const pages = wanted.ask.some(isAboutPages) ? await pagesToChoose(installation, me.person.id, grant) : undefined;
  const kept = keptChoices(ask, paths.deviceConfirm, me.person.id)?.permissions;
  const ticks = ticksKept(ask, me, paths.deviceConfirm);
  const rows = pages?.map(pageChoice);
  const body = views.deviceConfirm({
    ...pageProps(ask),
    form: sessionForm(ask, me, paths.deviceConfirm, aboutOf(code, visit)),
    app: { ...appIdentity(app), owner: await ownerOf(ask, app.id) },
    ...otherPerson(ask, me, withCode(paths.device, code)),
    asked: wanted.ask.map((name) => ({
      name,
      expiredBefore: grant?.permissions[name]?.status === 'expired',
      leftOut: kept && !kept.includes(name),
    })),
    granted: wanted.granted,
    pages: rows && ticks ? withTicks(rows, ticks) : rows,
    allPages: ticks?.all ?? chosenBefore(grant) === 'all',
    request: { at: row.created_at, ipPrefix: request.ipPrefix, device: request.device },
    now,
    code,
    password: needsPassword(visit, me, now),
    secondFactor: await asksForCode(installation, me),
    error,
  });
  return html(ask, body, { status: error ? 400 : 200 });
}

/** The page for the code that a form of these pages was about, where its session has ended. */
export const deviceAgain = ({ form }: SiteRequest): string =>
  withCode(paths.device, (form.values.get('interaction') ?? '').split(':', 1)[0] ?? '');

/** The name of the person who answers for the app: its first administrator. */
async function ownerOf({ installation }: SiteRequest, appId: AppId): Promise<string | null> {
  const first = (await apps.roles(installation.db.read, appId)).find(({ role }) => role === 'administrators');
  return first ? ((await people.byId(installation.db.read, first.personId))?.name ?? null) : null;
}

/** Yes or no. A second decision, a code of another session and one that ran out meanwhile are refused alike. */
export async function deviceDecided(ask: SiteRequest, signedIn: SignedInPerson): Promise<HttpResponse> {
  const { installation, form } = ask;
  const [code = '', names = ''] = (form.values.get('interaction') ?? '').split(':');
  const found = await claimed(ask, signedIn, code);
  if (!found) return codeForm(ask, signedIn, '', 'not_valid');
  const { visit } = found;
  const done = (outcome: 'approved' | 'denied') =>
    html(ask, views.deviceDone({ ...pageProps(ask), outcome, app: appIdentity(visit.app), apps: paths.apps }));
  if (form.values.get('decision') !== 'continue')
    return (await denyDevice(installation, signedIn, visit))
      ? done('denied')
      : codeForm(ask, signedIn, '', 'not_valid');
  if (form.values.get('started') !== 'yes') return confirmForm(ask, signedIn, found, 'not_started');
  const shown = names.split(',').filter(Boolean);
  if (visit.wanted.ask.some((name) => !shown.includes(name))) return confirmForm(ask, signedIn, found);
  const agreed = visit.wanted.ask.filter((name) => name === 'public_profile' || form.all('permissions').includes(name));
  const pages = await pagesTicked(ask, signedIn, visit, agreed);
  if (pages === 'none') return confirmForm(ask, signedIn, found, 'no_page');
  if (needsPassword(visit, signedIn, installation.world.clock.now())) {
    const password = form.values.get('password') ?? '';
    if (password === '') return confirmForm(ask, signedIn, found, 'password_missing');
    const proven = await proveAgain(installation, signedIn, {
      ...ask.visitor,
      password,
      code: form.values.get('code') ?? '',
    });
    if (proven.wrong) return confirmForm(ask, signedIn, found, `${proven.wrong}_wrong`);
    setSession(ask, proven);
  }
  const approved = await approveDevice(installation, signedIn, visit, { shown, agreed, pages });
  return approved ? done('approved') : redirect(ask, withCode(paths.deviceConfirm, found.code));
}

/** All Pages, or those that were ticked of those that were shown; `none` where there are some and none is ticked. */
async function pagesTicked(
  ask: SiteRequest,
  me: SignedInPerson,
  { grant }: DeviceVisit,
  agreed: readonly Permission[],
): Promise<PagesChosen | 'none' | undefined> {
  if (!agreed.some(isAboutPages)) return undefined;
  if (meansAllPages(ask)) return 'all';
  const listed: readonly string[] = (await pagesToChoose(ask.installation, me.person.id, grant)).map(
    ({ page }) => page.id,
  );
  const ticked = [...new Set(ask.form.all('pages'))].filter((id) => listed.includes(id));
  return listed.length > 0 && ticked.length === 0 ? 'none' : ticked;
}
