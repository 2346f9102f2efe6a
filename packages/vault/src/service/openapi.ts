// The description of the REST interface for machines, OpenAPI 3.1, made of the table of calls.
import { entriesOf } from '@hallpass/protocol';
import { answers } from '../client/answers.ts';
import type { Call } from '../client/calls/call.ts';
import { type CallName, calls } from '../client/calls.ts';
import type { Field } from '../client/fields.ts';
import { rights } from '../client/rights.ts';
import type { Json } from '../client/schemas.ts';

function schemaOf({ type, doc, oneOf }: Field): Json {
  const one = oneOf === undefined ? { type: 'string' } : { type: 'string', enum: oneOf };
  const schemas: Readonly<Record<Field['type'], Json>> = {
    text: one,
    whole: { type: 'integer' },
    flag: { type: 'boolean' },
    texts: { type: 'array', items: one },
    object: { type: 'object' },
  };
  return { ...schemas[type], description: doc };
}

const refused: Json = {
  description: 'Refused: `reason` says why, in a word.',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
};

function operationOf(name: CallName, { method, path, doc, right, fields }: Call): Json {
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, part]) => part));
  const inQuery = method === 'GET' || method === 'DELETE';
  const named = Object.entries<Field>(fields);
  const parameters = named
    .filter(([field]) => inPath.has(field) || inQuery)
    .map(([field, about]) => ({
      name: field,
      in: inPath.has(field) ? 'path' : 'query',
      required: about.required === true,
      description: about.doc,
      schema: schemaOf(about),
    }));
  const inBody = inQuery ? [] : named.filter(([field]) => !inPath.has(field));
  const required = inBody.filter(([, about]) => about.required).map(([field]) => field);
  const schema = {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(inBody.map(([field, about]) => [field, schemaOf(about)])),
    ...(required.length > 0 && { required }),
  };
  return {
    operationId: name,
    summary: doc,
    description: `The key needs the right \`${right}\`.`,
    ...(parameters.length > 0 && { parameters }),
    ...(inBody.length > 0 && { requestBody: { content: { 'application/json': { schema } } } }),
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: answers[name].json } } },
      default: refused,
    },
  };
}

/** The whole description. */
export function openApi(): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const [name, call] of entriesOf(calls))
    (paths[call.path] ??= {})[call.method.toLowerCase()] = operationOf(name, call);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hallpass vault',
      version: '1',
      description: `Rights of keys: ${entriesOf(rights)
        .map(([right, doc]) => `\`${right}\` (${doc})`)
        .join('; ')}. Moments are epoch seconds.`,
    },
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Refusal: {
          type: 'object',
          required: ['error'],
          properties: {
            error: {
              type: 'object',
              required: ['message', 'type', 'code', 'reason'],
              properties: {
                message: { type: 'string' },
                type: { type: 'string' },
                code: { type: 'integer' },
                error_subcode: { type: 'integer' },
                reason: { type: 'string' },
              },
            },
          },
        },
      },
    },
  };
}
