// A person chooses which of their Pages an app may use. The choice counts for every permission about Pages, and
// replaces the one before.
import { isAboutPages } from '@hallpass/protocol';
import type { Change } from '../liveness/change.ts';
import * as grants from '../store/grants/grants.ts';
import * as pageAccess from '../store/pages/page-access.ts';
import { notifyPermissions } from '../callbacks/notify-app.ts';
import type { AppId, PersonId } from '../store/ids.ts';

/** Ids of the Pages that were ticked, or every Page of the person, also those to come. */
export type PagesChosen = readonly string[] | 'all';

/** The same permissions, those about Pages for this choice. */
export function withPages(permissions: grants.Grant['permissions'], pages: PagesChosen): grants.Grant['permissions'] {
  const permit: grants.Permit = pages === 'all' ? { status: 'granted' } : { status: 'granted', targets: [...pages] };
  return Object.fromEntries(
    Object.entries(permissions).map(([name, before]) => [
      name,
      before.status === 'granted' && isAboutPages(name) ? permit : before,
    ]),
  );
}

/**
 * Lets an app that the person added use these Pages and no others, within a change. Pages on which the person has no
 * task are left out. Page tokens of a Page that is taken away are refused from the next call on, and work again when it
 * is given back.
 * @returns false where the app has no permission about Pages, or where nothing is different
 */
export async function choosePages(
  making: Change,
  { appId, personId, pages, now }: { appId: AppId; personId: PersonId; pages: PagesChosen; now: number },
): Promise<boolean> {
  const { tx, event } = making;
  const before = await grants.holdForChange(tx, appId, personId);
  if (!before) return false;
  const own: ReadonlySet<string> = new Set((await pageAccess.rolesOfPerson(tx, personId)).map(({ pageId }) => pageId));
  const permissions = withPages(before.permissions, pages === 'all' ? pages : pages.filter((id) => own.has(id)));
  if (JSON.stringify(permissions) === JSON.stringify(before.permissions)) return false;
  await grants.put(tx, { ...before, permissions });
  event({
    name: 'grant.changed',
    outcome: 'ok',
    reason: 'pages',
    appId,
    actorKind: 'person',
    actorId: personId,
    targetId: personId,
  });
  await notifyPermissions(making, { appId, personId }, { before: before.permissions, after: permissions, now });
  return true;
}
