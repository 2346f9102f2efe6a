// Reads what was sent with a call of the control interface: a query, a form, or a JSON object of simple values.
import { shape } from '@hallpass/protocol';
import type { HttpRequest } from '@hallpass/server';
import { type ControlCall, ControlError } from './control-call.ts';

/** The values by name. @throws ControlError for anything but the parameters of the call, and where one is missing */
export function readArgs({ params, needsOne }: ControlCall, incoming: HttpRequest): Record<string, unknown> {
  const names = Object.keys(params);
  const sent = sentValues(incoming);
  if (sent.some(([name, value]) => !Object.hasOwn(params, name) || value === undefined))
    throw new ControlError(400, names.length === 0 ? 'This call takes no parameters.' : sendThese(names));
  if (needsOne && sent.length === 0) throw new ControlError(400, sendThese(names));
  const byName = new Map(sent);
  return Object.fromEntries(
    Object.entries(params).map(([name, { required, read }]) => {
      const value = byName.get(name);
      if (value === undefined && required) throw new ControlError(400, `${name}: is required`);
      return [name, value === undefined ? undefined : read(name, value)];
    }),
  );
}

const sendThese = (names: readonly string[]): string =>
  `Send ${names.join(', ')} as a form or as JSON, one or several.`;

/** Names with the text of their values; undefined for a value that is not simple. */
function sentValues({ method, query, headers, body }: HttpRequest): [string, string | undefined][] {
  if (method !== 'POST') return [...new URLSearchParams(query)];
  const text = Buffer.from(body).toString('utf8');
  return headers['content-type']?.startsWith('application/json')
    ? Object.entries(jsonOf(text)).map(([name, value]) => [name, simple(value)])
    : [...new URLSearchParams(text)];
}

const simple = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;

function jsonOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (shape.anyObject(value)) return value;
  } catch {
    // Told below, as any other body that is no object.
  }
  throw new ControlError(400, "The body isn't a JSON object.");
}
