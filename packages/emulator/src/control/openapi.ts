// The control interface described in OpenAPI 3.1, made of the declarations of its calls: clients in any language can be
// generated from it.
import { WORLD_HEADER } from '../worlds/which-world.ts';
import type { ControlCall, JsonSchema } from './control-call.ts';

const errorSchema: JsonSchema = {
  type: 'object',
  properties: { error: { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] } },
  required: ['error'],
};

const json = (description: string, schema: JsonSchema) => ({
  description,
  content: { 'application/json': { schema } },
});

/** @param root the path below which the calls are, with a final slash */
export function openApiDocument(calls: readonly ControlCall[], root: string) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const call of calls) {
    const path = root + call.path;
    paths[path] = { ...paths[path], [call.method.toLowerCase()]: operationOf(call) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'The control interface of the Hallpass emulator',
      version: '1',
      description:
        'For programs and scripts that have the control token, which is printed at the start (`control` in the line of JSON). Web pages are refused.',
    },
    servers: [{ url: 'http://localhost:4000' }],
    security: [{ control: [] }],
    components: { securitySchemes: { control: { type: 'http', scheme: 'bearer' } } },
    paths,
  };
}

function operationOf({ method, path, doc, params, needsOne, answer }: ControlCall) {
  const named = Object.entries(params);
  const world = {
    name: WORLD_HEADER,
    in: 'header',
    description: 'The world to use; by default the main one.',
    schema: { type: 'string' },
  };
  const query = named.map(([name, { schema, required }]) => ({ name, in: 'query', required, schema }));
  const body: JsonSchema & { minProperties?: number } = {
    type: 'object',
    properties: Object.fromEntries(named.map(([name, { schema }]) => [name, schema])),
    required: named.filter(([, { required }]) => required).map(([name]) => name),
    ...(needsOne ? { minProperties: 1 } : {}),
  };
  const sent = method === 'POST' && named.length > 0;
  return {
    operationId: `${method.toLowerCase()}_${path}`,
    summary: doc,
    parameters: [world, ...(method === 'POST' ? [] : query)],
    ...(sent
      ? {
          requestBody: {
            required: body.required?.length !== 0 || needsOne,
            content: {
              'application/x-www-form-urlencoded': { schema: body },
              'application/json': { schema: body },
            },
          },
        }
      : {}),
    responses: {
      200: json('Done.', answer),
      400: json("The call can't be understood or can't be carried out.", errorSchema),
      401: json('The token is missing or wrong.', errorSchema),
      403: json('The call comes from a web page.', errorSchema),
      404: json("Something that the call names doesn't exist.", errorSchema),
    },
  };
}
