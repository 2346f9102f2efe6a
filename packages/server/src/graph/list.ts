// A list edge → `{ data, paging, summary }`: reads parameters, runs the edge, renders its items, writes the links.
import type { ParamValue } from '../http/call.ts';
import { type FieldRequest, printFields } from '../http/fields.ts';
import { addressesFor } from '../hosts.ts';
import type { Context } from './context.ts';
import { pageRequest, pagingLinks } from './cursors.ts';
import { readParams } from './params.ts';
import { renderRows } from './render.ts';
import type { Edge, ListPart } from './schema.ts';

export async function listOf(
  context: Context,
  edge: Edge<unknown>,
  row: unknown,
  given: Readonly<Record<string, ParamValue>>,
  fields: readonly FieldRequest[] | undefined,
  path: string,
): Promise<Record<string, unknown>> {
  const args = readParams(edge.params, given as Record<string, ParamValue>);
  const page = pageRequest(given);
  const part = (await edge.run(context, row, args as never, page)) as ListPart<unknown>;
  const node = edge.of === undefined ? undefined : context.graph.nodes.get(edge.of);
  const data = node ? await renderRows(context, node, part.rows, fields, edge.shows) : pick(part.rows, fields);
  const extra: Record<string, string> = {};
  for (const name of Object.keys(edge.params)) {
    const value = given[name];
    if (value !== undefined && value !== null) extra[name] = typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
  if (fields) extra.fields = printFields(fields);
  const paging = pagingLinks(context.call, addressesFor(context.call.base, context.installation.settings).graph, path, extra, part, page);
  const summary = given.summary ?? (context.depth === 0 ? context.call.envelope.summary : undefined);
  return {
    data,
    ...(paging.cursors ? { paging } : {}),
    ...(summary !== undefined && part.total !== undefined ? { summary: { total_count: part.total } } : {}),
  };
}

/** Items that are no nodes: only the asked names, all when none are asked. */
function pick(rows: readonly unknown[], fields: readonly FieldRequest[] | undefined): unknown[] {
  if (!fields) return [...rows];
  return rows.map((row) => {
    const out: Record<string, unknown> = {};
    for (const { name, alias } of fields) if (Object.hasOwn(row as object, name)) out[alias] = (row as Record<string, unknown>)[name];
    return out;
  });
}
