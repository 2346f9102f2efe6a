// `metadata=1` shows what a node offers, read from its declaration.
import { addressesFor } from '../../hosts.ts';
import type { Context } from '../language/context.ts';
import type { AnyNode } from '../language/schema.ts';

export function describe(context: Context, node: AnyNode, id: string): Record<string, unknown> {
  const fields = Object.entries(node.fields);
  context.call.work.spend('cell', fields.length + node.edges.length);
  const { graph } = addressesFor(context.call.base, context.installation.settings);
  const connections: Record<string, string> = {};
  for (const edge of node.edges)
    if (edge.method === 'GET' && edge.name !== '')
      connections[edge.name] = `${graph}/${context.call.version}/${id}/${edge.name}`;
  return {
    fields: fields.map(([name, field]) => ({ name, description: field.doc, type: field.type })),
    type: node.type.toLowerCase(),
    connections,
  };
}
