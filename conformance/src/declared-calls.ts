// This module lists every call that Hallpass declares, with objects of the cast in place of ids: for cases that say
// something of all calls.
import { graph } from '@hallpass/server/declarations';
import { adAccounts, apps, business, pages } from './stage/cast.ts';

export interface DeclaredCall {
  method: string;
  path: string;
}

/** An object of each node type that has one in the cast; others are made by the case that needs them. */
const samples: Readonly<Record<string, string>> = {
  page: pages.bakery.id,
  app: apps.shop.id,
  business: business.id,
  ad_account: `act_${adAccounts.town.id}`,
  campaign: adAccounts.town.campaign.id,
};

/**
 * Reading, changing and deleting each object, and every edge of it.
 * @param ids objects by node type, besides or in place of those of the cast
 */
export function nodeCalls(types: readonly string[], ids: Readonly<Record<string, string>> = {}): DeclaredCall[] {
  return types.flatMap((type) => {
    const id = ids[type] ?? samples[type];
    const node = graph.nodes.get(type);
    if (id === undefined || node === undefined) throw new Error(`There is no sample of ${type}.`);
    const edges = node.edges.map(({ method, name, tail }) => ({
      method,
      path: `/${[id, name, tail].filter(Boolean).join('/')}`,
    }));
    return [{ method: 'GET', path: `/${id}` }, ...edges];
  });
}

/** The calls at the root. */
export const operationCalls = (): DeclaredCall[] =>
  [...graph.operations.values()].map(({ method, path }) => ({ method, path: `/${path}` }));
