// Somebody to whom a business assigns Pages and ad accounts: one of its people, or a system user.
import { call } from '../../../graph/door.ts';
import { readList } from '../../../graph/read-list.ts';
import { whatEnds } from '../../../graph/would-end.ts';
import type { Named } from '../business.ts';

export interface Assignee {
  kind: 'person' | 'system_user';
  /** The id by which the lists of the business name them. */
  id: string;
  name: string;
}

export type AssetKind = 'pages' | 'ad_accounts';

interface AssignedAsset extends Named {
  tasks?: readonly string[];
}

/** Everything of this kind that the business may assign, its own first. */
export async function assetsOf(businessId: string, kind: AssetKind): Promise<Named[]> {
  const fields = { fields: 'id,name' };
  const lists =
    kind === 'pages'
      ? [readList<Named>(`/${businessId}/owned_pages`, fields), readList<Named>(`/${businessId}/client_pages`, fields)]
      : [
          readList<Named>(`/${businessId}/owned_ad_accounts`, fields),
          readList<Named>(`/${businessId}/client_ad_accounts`, fields),
        ];
  return (await Promise.all(lists)).flat();
}

function assignedTo({ kind, id }: Assignee, asset: AssetKind): Promise<AssignedAsset[]> {
  const fields = { fields: 'id,name,tasks' };
  if (kind === 'person') {
    const businessUserId = id;
    return asset === 'pages'
      ? readList(`/${businessUserId}/assigned_pages`, fields)
      : readList(`/${businessUserId}/assigned_ad_accounts`, fields);
  }
  const systemUserId = id;
  return asset === 'pages'
    ? readList(`/${systemUserId}/assigned_pages`, fields)
    : readList(`/${systemUserId}/assigned_ad_accounts`, fields);
}

/** The tasks of somebody on each of these assets, by the id of the asset. */
export async function tasksOn(
  assignee: Assignee,
  kind: AssetKind,
  assets: readonly Named[],
): Promise<Record<string, readonly string[]>> {
  const held = new Map((await assignedTo(assignee, kind)).map(({ id, tasks = [] }) => [id, tasks]));
  return Object.fromEntries(assets.map(({ id }) => [id, held.get(id) ?? []]));
}

interface Assignment {
  businessId: string;
  kind: AssetKind;
  assetId: string;
  /** The id of the person or system user. */
  user: string;
}

/** Gives these tasks in place of those before, as they were read; an empty list takes the asset away. */
export function assign(
  { businessId: business, kind, assetId, user }: Assignment,
  tasks: readonly string[],
  before: readonly string[],
) {
  const [pageId, adAccountId] = [assetId, assetId];
  const unchanged = JSON.stringify({ tasks: before });
  if (tasks.length === 0)
    return kind === 'pages'
      ? call('DELETE', `/${pageId}/assigned_users`, { user, business, unchanged })
      : call('DELETE', `/${adAccountId}/assigned_users`, { user, business, unchanged });
  const params = { user, business, tasks: tasks.join(','), unchanged };
  return kind === 'pages'
    ? call('POST', `/${pageId}/assigned_users`, params)
    : call('POST', `/${adAccountId}/assigned_users`, params);
}

/** Tells what ends when an asset is taken away. */
export const takenAway = ({ businessId: business, assetId, user }: Assignment): Promise<string[]> =>
  whatEnds('DELETE', `/${assetId}/assigned_users`, { user, business });
