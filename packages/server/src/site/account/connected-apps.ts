// These pages are about apps and websites: what each may do for the person, and how to take it back.
import { apps as appsView, type ConnectedApp, deletions, type DoneKey } from '@hallpass/pages';
import { alwaysGranted, isPermission } from '@hallpass/protocol';
import { connectionsOf } from '../../consent/connections.ts';
import { deletionRequestsOf } from '../../consent/deletion-requests.ts';
import { choosePages } from '../../consent/page-choice.ts';
import { removeApp, revokePermission } from '../../consent/remove-app.ts';
import { requestDataDeletion } from '../../callbacks/notify-app.ts';
import type { SignedInPerson } from '../../people/sign-in/sessions.ts';
import type { HttpResponse } from '../../wire/answer.ts';
import { change } from '../../liveness/change.ts';
import { chosenBefore, pagesToChoose } from '../../login/steps/pages.ts';
import * as grants from '../../store/grants/grants.ts';
import * as pages from '../../store/pages/pages.ts';
import { html, redirect } from '../answers.ts';
import { type SiteRequest, idOf, queryOf } from '../site-request.ts';
import { appIdentity, pageChoice } from '../dialog/dialog-views.ts';
import { accountProps, meansAllPages, sessionForm, withDone } from '../forms.ts';
import { paths } from '../paths.ts';
import { type SentTicks, sentTicks, ticksKept, withTicks } from '../ticks.ts';
import { keptChoices } from '../typed-text.ts';
import { AppId, pageIdsIn } from '../../store/ids.ts';

export const appsShown = (ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> =>
  listOfApps(ask, me, queryOf(ask).get('open'));

/** @param ticks those of the open app, where its form changes its list */
async function listOfApps(
  ask: SiteRequest,
  me: SignedInPerson,
  open: string | undefined,
  ticks?: SentTicks,
): Promise<HttpResponse> {
  const rows = await connectionsOf(ask.installation.db.read, me.person.id);
  const list = listShown(rows, queryOf(ask).get('list'), open);
  const shown = rows.slice(list * APPS_SHOWN, (list + 1) * APPS_SHOWN);
  const { length } = await ask.installation.facts.pagesOf(me.person.id);
  const kept = open === undefined ? undefined : choicesKept(ask, me, open);
  const everyChoice = shown.length * length <= CHOICES_SHOWN;
  const connected = await Promise.all(
    shown.map((grant) => {
      const isOpen = grant.appId === open;
      return connectedApp(ask, grant, everyChoice || isOpen, isOpen ? (ticks ?? kept?.ticks) : undefined);
    }),
  );
  const props = {
    ...accountProps(ask, me),
    apps: connected.flatMap((one) => one ?? []),
    now: ask.installation.world.clock.now(),
  };
  return html(
    ask,
    appsView({
      ...props,
      revoke: sessionForm(ask, me, paths.revokePermission),
      choosePages: sessionForm(ask, me, paths.appPages),
      remove: sessionForm(ask, me, paths.removeApp),
      open,
      ...(kept?.deletesData === undefined ? {} : { removing: { deletesData: kept.deletesData } }),
      earlier: list > 0 ? `${paths.apps}?list=${list - 1}` : undefined,
      later: (list + 1) * APPS_SHOWN < rows.length ? `${paths.apps}?list=${list + 1}` : undefined,
    }),
  );
}

/** The page of the apps with the one open that a form was about, where its session has ended. */
export function appAgain({ form }: SiteRequest): string {
  const id = form.values.get('app') ?? '';
  return /^\d{1,19}$/.test(id) ? `${paths.apps}?open=${id}` : paths.apps;
}

/** Finds the ticks of the forms about the open app, as they were when the session ended under them. */
function choicesKept(
  ask: SiteRequest,
  me: SignedInPerson,
  open: string,
): { ticks?: SentTicks | undefined; deletesData?: boolean } {
  const about = (action: string) => {
    const kept = keptChoices(ask, action, me.person.id);
    return kept?.app?.[0] === open ? kept : undefined;
  };
  const removal = about(paths.removeApp);
  return {
    ...(about(paths.appPages) ? { ticks: ticksKept(ask, me, paths.appPages) } : {}),
    ...(removal ? { deletesData: removal.delete_data?.includes('1') === true } : {}),
  };
}

/** Shows what the person asked apps to delete, and what became of it. */
export async function deletionsShown(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const requests = (await deletionRequestsOf(ask.installation, me.person.id)).map(({ app, ...request }) => ({
    app: appIdentity(app),
    ...request,
  }));
  return html(ask, deletions({ ...accountProps(ask, me), requests }));
}

/** One page shows so many apps, in lists that are numbered from 0. */
const APPS_SHOWN = 50;
/** One page shows so many rows of Pages to be ticked, of all apps together; beyond, those of the open app alone. */
const CHOICES_SHOWN = 500;
/** A permission that is limited to Pages names so many of them. */
const NAMES_SHOWN = 10;

/** The number of the list that was asked for, or that has the app which is to be open. */
function listShown(given: readonly grants.Grant[], asked: string | undefined, open: string | undefined): number {
  const last = Math.max(0, Math.ceil(given.length / APPS_SHOWN) - 1);
  if (asked !== undefined && /^\d{1,6}$/.test(asked)) return Math.min(last, Number(asked));
  const at = given.findIndex(({ appId }) => appId === open);
  return at < 0 ? 0 : Math.floor(at / APPS_SHOWN);
}

/**
 * The Pages that can be chosen for an app by what was given at a log-in; undefined where no permission about Pages is
 * among it.
 */
async function choiceOf(
  { installation }: SiteRequest,
  grant: grants.Grant,
  ticks: SentTicks | undefined,
): Promise<ConnectedApp['choice']> {
  const full = await installation.facts.grant(grant.appId, grant.personId);
  const chosen = chosenBefore(full);
  if (chosen === undefined) return undefined;
  const rows = (await pagesToChoose(installation, grant.personId, full)).map(pageChoice);
  return ticks
    ? { pages: withTicks(rows, ticks), all: ticks.all, list: ticks.list }
    : { pages: rows, all: chosen === 'all' };
}

/** Finds the page on which the Pages of an app can be chosen; undefined where there is nothing to choose. */
async function choiceAddress({ installation }: SiteRequest, grant: grants.Grant): Promise<string | undefined> {
  const full = await installation.facts.grant(grant.appId, grant.personId);
  return chosenBefore(full) === undefined ? undefined : `${paths.apps}?open=${grant.appId}`;
}

/** @param withChoice whether the Pages can be ticked on this page; a link leads to them otherwise */
async function connectedApp(
  ask: SiteRequest,
  grant: grants.Grant,
  withChoice: boolean,
  ticks: SentTicks | undefined,
): Promise<ConnectedApp | undefined> {
  const { installation } = ask;
  const app = await installation.facts.app(grant.appId);
  if (!app) return undefined;
  const named = Object.values(grant.permissions).flatMap((permit) => permit.targets?.slice(0, NAMES_SHOWN) ?? []);
  const found = await pages.byIds(installation.db.read, pageIdsIn(named));
  const nameOf = new Map<string, string>(found.map((page) => [page.id, page.name]));
  const permissions = Object.entries(grant.permissions).flatMap(([name, permit]) => {
    if (permit.status !== 'granted' || !isPermission(name)) return [];
    const revocable = name !== alwaysGranted;
    if (permit.targets === undefined) return [{ name, revocable }];
    const on = permit.targets.slice(0, NAMES_SHOWN).flatMap((id) => nameOf.get(id) ?? []);
    return [{ name, revocable, pages: on, morePages: Math.max(0, permit.targets.length - NAMES_SHOWN) }];
  });
  return {
    app: appIdentity(app),
    connectedAt: grant.createdAt,
    permissions,
    ...(withChoice ? { choice: await choiceOf(ask, grant, ticks) } : { choiceAt: await choiceAddress(ask, grant) }),
    dataAccessUntil: grant.dataAccessUntil,
  };
}

export async function appRemoved(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const appId = idOf(ask, AppId, 'app');
  const pair = { appId, personId: me.person.id };
  const now = ask.installation.world.clock.now();
  const deletes = ask.form.values.get('delete_data') === '1';
  const removed = await change(ask.installation, async (making) => {
    if (!(await removeApp(making, { ...pair, by: { kind: 'person', id: me.person.id }, now }))) return false;
    if (deletes) await requestDataDeletion(making, pair);
    return true;
  });
  const next = removed && deletes ? paths.deletions : paths.apps;
  return redirect(ask, withDone(ask, me.session.hash, next, removed ? 'app_removed' : 'nothing_changed'));
}

/** Takes the choice of Pages that the app may use from now on; none, where nothing is ticked. */
export async function appPagesChosen(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const appId = idOf(ask, AppId, 'app');
  const ticks = sentTicks(ask);
  if (ticks) return listOfApps(ask, me, appId, ticks);
  const pages = meansAllPages(ask) ? 'all' : [...new Set(ask.form.all('pages'))];
  const now = ask.installation.world.clock.now();
  const done = await change(ask.installation, (making) =>
    choosePages(making, { appId, personId: me.person.id, pages, now }),
  );
  return redirect(ask, backTo(ask, me, appId, done ? 'pages_chosen' : 'nothing_changed'));
}

/** The list, with one app open. */
function backTo(ask: SiteRequest, me: SignedInPerson, appId: AppId, done: DoneKey): string {
  const back = withDone(ask, me.session.hash, paths.apps, done);
  return /^\d{1,19}$/.test(appId) ? `${back}&open=${appId}` : back;
}

export async function permissionRevoked(ask: SiteRequest, me: SignedInPerson): Promise<HttpResponse> {
  const { values } = ask.form;
  const [appId, permission] = [idOf(ask, AppId, 'app'), values.get('permission') ?? ''];
  const removal = {
    appId,
    personId: me.person.id,
    by: { kind: 'person' as const, id: me.person.id },
    permission,
    now: ask.installation.world.clock.now(),
  };
  const revoked =
    permission !== alwaysGranted && (await change(ask.installation, (making) => revokePermission(making, removal)));
  return redirect(ask, backTo(ask, me, appId, revoked ? 'permission_revoked' : 'nothing_changed'));
}
