// These are the declarations of the Graph as the server tells them: nodes with their fields and edges, and the
// operations at its root.
import { useQuery } from '@tanstack/react-query';

export interface SchemaField {
  name: string;
  type: string;
  doc: string;
  /** `always`, `default` (when nothing is asked), or `asked`. */
  show: 'always' | 'default' | 'asked';
  /** Name of the node of the value. */
  of?: string;
}

export interface SchemaParam {
  name: string;
  type: string;
  doc: string;
  required?: boolean;
}

export interface SchemaEdge {
  method: string;
  name: string;
  doc: string;
  /** Name of the node of the items. */
  of?: string;
  params: readonly SchemaParam[];
}

export interface SchemaNode {
  name: string;
  /** As errors spell it; `metadata=1` has it in small letters. */
  type: string;
  doc: string;
  fields: readonly SchemaField[];
  edges: readonly SchemaEdge[];
}

export interface Schema {
  nodes: readonly SchemaNode[];
  operations: readonly { method: string; path: string; doc: string }[];
}

async function askSchema(): Promise<Schema> {
  const response = await fetch('/_/schema', { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`The server answered with ${response.status}.`);
  return (await response.json()) as Schema;
}

export const useSchema = () =>
  useQuery({ queryKey: ['schema'], queryFn: askSchema, staleTime: Number.POSITIVE_INFINITY });
