// This module gives the declarations of the Graph as JSON, for completion in the console and in other tools. It says
// what can be asked, never what somebody may see.
import { grants } from '../grants/index.ts';
import type { Params } from '../graph/language/params.ts';
import type { AnyNode, Edge, Field, Operation } from '../graph/language/schema.ts';
import { nodes } from '../nodes/index.ts';
import { operations } from '../operations/index.ts';
import type { HttpResponse } from '../wire/answer.ts';
import { compressedFile } from './compressed.ts';
import type { SiteRequest } from './site-request.ts';

const HOUR = 3600;

const paramsOf = (params: Params) =>
  Object.entries(params).map(([name, { type, doc, required }]) => ({
    name,
    type,
    doc,
    ...(required ? { required } : {}),
  }));

const fieldOf = ([name, { type, doc, show, of }]: [string, Field<unknown>]) => ({
  name,
  type,
  doc,
  show,
  ...(of === undefined ? {} : { of }),
});

const edgeOf = ({ method, name, doc, of, params, answer }: Edge<unknown>) => ({
  method,
  name,
  doc,
  answer,
  ...(of === undefined ? {} : { of }),
  params: paramsOf(params),
});

const nodeOf = ({ name, type, doc, fields, edges }: AnyNode) => ({
  name,
  type,
  doc,
  fields: Object.entries(fields).map(fieldOf),
  edges: edges.map(edgeOf),
});

const operationOf = ({ method, path, doc, params }: Operation) => ({ method, path, doc, params: paramsOf(params) });

let body: Uint8Array | undefined;

const schemaBody = (): Uint8Array =>
  (body ??= Buffer.from(
    JSON.stringify({
      nodes: nodes.map(nodeOf),
      operations: operations.map(operationOf),
      grants: grants.map(({ name, doc, params }) => ({ name, doc, params: paramsOf(params) })),
    }),
  ));

export const schemaSent = (ask: SiteRequest): HttpResponse =>
  compressedFile(ask, 'application/json; charset=UTF-8', { body: schemaBody() }, HOUR);
