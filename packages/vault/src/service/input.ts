// The input of a call, from its path, query or body, checked by its fields before anything is done with it.
import { readUpTo } from '@hallpass/world';
import type { Call } from '../client/calls/call.ts';
import { type Field, type Fields, fromText, type InputOf, isInput } from '../client/fields.ts';
import { ServiceRefusal } from './refusal-answer.ts';

/** Bytes of a body, where its call needs no more. */
const LONGEST_BODY = 1024 * 1024;

/** Reads a body up to its limit. @throws ServiceRefusal `too_large` */
async function bodyOf(request: Request, most: number): Promise<string> {
  const refused = (): ServiceRefusal => new ServiceRefusal('too_large', { most: Math.floor(most / 1024 ** 2) });
  if (Number(request.headers.get('content-length') ?? 0) > most) throw refused();
  const body = request.body === null ? Buffer.alloc(0) : await readUpTo(request.body, most);
  if (body === undefined) throw refused();
  return body.toString('utf8');
}

/** @throws ServiceRefusal `bad_input`, `too_large` */
export async function inputOf(
  call: Call,
  request: Request,
  inPath: Readonly<Record<string, string>>,
): Promise<InputOf<Fields>> {
  const hasQuery = call.method === 'GET' || call.method === 'DELETE';
  const value: Record<string, unknown> = hasQuery
    ? fromQuery(call.fields, request)
    : await fromBody(request, call.longestBody ?? LONGEST_BODY);
  for (const [name, text] of Object.entries(inPath)) value[name] = text;
  let problem = '';
  if (isInput(call.fields, value, (sentence) => (problem = sentence))) return value;
  throw new ServiceRefusal('bad_input', { what: problem });
}

function fromQuery(fields: Readonly<Record<string, Field>>, request: Request): Record<string, unknown> {
  const query = new URL(request.url).searchParams;
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      const given = query.getAll(name);
      if (given.length > 1) throw new ServiceRefusal('bad_input', { what: 'A field is given twice.' });
      return [name, field === undefined ? given[0] : fromText(field, given[0] ?? '')];
    }),
  );
}

async function fromBody(request: Request, most: number): Promise<Record<string, unknown>> {
  const text = await bodyOf(request, most);
  if (text === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // It is answered as what is no object.
  }
  throw new ServiceRefusal('bad_input', { what: 'The body must be an object of JSON.' });
}
