// Puts the declarations together and checks what the compiler cannot: that nothing is declared twice, and that every name
// that one entry uses for another means something. Each fault is told with the file of the entry.
import {
  adAccountTasks,
  appRoles,
  businessRoles,
  errors,
  pageTasks,
  parametersOf,
  partsOf,
  permissions,
  platformRoles,
  type Requirement,
  tokenKinds,
} from '@hallpass/protocol';
import { conditionsOfCalls } from './conditions.ts';
import type { Params } from './params.ts';
import type { Place } from './place.ts';
import type { AnyNode, Edge, Graph, Node, Operation } from './schema.ts';

const PERMISSIONS = 'protocol/src/permissions/permissions.ts';

/**
 * @param table the permissions, for tests
 * @throws Error that names the entry and its place, and for what is declared twice both places
 */
export function assemble(
  nodes: readonly AnyNode[],
  operations: readonly Operation[],
  table: Readonly<Record<string, { dependsOn: readonly string[] }>> = permissions,
): Graph {
  checkPermissions(table);
  const byName = keyed('node', nodes, ({ name }) => name);
  for (const one of nodes) checkNode(one, byName);
  for (const { method, path, place, needs, params, refuses } of operations) {
    const at = { what: `The operation ${method} ${path}`, place, conditions: {}, params };
    checkNeeds(at, needs);
    checkErrors(at, refuses);
  }
  return {
    nodes: byName,
    operations: keyed('operation', operations, ({ method, path }) => `${method} ${path}`),
    words: new Set(operations.map((one) => one.path)),
    forAnyId: new Map(
      nodes.flatMap((one) => one.edges.flatMap((e) => (e.forAnyId ? [[`${e.method} ${e.name}`, e]] : []))),
    ),
    heads: new Set(operations.map((one) => one.path.split('/', 1)[0] ?? '')),
    oauthErrors: new Set(operations.flatMap((one) => (one.errors === 'oauth' ? [one.path] : []))),
  };
}

/** The entries by their keys. @throws Error where two have one key */
function keyed<T extends { place: Place }>(
  kind: string,
  entries: readonly T[],
  keyOf: (entry: T) => string,
): Map<string, T> {
  const known = new Map<string, T>();
  for (const entry of entries) {
    const key = keyOf(entry);
    const first = known.get(key);
    if (first)
      throw new Error(`The ${kind} ${key} is declared twice: ${String(first.place)} and ${String(entry.place)}`);
    known.set(key, entry);
  }
  return known;
}

function checkNode(one: Node<unknown>, byName: ReadonlyMap<string, AnyNode>): void {
  const { name, place, conditions, needs, fields, edges } = one;
  checkNeeds({ what: `The node ${name}`, place, conditions, params: {} }, needs);
  for (const [key, field] of Object.entries(fields)) {
    const at = { what: `The field ${name}.${key}`, place: field.place ?? place, conditions, params: {} };
    if (field.of !== undefined && !byName.has(field.of)) throw unknown(at, `the unknown node ${field.of}`);
    if (field.needs) checkNeeds(at, field.needs);
  }
  keyed('edge', edges, (edge) => `${edge.method} ${name}/${edge.name}`);
  for (const edge of edges) checkEdge(one, edge, byName);
}

function checkEdge(
  { name, conditions }: Node<unknown>,
  edge: Edge<unknown>,
  byName: ReadonlyMap<string, AnyNode>,
): void {
  const { place, params, shows = [], of: item } = edge;
  const at = { what: `The edge ${edge.method} ${name}/${edge.name}`, place, conditions, params };
  const of = item === undefined ? undefined : byName.get(item);
  if (item !== undefined && !of) throw unknown(at, `the unknown node ${item}`);
  const strange = shows.find((shown) => of && !Object.hasOwn(of.fields, shown));
  if (strange !== undefined) throw unknown(at, `the unknown field ${strange} of ${item}`);
  if (edge.tail !== undefined && !Object.hasOwn(params, edge.tail))
    throw unknown(at, `the unknown parameter ${edge.tail}`);
  checkNeeds(at, edge.needs);
  checkErrors(at, edge.refuses);
}

function checkPermissions(table: Readonly<Record<string, { dependsOn: readonly string[] }>>): void {
  for (const [name, { dependsOn }] of Object.entries(table)) {
    const strange = dependsOn.find((other) => !Object.hasOwn(table, other));
    if (strange !== undefined)
      throw unknown(
        { what: `The permission ${name}`, place: PERMISSIONS },
        `the unknown permission ${strange} in dependsOn`,
      );
  }
}

function checkErrors(at: Entry, keys: readonly string[] = []): void {
  const strange = keys.find((key) => !Object.hasOwn(errors, key));
  if (strange !== undefined) throw unknown(at, `the unknown error ${strange}`);
}

interface Entry {
  what: string;
  place: Place;
  conditions: Node<unknown>['conditions'];
  params: Params;
}

const unknown = ({ what, place }: Pick<Entry, 'what' | 'place'>, named: string): Error =>
  new Error(`${what} names ${named} (${String(place)})`);

/** @throws Error for a permission, task, role, parameter or condition that is nothing */
function checkNeeds(at: Entry, needs: Requirement): void {
  for (const parameter of parametersOf(needs))
    if (!Object.hasOwn(at.params, parameter)) throw unknown(at, `the unknown parameter ${parameter}`);
  for (const part of partsOf(needs)) {
    if (part.is === 'on') checkNeeds(at, part.needs);
    const strange = namesOf(part).find(({ name, table }) => !Object.hasOwn(table, name));
    if (strange) throw unknown(at, `the unknown ${strange.kind} ${strange.name}`);
    if (part.is === 'where' && !(part.condition in at.conditions) && !(part.condition in conditionsOfCalls))
      throw unknown(at, `the condition ${part.condition}, which its node cannot find out`);
  }
}

interface Name {
  kind: string;
  name: string;
  table: object;
}

/** The names in one part of a requirement, with the table that each must be in. */
function namesOf(part: Requirement): Name[] {
  switch (part.is) {
    case 'token':
      return part.kinds.map((name) => ({ kind: 'kind of token', name, table: tokenKinds }));
    case 'permission':
      return [{ kind: 'permission', name: part.name, table: permissions }];
    case 'task':
      return part.anyOf.map((name) => ({ kind: 'task', name, table: pageTasks }));
    case 'ad_account_task':
      return part.anyOf.map((name) => ({ kind: 'task of ad accounts', name, table: adAccountTasks }));
    case 'role':
      return part.anyOf.map((name) => ({ kind: 'role on an app', name, table: appRoles }));
    case 'business_role':
      return part.anyOf.map((name) => ({ kind: 'role in a business', name, table: businessRoles }));
    case 'platform_role':
      return part.anyOf.map((name) => ({ kind: 'role on the platform', name, table: platformRoles }));
    default:
      return [];
  }
}
