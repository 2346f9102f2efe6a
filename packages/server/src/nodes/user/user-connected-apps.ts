// Apps and websites, as a person has them in the settings: what each may do, taking it back, and giving it anew. Ours: the
// real settings have it without a call. Words and filters: the help pages on Apps and websites.
import { all, alwaysGranted, dashboard, graphError, isPermission, self } from '@hallpass/protocol';
import { requestDataDeletion } from '../../callbacks/notify-app.ts';
import { connectionsOf, removedApps } from '../../consent/connections.ts';
import { choosePages } from '../../consent/page-choice.ts';
import { removeApp, revokePermission } from '../../consent/remove-app.ts';
import { renewAccess } from '../../consent/renew-access.ts';
import { changeIn, type Context } from '../../graph/language/context.ts';
import { param } from '../../graph/language/params.ts';
import { type Edge, edge, listEdge } from '../../graph/language/schema.ts';
import { paginate } from '../../graph/rendering/cursors.ts';
import { isOver } from '../../liveness/permissions.ts';
import { chosenBefore } from '../../login/steps/pages.ts';
import type { Grant } from '../../store/grants/grants.ts';
import * as pages from '../../store/pages/pages.ts';
import type { Person } from '../../store/people/people.ts';
import { isoMoment } from '../shared/moment.ts';
import { AppId, pageIdsIn } from '../../store/ids.ts';

const oneself = all(dashboard, self);
const app_id = param.idOf(AppId, 'The app.', { required: true });

/** The number of Pages that are named which a permission is limited to. */
const NAMES_SHOWN = 10;

interface GivenPermission {
  permission: string;
  /** The first Pages that it is for; absent where it is for all. */
  pages?: { id: string; name: string }[];
  /** The number of further ones. */
  more_pages?: number;
}

interface ConnectedApp {
  id: string;
  name: string;
  status: 'active' | 'expired' | 'removed';
  permissions?: GivenPermission[];
  /** Says which Pages were chosen; absent where no permission about Pages is granted. */
  page_choice?: 'all' | 'some';
  connected_time?: string;
  /** Epoch seconds; 0 for no end. */
  data_access_expires_at?: number;
  removed_time?: string;
}

async function connected(context: Context, grant: Grant): Promise<ConnectedApp | undefined> {
  const { installation, now } = context;
  const app = await installation.facts.app(grant.appId);
  if (app?.status !== 'active') return undefined;
  const choice = chosenBefore(await installation.facts.grant(grant.appId, grant.personId));
  return {
    id: app.id,
    name: app.name,
    status: isOver(grant, now) ? 'expired' : 'active',
    permissions: await permissionsOf(context, grant),
    ...(choice === undefined ? {} : { page_choice: choice === 'all' ? 'all' : 'some' }),
    connected_time: isoMoment(grant.createdAt),
    data_access_expires_at: grant.dataAccessUntil,
  };
}

async function permissionsOf({ q }: Context, { permissions }: Grant): Promise<GivenPermission[]> {
  const granted = Object.entries(permissions).filter(
    ([name, { status }]) => status === 'granted' && isPermission(name),
  );
  const ids = granted.flatMap(([, { targets }]) => targets?.slice(0, NAMES_SHOWN) ?? []);
  const found = await pages.byIds(q, pageIdsIn(ids));
  const nameOf = new Map<string, string>(found.map(({ id, name }) => [id, name]));
  return granted.map(([permission, { targets }]) => {
    if (targets === undefined) return { permission };
    const named = targets.slice(0, NAMES_SHOWN).flatMap((id) => {
      const name = nameOf.get(id);
      return name === undefined ? [] : [{ id, name }];
    });
    return { permission, pages: named, more_pages: Math.max(0, targets.length - NAMES_SHOWN) };
  });
}

async function removed(
  { installation }: Context,
  { appId, removedAt }: { appId: AppId; removedAt: number },
): Promise<ConnectedApp | undefined> {
  const app = await installation.facts.app(appId);
  return app ? { id: app.id, name: app.name, status: 'removed', removed_time: isoMoment(removedAt) } : undefined;
}

const aboutApp = ({ now }: Context, person: Person, appId: AppId) => ({
  appId,
  personId: person.id,
  by: { kind: 'person' as const, id: person.id },
  now,
});

const position = ({ id }: { id: string }): string => id;

export const userConnectedApps: Edge<Person>[] = [
  listEdge('connected_apps', {
    doc: 'The apps that the person allowed something: active ones, those whose access to data has ended, or those that were removed.',
    source: 'ours',
    needs: oneself,
    params: { status: param.text('Only these; active ones without it.', { oneOf: ['active', 'expired', 'removed'] }) },
    async run(context, person: Person, { status = 'active' }, at) {
      if (status === 'removed') {
        const part = paginate(await removedApps(context.q, person.id), ({ appId }) => appId, at);
        const rows = await Promise.all(part.rows.map((one) => removed(context, one)));
        return { ...part, position, rows: rows.filter((one) => one !== undefined) };
      }
      const wanted = (await connectionsOf(context.q, person.id)).filter(
        (grant) => isOver(grant, context.now) === (status === 'expired'),
      );
      const part = paginate(wanted, ({ appId }) => appId, at);
      const rows = await Promise.all(part.rows.map((grant) => connected(context, grant)));
      return { ...part, position, rows: rows.filter((one) => one !== undefined) };
    },
  }),
  edge('DELETE', 'connected_apps', {
    doc: 'Removes an app: every token it holds for the person stops working. Its server is notified and, if wanted, asked to delete the data.',
    source: 'ours',
    needs: oneself,
    params: { app_id, delete_data: param.bool('The app is asked to delete the data of the person.') },
    async run(context, person: Person, { app_id: appId, delete_data: deletes }) {
      const done = await changeIn(context, async (change) => {
        if (!(await removeApp(change, aboutApp(context, person, appId)))) return false;
        if (deletes) await requestDataDeletion(change, { appId, personId: person.id });
        return true;
      });
      if (!done) throw graphError('param.invalid', { name: 'app_id' });
      return { success: true };
    },
  }),
  edge('DELETE', 'app_permissions', {
    doc: 'Takes one permission back from an app: its tokens keep working without it.',
    source: 'ours',
    needs: oneself,
    params: { app_id, permission: param.text('The permission.', { required: true, max: 100 }) },
    async run(context, person: Person, { app_id: appId, permission }) {
      const done =
        permission !== alwaysGranted &&
        (await changeIn(context, (change) =>
          revokePermission(change, { ...aboutApp(context, person, appId), permission }),
        ));
      if (!done) throw graphError('param.invalid', { name: 'permission' });
      return { success: true };
    },
  }),
  listEdge('app_pages', {
    doc: 'The Pages of the person, each with whether the app may use it.',
    source: 'ours',
    needs: oneself,
    params: { app_id },
    async run({ installation, q }, person: Person, { app_id: appId }, at) {
      const choice = chosenBefore(await installation.facts.grant(appId, person.id));
      const part = paginate(await installation.facts.pagesOf(person.id), ({ pageId }) => pageId, at);
      const ids = part.rows.map(({ pageId }) => pageId);
      const nameOf = new Map((await pages.byIds(q, ids)).map(({ id, name }) => [id, name]));
      return {
        ...part,
        position,
        rows: part.rows.map(({ pageId, tasks }) => ({
          id: pageId,
          name: nameOf.get(pageId) ?? '',
          tasks,
          chosen: choice === 'all' || (choice?.has(pageId) ?? false),
        })),
      };
    },
  }),
  edge('POST', 'app_pages', {
    doc: 'Sets the Pages that an app may use. Page tokens of the others stop working.',
    source: 'ours',
    needs: oneself,
    params: {
      app_id,
      page_ids: param.list('The Pages; none where the list is empty.', { clears: true }),
      all_pages: param.bool('All Pages, also those to come.'),
    },
    async run(context, person: Person, { app_id: appId, page_ids, all_pages: every }) {
      if (every !== true && page_ids === undefined) throw graphError('param.required', { name: 'page_ids' });
      const chosen = every === true ? ('all' as const) : [...new Set(page_ids)];
      const changed = await changeIn(context, (change) =>
        choosePages(change, { appId, personId: person.id, pages: chosen, now: context.now }),
      );
      return { success: true, changed };
    },
  }),
  edge('POST', 'app_access_renewal', {
    doc: 'Gives an app whose access to data has ended, or will end, another 90 days.',
    source: 'ours',
    needs: oneself,
    params: { app_id },
    async run(context, person: Person, { app_id: appId }) {
      const renewal = { appId, personId: person.id, now: context.now };
      if (!(await changeIn(context, (change) => renewAccess(change, renewal))))
        throw graphError('param.invalid', { name: 'app_id' });
      return { success: true };
    },
  }),
];
