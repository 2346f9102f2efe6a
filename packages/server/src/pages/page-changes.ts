// This module changes what a Page says about itself, of which apps are told. Source: the page reference, "Updating".
import { notifyProfile } from '../callbacks/notify-page.ts';
import type { Actor, Change } from '../liveness/change.ts';
import { actorFacts } from '../installation/events.ts';
import * as pages from '../store/pages/pages.ts';
import type { PageId } from '../store/ids.ts';

interface PageChange {
  /** New values by name; `null` takes one away. */
  profile: Readonly<{ [Name in keyof pages.PageProfile]?: pages.PageProfile[Name] | null }>;
  /** True when everybody sees the Page; as it was where absent. */
  published?: boolean | undefined;
}

/** Changes a Page within a change. @returns false where there is no such Page any more */
export async function changePage(
  change: Change,
  pageId: PageId,
  wanted: PageChange,
  by: Actor,
  now: number,
): Promise<boolean> {
  const { tx, event } = change;
  await pages.holdForChange(tx, pageId);
  const page = await pages.byId(tx, pageId);
  if (!page) return false;
  const entries = Object.entries({ ...page.profile, ...wanted.profile }).filter(([, value]) => value !== null);
  const profile: Partial<pages.PageProfile> = Object.fromEntries(entries);
  await notifyProfile(change, pageId, page.profile, profile, now);
  await pages.change(tx, pageId, {
    profile,
    published: wanted.published ?? page.published,
  });
  const names = [...Object.keys(wanted.profile), ...(wanted.published === undefined ? [] : ['is_published'])];
  event({ name: 'page.changed', outcome: 'ok', reason: names.join(' '), ...actorFacts(by), targetId: pageId });
  return true;
}
