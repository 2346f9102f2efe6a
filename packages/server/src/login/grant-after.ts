// The grant as it was, with what the person said now. A choice of Pages counts for every permission about Pages, old and new.
import { isAboutPages, lifetimes, type Permission } from '@hallpass/protocol';
import type { Grant, Permit } from '../store/grants.ts';
import type { Wanted } from './asked.ts';

export interface Said {
  appId: string;
  personId: string;
  wanted: Wanted;
  /** Of what was asked. */
  agreed: readonly Permission[];
  /** Ids of the Pages that were ticked; undefined where there was no choice. */
  pages: readonly string[] | undefined;
  now: number;
}

export function grantAfter(before: Grant | undefined, { appId, personId, wanted, agreed, pages, now }: Said): Grant {
  const permissions: Record<string, Permit> = { ...before?.permissions };
  for (const name of wanted.ask) permissions[name] = { status: agreed.includes(name) ? 'granted' : 'declined' };
  if (wanted.openid) permissions.openid = { status: 'granted' };
  if (pages !== undefined)
    for (const [name, permit] of Object.entries(permissions))
      if (permit.status === 'granted' && isAboutPages(name)) permissions[name] = { status: 'granted', targets: [...pages] };
  return { appId, personId, permissions, dataAccessUntil: now + lifetimes.dataAccess, createdAt: before?.createdAt ?? now, updatedAt: now };
}
