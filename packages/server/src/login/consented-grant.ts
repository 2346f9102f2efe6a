// The grant as it was, with what the person said now. A choice of Pages counts for every permission about Pages, old
// and new.
import { lifetimes, type Permission } from '@hallpass/protocol';
import { type PagesChosen, withPages } from '../consent/page-choice.ts';
import type { Grant, Permit } from '../store/grants/grants.ts';
import type { RequestedPermissions } from './requested-permissions.ts';
import type { AppId, PersonId } from '../store/ids.ts';

interface ConsentChoices {
  appId: AppId;
  personId: PersonId;
  wanted: RequestedPermissions;
  /** The requested permissions that the person agreed to. */
  agreed: readonly Permission[];
  /** undefined where there was no choice. */
  pages: PagesChosen | undefined;
  now: number;
}

export function consentedGrant(
  before: Grant | undefined,
  { appId, personId, wanted, agreed, pages, now }: ConsentChoices,
): Grant {
  const permissions: Record<string, Permit> = { ...before?.permissions };
  for (const name of wanted.ask) permissions[name] = { status: agreed.includes(name) ? 'granted' : 'declined' };
  if (wanted.openid) permissions.openid = { status: 'granted' };
  const chosen = pages === undefined ? permissions : withPages(permissions, pages);
  return {
    appId,
    personId,
    permissions: chosen,
    dataAccessUntil: now + lifetimes.dataAccess,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
}
