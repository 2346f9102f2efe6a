// Bodies of the control interface: a form or a JSON object of simple values.
import { isIn, shape } from '@hallpass/protocol';
import type { HttpRequest } from '@hallpass/server';
import { durationOf } from './seed/moments.ts';

/** Refused by the control interface. */
export class Wrong extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The values by name, as text. @throws Wrong for anything but these names, and for none of them */
export function bodyOf<Name extends string>(incoming: HttpRequest, names: readonly Name[]): { [K in Name]?: string } {
  const text = Buffer.from(incoming.body).toString('utf8');
  const entries = Object.entries(
    incoming.headers['content-type']?.startsWith('application/json')
      ? jsonOf(text)
      : Object.fromEntries(new URLSearchParams(text)),
  );
  const wrong = entries.find(
    ([name, value]) => !isIn(names, name) || !['string', 'number', 'boolean'].includes(typeof value),
  );
  if (wrong || entries.length === 0)
    throw new Wrong(400, `Send ${names.join(', ')} as a form or as JSON, one or several.`);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)])) as { [K in Name]?: string };
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (shape.anyObject(value)) return value;
  } catch {
    // Told below, as any other body that is no object.
  }
  throw new Wrong(400, 'The body is not a JSON object.');
}

export function durationOrSeconds(text: string): number {
  const seconds = /^\d{1,12}$/.test(text) ? Number(text) : durationOf(text);
  if (seconds === undefined)
    throw new Wrong(400, 'advance: must be seconds, or a length of time such as 90m, 2h or 61d');
  return seconds;
}

export function yesNoOf(name: string, text: string): boolean {
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new Wrong(400, `${name}: must be true or false`);
}
