// This module takes steps 5 to 8 of one call: find the declaration, authorise, run, render. Knows no node, edge or
// operation by name.
import { isId, graphError, meetsChange, versionChanges } from '@hallpass/protocol';
import type { ParamValue } from '@hallpass/protocol/request';
import { throwOrderedFault } from './faults.ts';
import { type Maybe, withValue } from '../installation/maybe.ts';
import { demand } from './authorisation/authorise.ts';
import type { Context } from './language/context.ts';
import { findTarget, type RoutedCall, standsForNode } from './find.ts';
import { noteToken } from './authentication/note-token.ts';
import { sameForAll } from './same-for-all.ts';
import { describe } from './rendering/metadata.ts';
import { refuseUnknownNarrowing } from './language/narrowing.ts';
import { param, readParams } from './language/params.ts';
import { listOf, renderRows } from './rendering/render.ts';
import { type AnyNode, type Edge, type Operation, targetOf } from './language/schema.ts';

/** Errors about methods name the verb in lower case. */
const methodOf = ({ method }: { method: string }): string => method.toLowerCase();

/** A dry run answers this in place of the call. */
const dryAnswer = { success: true };
const nowhere = { self: false, ownApp: false };
const idList = param.list('Ids of the nodes to read.', { required: true });
const MOST_IDS = 50;

/** Answers a call with the value that is written as JSON. */
export function dispatch(context: Context): Maybe<unknown> {
  const { call, graph } = context;
  const path = call.segments.join('/');
  const operation = graph.operations.get(`${call.method} ${path}`);
  if (operation) return runOperation(context, operation);
  if (graph.words.has(path)) throw graphError('object.unsupported', { method: methodOf(call) });
  const [head, ...rest] = call.segments;
  if (head === undefined) return atRoot(context);
  if (graph.heads.has(head)) throw graphError('path.unknown', { path });
  const open = isId(head) ? graph.forAnyId.get(`${call.method} ${rest.join('/')}`) : undefined;
  if (open?.forAnyId) return answerForAnyId(context, open, head);
  const told = sameForAll(context);
  if (told) return withValue(charge(context), () => told);
  if (call.method === 'GET' && call.params.ids !== undefined && !standsForNode(head))
    return forEachId(context, (found) => throughEdge(context, found, call.segments));
  return withValue(findTarget(context, head), (found) =>
    rest.length === 0 ? readOrChange(context, found) : throughEdge(context, found, rest),
  );
}

async function runOperation(context: Context, operation: Operation): Promise<unknown> {
  const { call } = context;
  const charged = charge(context);
  if (charged) await charged;
  const met = demand(context, operation.needs, {
    ...nowhere,
    call: { row: undefined, conditions: {}, params: operation.params, given: call.params },
  });
  if (met) await met;
  if (!operation.ownCredentials) throwOrderedFault(context, 'graph.authorised');
  call.work.spend('read');
  const params = readParams(operation.params, call.params);
  // Many operations make something by GET too, so a dry run ends before each of them.
  if (context.findings.dryRun) return dryAnswer;
  const admitted = operation.admit && (await operation.admit(context));
  return operation.run(context, params as never, admitted as never);
}

/** Answers a call of an edge that does not look whether anything is behind the id. */
async function answerForAnyId(context: Context, edge: Edge<unknown>, id: string): Promise<unknown> {
  await charge(context);
  if (context.findings.dryRun && context.call.method !== 'GET') return dryAnswer;
  return edge.forAnyId?.(context, id, readParams(edge.params, context.call.params) as never);
}

/** Answers a call of an edge of a node. */
async function throughEdge(context: Context, found: RoutedCall, rest: readonly string[]): Promise<unknown> {
  const { call, graph } = context;
  const { edge, tail } = edgeAt(context, found.node, rest);
  const charged = charge(context, found, edge);
  if (charged) await charged;
  const params: Record<string, ParamValue> =
    tail === undefined ? call.params : { ...call.params, [edge.tail as string]: tail };
  const target = targetOf(context, found.node, found.row, edge.params, params);
  const met = demand(context, edge.needs, target, edge.withoutPermission);
  if (met) await met;
  throwOrderedFault(context, 'graph.authorised');
  const rated = chargeRate(context, found, edge);
  if (rated) await rated;
  if (edge.answer === 'list')
    return listOf(context, found.node, edge, found.row, params, call.fields, [found.id, ...rest].join('/'));
  call.work.spend('read');
  const args = readParams(edge.params, params);
  if (context.findings.dryRun && edge.method !== 'GET') return dryAnswer;
  const value = await edge.run(context, found.row, args as never, { limit: 0, after: undefined, before: undefined });
  const of = edge.of === undefined ? undefined : graph.nodes.get(edge.of);
  return of ? (await renderRows(context, of, [value], call.fields, edge.shows))[0] : value;
}

/** Counts the call; a promise only where something must be read first. */
function charge(
  { installation, tab, viewer }: Context,
  found?: RoutedCall,
  edge?: Edge<unknown>,
): Promise<void> | undefined {
  const object = found?.node.countsTo?.(found.row);
  return installation.usage.charge(tab, viewer, object && { id: object.id, useCase: edge?.counts ?? object.useCase });
}

/** Counts it against the limit of the edge alone, where it has one and the caller may do this at all. */
function chargeRate(
  { installation, tab, viewer }: Context,
  found: RoutedCall,
  edge: Edge<unknown>,
): Promise<void> | undefined {
  return (
    edge.rate &&
    viewer.app &&
    installation.usage.chargeRate(tab, viewer.app, `${edge.method} ${edge.name}`, found.id, edge.rate)
  );
}

function edgeAt(
  context: Context,
  node: AnyNode,
  rest: readonly string[],
): { edge: Edge<unknown>; tail: string | undefined } {
  const { method } = context.call;
  const whole = rest.join('/');
  const exact = node.edges.find(
    (e) => e.method === method && e.name === whole && (e.tail === undefined || e.method !== 'POST'),
  );
  if (exact) return { edge: exact, tail: undefined };
  const tail = rest.at(-1);
  const front = rest.slice(0, -1).join('/');
  const tailed = node.edges.find((e) => e.method === method && e.tail !== undefined && e.name === front);
  if (tailed && rest.length > 1) return { edge: tailed, tail };
  if (node.edges.some((e) => e.name === whole || (e.tail !== undefined && e.name === front)))
    throw graphError('object.unsupported', { method: methodOf(context.call) });
  if (rest.length > 1) throw graphError('path.unknown', { path: whole });
  noteOtherMe(context, whole);
  throw graphError('field.unknown', { field: whole, type: node.type });
}

/**
 * A Page token where `me` was to be a person, or the other way round: the edge is there, and another kind of token
 * leads to it.
 */
function noteOtherMe({ call, graph, viewer, installation }: Context, edge: string): void {
  if (call.segments[0] !== 'me' || viewer.token === undefined) return;
  if ([...graph.nodes.values()].some((node) => node.edges.some((one) => one.name === edge)))
    noteToken({ installation, call }, 'token.wrong_kind', viewer.app, viewer.token);
}

async function readOrChange(context: Context, found: RoutedCall): Promise<unknown> {
  const { call } = context;
  const { node, row, id } = found;
  if (call.method === 'GET') {
    const charged = charge(context, found);
    if (charged) await charged;
    const met = demand(context, node.needs, targetOf(context, node, row, {}, {}));
    if (met) await met;
    throwOrderedFault(context, 'graph.authorised');
    refuseUnknownNarrowing({}, call.params);
    const [rendered] = await renderRows(context, node, [row], call.fields, undefined, id);
    return call.envelope.metadata ? { ...rendered, metadata: describe(context, node, id) } : rendered;
  }
  const own = node.edges.find((e) => e.method === call.method && e.name === '');
  if (!own) throw graphError('object.unsupported', { method: methodOf(call) });
  await charge(context, found, own);
  await demand(context, own.needs, targetOf(context, node, row, own.params, call.params), own.withoutPermission);
  throwOrderedFault(context, 'graph.authorised');
  await chargeRate(context, found, own);
  call.work.spend('read');
  const args = readParams(own.params, call.params);
  if (context.findings.dryRun) return dryAnswer;
  return own.run(context, row, args as never, { limit: 0, after: undefined, before: undefined });
}

/**
 * The root itself: `?ids=1,2` reads many nodes, `id=1` is another way to name one, as batch items without an address
 * do.
 */
async function atRoot(context: Context): Promise<unknown> {
  const { call } = context;
  const { id, ids } = call.params;
  if (ids === undefined && typeof id === 'string' && id !== '')
    return readOrChange(context, await findTarget(context, id));
  if (call.method !== 'GET' || ids === undefined || ids === null || ids === '')
    throw graphError('object.root', { method: methodOf(call) });
  if (meetsChange(call.version, 'ids_at_root'))
    throw graphError('version.gone', { feature: 'ids', version: versionChanges.ids_at_root.from });
  return forEachId(context, (found) => readOrChange(context, found));
}

/** The same of many nodes, an object keyed by id. One that is missing fails the whole call, as a single one would. */
async function forEachId(context: Context, answerOf: (found: RoutedCall) => Promise<unknown>): Promise<unknown> {
  const { ids } = readParams({ ids: idList }, context.call.params);
  if (ids.length === 0) throw graphError('param.required', { name: 'ids' });
  if (ids.length > MOST_IDS)
    throw graphError('param.too_many_ids', { most: String(MOST_IDS), given: String(ids.length) });
  const answer: Record<string, unknown> = Object.create(null);
  for (const id of new Set(ids)) {
    await context.call.work.pause();
    answer[id] = await answerOf(await findTarget(context, id));
  }
  return answer;
}
