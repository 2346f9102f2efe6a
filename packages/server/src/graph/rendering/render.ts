// Step 8 of a call renders the answer: rows × requested fields → JSON. Each field is judged for each row; a refused
// field is left out with a line in `__debug__`, unless its declaration says that it is an error.
import { graphError, oncePer, refuseUnchecked, type Verdict } from '@hallpass/protocol';
import { type FieldRequest, type ParamValue, printFields, readNames } from '@hallpass/protocol/request';
import { addressesFor, dashboardGraph } from '../../hosts.ts';
import { allValues, type Maybe, withValue } from '../../installation/maybe.ts';
import type { Work } from '../../wire/work.ts';
import { judge } from '../authorisation/judge.ts';
import { chosen } from './chosen.ts';
import { type Context, isKnown } from '../language/context.ts';
import type { KnownViewer } from '../authentication/viewer.ts';
import { cursorsOf, pageRequest, pagingLinks } from './cursors.ts';
import { refuseUnknownNarrowing } from '../language/narrowing.ts';
import { readParams } from '../language/params.ts';
import { passOver } from '../language/retired-fields.ts';
import { type AnyNode, type Edge, type Field, targetOf, type ListPart } from '../language/schema.ts';

type Json = Record<string, unknown>;

const asked = (name: string): FieldRequest => ({ name, modifiers: {}, fields: undefined, alias: name });

const fieldsWhere = (node: AnyNode, isMeant: (show: Field<unknown>['show']) => boolean): readonly FieldRequest[] =>
  Object.entries(node.fields)
    .filter(([, field]) => isMeant(field.show))
    .map(([name]) => asked(name));

const defaults = oncePer((node: AnyNode) => fieldsWhere(node, (show) => show !== 'asked'));

/** Fields that are there whatever was asked. */
const always = oncePer((node: AnyNode) => fieldsWhere(node, (show) => show === 'always'));

/** Renders rows of one node type, in order. `fields` undefined means the defaults (of the edge, else of the node). */
export async function renderRows(
  context: Context,
  node: AnyNode,
  rows: readonly unknown[],
  fields: readonly FieldRequest[] | undefined,
  shows?: readonly string[],
  parentPath = '',
): Promise<Json[]> {
  if (context.depth > 20) throw graphError('param.depth');
  if (!isKnown(context)) throw graphError('token.missing');
  const wanted = fields ?? shows?.map(asked) ?? defaults(node);
  context.call.work.spend('cell', 2 * wanted.length);
  if (fields && node.checkFields)
    node.checkFields(
      fields.map(({ name }) => name),
      context.call.version,
    );
  const out: Json[] = rows.map(() => ({}));
  for (const request of wanted) {
    const pause = context.call.work.pause();
    if (pause) await pause;
    const field = Object.hasOwn(node.fields, request.name) ? node.fields[request.name] : undefined;
    const retired = node.retired.get(request.name);
    if (retired) passOver(request.name, retired, context.call.version);
    if (field) {
      const shown = renderField(context, node, field, request, rows, out);
      if (shown) await shown;
    } else if (retired)
      context.debug.push({ type: 'warning', message: `The field ${request.name} is deprecated and is left out.` });
    else if (node.edges.some((e) => e.method === 'GET' && e.answer === 'list' && e.name === request.name))
      await renderEdge(context, node, request, rows, out, parentPath);
    else throw graphError('field.unknown', { field: request.name, type: node.type });
  }
  if (wanted !== defaults(node))
    for (const request of always(node))
      if (!wanted.some(({ name }) => name === request.name))
        await renderField(context, node, node.fields[request.name] as Field<unknown>, request, rows, out);
  return out;
}

/** Shows one field of every row; a promise only where something must be read first. */
function renderField(
  context: Context<KnownViewer>,
  node: AnyNode,
  field: Field<unknown>,
  request: FieldRequest,
  rows: readonly unknown[],
  out: readonly Json[],
): Maybe<void> {
  const { needs } = field;
  if (!needs) return showValues(context, field, request, rows, out);
  context.call.work.spend('rule', rows.length);
  const targets = rows.map((row) => targetOf(context, node, row, {}, {}));
  return withValue(allValues(targets.map((target) => judge(context, needs, target))), (verdicts) => {
    const held = (_: unknown, i: number): boolean => verdicts[i]?.ok === true;
    if (verdicts.every((verdict) => verdict.ok)) return showValues(context, field, request, rows, out);
    for (const [i, target] of targets.entries()) {
      const verdict = verdicts[i];
      if (verdict === undefined || verdict.ok) continue;
      if (field.otherwise === 'refuse') {
        context.findings.refused = { requirement: needs, target, verdict };
        throw refuseUnchecked(verdict.error, verdict.params);
      }
      context.findings.noteLeftOut({ requirement: needs, target, verdict, about: request.name });
      leaveOut(context, `Field ${request.name}`, verdict);
    }
    const open = rows.filter(held);
    return open.length === 0 ? undefined : showValues(context, field, request, open, out.filter(held));
  });
}

/** Puts the values of a field, which the viewer may see of all these rows, into what is shown of them. */
function showValues(
  context: Context<KnownViewer>,
  field: Field<unknown>,
  request: FieldRequest,
  rows: readonly unknown[],
  into: readonly Json[],
): Maybe<void> {
  const { work } = context.call;
  work.spend('cell', rows.length);
  if (!field.load)
    return putValues(
      context,
      field,
      request,
      rows.map((row) => field.from?.(row, context)),
      into,
    );
  work.spend('read');
  work.spend('load', rows.length);
  return withValue(field.load(context, rows, request.modifiers), (values) =>
    putValues(context, field, request, values, into),
  );
}

function putValues(
  context: Context<KnownViewer>,
  field: Field<unknown>,
  request: FieldRequest,
  values: readonly unknown[],
  into: readonly Json[],
): Maybe<void> {
  if (field.of !== undefined) return renderInside(context, field.of, request, values, into);
  for (const [i, shown] of into.entries()) {
    const value = values[i];
    if (value !== undefined) shown[request.alias] = request.fields ? chosen(value, request.fields) : value;
  }
}

/** Values that are nodes are rendered as such. */
async function renderInside(
  context: Context<KnownViewer>,
  of: string,
  request: FieldRequest,
  values: readonly unknown[],
  into: readonly Json[],
): Promise<void> {
  const inner = context.graph.nodes.get(of) as AnyNode;
  for (const [i, shown] of into.entries()) {
    const value = values[i];
    if (value === undefined || value === null) continue;
    const [rendered] = await renderRows({ ...context, depth: context.depth + 1 }, inner, [value], request.fields);
    shown[request.alias] = rendered;
  }
}

/** Says in `__debug__` why something that was asked for is not there. */
function leaveOut({ call, debug }: Context, name: string, { error, params }: Extract<Verdict, { ok: false }>): void {
  call.work.spend('omission');
  debug.push({ type: 'warning', message: `${name} is left out: ${refuseUnchecked(error, params).message}` });
}

/** An edge inside braces: the same function and the same rules as the edge by its own path. */
async function renderEdge(
  context: Context,
  node: AnyNode,
  request: FieldRequest,
  rows: readonly unknown[],
  out: readonly Json[],
  parentPath: string,
): Promise<void> {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const edge = node.edges.find((e) => e.method === 'GET' && e.answer === 'list' && e.name === request.name);
    if (!edge) continue;
    context.call.work.spend('rule');
    const target = targetOf(context, node, row, edge.params, request.modifiers);
    const verdict = await judge(context, edge.needs, target);
    if (!verdict.ok) {
      context.findings.noteLeftOut({ requirement: edge.needs, target, verdict, about: request.name });
      leaveOut(context, request.name, verdict);
      continue;
    }
    const shown = (out[i] as Json).id;
    const id = parentPath || (typeof shown === 'string' ? shown : (row as { id: string }).id);
    (out[i] as Json)[request.alias] = await listOf(
      { ...context, depth: context.depth + 1 },
      node,
      edge,
      row,
      request.modifiers,
      request.fields,
      `${id}/${edge.name}`,
    );
  }
}

/** A list edge → `{ data, paging, summary }`: reads parameters, runs the edge, renders its items, writes the links. */
export async function listOf(
  context: Context,
  node: AnyNode,
  edge: Edge<unknown>,
  row: unknown,
  params: Readonly<Record<string, ParamValue>>,
  fields: readonly FieldRequest[] | undefined,
  path: string,
): Promise<Record<string, unknown>> {
  refuseUnknownNarrowing(edge.params, params);
  const args = readParams(edge.params, params as Record<string, ParamValue>);
  const cursors = cursorsOf(context.installation.keys.opaque, `${node.name}/${edge.name}`, edge.cursorFault);
  const page = pageRequest(params, cursors);
  const summaryAsked = params['summary'] ?? (context.depth === 0 ? context.call.envelope.summary : undefined);
  const totalWanted = wantsTotal(summaryAsked);
  const { work } = context.call;
  work.spend('read');
  const part = (await edge.run(context, row, args as never, page)) as ListPart<unknown>;
  work.spend('row', typeof part.total === 'number' ? part.total : part.rows.length);
  const of = itemNode(context, edge);
  const data = of
    ? await renderRows(context, of, part.rows, fields ?? part.fields, edge.shows)
    : pick(part.rows, fields, work);
  const extra: Record<string, string> = {};
  for (const name of Object.keys(edge.params)) {
    const value = params[name];
    if (value !== undefined && value !== null)
      extra[name] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  if (fields) extra.fields = printFields(fields);
  // Both links of a list repeat them, and one answer may hold many lists.
  work.spend('byte', 2 * (context.call.credential?.length ?? 0));
  for (const value of Object.values(extra)) work.spend('byte', 10 * value.length);
  const { graph, www } = addressesFor(context.call.base, context.installation.settings);
  const paging = pagingLinks(
    context.call,
    context.viewer.dashboard ? www + dashboardGraph : graph,
    path,
    extra,
    cursors,
    part,
    page,
  );
  if (part.summarise) {
    const summary = await part.summarise(summaryAsked);
    return { data, ...(paging.cursors ? { paging } : {}), ...(summary ? { summary } : {}) };
  }
  return {
    data,
    ...(paging.cursors ? { paging } : {}),
    ...(totalWanted
      ? { summary: { total_count: typeof part.total === 'function' ? await part.total() : part.total } }
      : {}),
  };
}

const itemNodes = new WeakMap<Edge<unknown>, AnyNode>();

/** The node type of the items of a list, with the fields that they have there alone. */
function itemNode({ graph }: Context, edge: Edge<unknown>): AnyNode | undefined {
  const node = edge.of === undefined ? undefined : graph.nodes.get(edge.of);
  if (!node || !edge.itemFields) return node;
  let known = itemNodes.get(edge);
  if (!known) {
    known = { ...node, fields: { ...node.fields, ...edge.itemFields } };
    itemNodes.set(edge, known);
  }
  return known;
}

/**
 * `summary=total_count`, among others or alone, or `summary=true`. @throws GraphError param.syntax for what is no list
 * of names
 */
const wantsTotal = (summary: ParamValue | undefined): boolean =>
  summary !== undefined &&
  summary !== null &&
  readNames(summary, 'summary').some((word) => word === 'total_count' || word === 'true' || word === '1');

/** Items that are no nodes: only the asked names and the id, all when none are asked. */
function pick(rows: readonly unknown[], fields: readonly FieldRequest[] | undefined, work: Work): unknown[] {
  if (!fields) return [...rows];
  work.spend('cell', rows.length * fields.length);
  return rows.map((row) => chosen(row, fields));
}
