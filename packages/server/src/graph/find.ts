// Step 5 of a call finds what it is about: path → declaration and target row. "Does not exist" and "you may not know of
// it" answer alike.
import { graphError, parseVersion } from '@hallpass/protocol';
import { isWebAddress } from '../apps/setting-kinds.ts';
import { type Maybe, withValue } from '../installation/maybe.ts';
import { knownAs } from '../people/scoped-id.ts';
import type { Context } from './language/context.ts';
import { noteToken } from './authentication/note-token.ts';
import type { AnyNode, Graph } from './language/schema.ts';
import { AppId } from '../store/ids.ts';
import type { NamedTable } from '../store/tables-of-id.ts';

export interface RoutedCall {
  node: AnyNode;
  row: unknown;
  /** The id as it goes into links. */
  id: string;
}

const idForm = /^(?:[1-9]\d{0,18}|[1-9]\d{0,18}_[1-9]\d{0,18}|act_[1-9]\d{0,18})$/;

/** Ids of ad accounts begin so: without a token they have words of their own. */
const adAccountIds = 'act_';

/** True when a first segment of a path can stand for a node at all; any other word is the name of something. */
export const standsForNode = (word: string): boolean => word === 'me' || word === 'app' || idForm.test(word);

/** True when a path begins as calls of the Graph do: with an operation or with what can stand for a node. */
export function mayBeCall({ heads }: Graph, path: string): boolean {
  const [, first = '', second = ''] = path.split('/', 3);
  const head = parseVersion(first) ? second : first;
  return head === '' || heads.has(head) || standsForNode(head);
}

/** @throws GraphError token.none_for_me for `me` with nobody behind the token, object.missing for what is not there */
export function findTarget(context: Context, id: string): Maybe<RoutedCall> {
  const { viewer } = context;
  if (id === 'me') return findMe(context);
  if (id !== 'app') return findById(context, id);
  if (!viewer.app) throw graphError('token.missing');
  return { node: nodeNamed(context, 'app'), row: viewer.app, id: viewer.app.id };
}

function findMe(context: Context): Maybe<RoutedCall> {
  const { viewer, installation } = context;
  if (viewer.kind === 'page' && viewer.page)
    return { node: nodeNamed(context, 'page'), row: viewer.page, id: viewer.page.id };
  if (viewer.person && viewer.app) {
    const { person } = viewer;
    const node = nodeNamed(context, person.systemUserOf === null ? 'user' : 'system_user');
    return withValue(knownAs(installation, viewer.app.id, person.id), (shown) => ({ node, row: person, id: shown }));
  }
  if (viewer.token !== undefined) noteToken(context, 'token.wrong_kind', viewer.app, viewer.token);
  throw graphError('token.none_for_me');
}

async function findById(context: Context, id: string): Promise<RoutedCall> {
  const { viewer, graph, installation } = context;
  if (viewer.kind === 'none') throw graphError(id.startsWith(adAccountIds) ? 'permission.app_id' : 'token.missing');
  const ids = idForm.test(id) ? undefined : isWebAddress(id) ? 'web addresses' : 'none';
  if (ids === 'none')
    // A word may be the name of something, whatever characters it has; so may a placeholder that was not filled in.
    throw /^[\p{L}{]/u.test(id) ? graphError('alias.unknown', { alias: id }) : missing(context, id);
  const tables = ids === undefined ? await tablesOf(context, id) : [];
  for (const node of graph.nodes.values()) {
    if (node.ids !== ids || node.tables?.some((table) => tables.includes(table)) === false) continue;
    context.call.work.spend('find');
    const row = await node.find(context, id);
    if (row !== undefined) return { node, row, id };
  }
  const appId = AppId.parse(id);
  if (!viewer.person && viewer.token !== undefined && appId !== undefined && (await installation.facts.app(appId)))
    noteToken(context, 'token.cross_app', viewer.app, viewer.token);
  throw missing(context, id);
}

/** The tables in which something has this id: one look, or none where it's remembered. */
function tablesOf({ call, installation }: Context, id: string): readonly NamedTable[] | Promise<readonly NamedTable[]> {
  call.work.spend('find');
  return installation.facts.tablesOf(id.startsWith(adAccountIds) ? id.slice(adAccountIds.length) : id);
}

const nodeNamed = (context: Context, name: string): AnyNode => context.graph.nodes.get(name) as AnyNode;

export const missing = (context: Context, id: string) =>
  graphError('object.missing', { method: context.call.method.toLowerCase(), id });
