// This module compares whole answers: byte for byte with what a case expects, and key by key, in order, with what the
// document prints.
import assert from 'node:assert/strict';
import type { Printed } from './statements/statement.ts';
import type { Reply } from './stage/world.ts';

/** The result of a case about a printed answer: the reply, and the whole body that it expects. */
export interface WholeAnswer {
  reply: Reply;
  body: unknown;
}

/** Values for which documents print a placeholder. */
const placeholders: Readonly<Record<string, (value: unknown) => boolean>> = {
  '<token>': (value) => typeof value === 'string' && /^EAA[A-Za-z0-9]+$/.test(value),
  '<number>': (value) => typeof value === 'number',
  '<id>': (value) => typeof value === 'string' && /^\d+$/.test(value),
  '<tasks>': (value) => Array.isArray(value) && value.length > 0 && value.every((task) => typeof task === 'string'),
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/**
 * Finds the path at which `body` is not what the document prints; undefined where it is. Keys count with their order,
 * lists with their length.
 * @param besides keys of the outermost object that ours has and the document has not
 */
export function differenceFromPrint(
  printed: Printed,
  body: unknown,
  besides: readonly string[] = [],
  path = '',
): string | undefined {
  if (typeof printed === 'string') {
    const fits = placeholders[printed]?.(body) ?? body === printed;
    return fits ? undefined : `${path}: ${JSON.stringify(body)} where the document has ${printed}`;
  }
  if (isList(printed)) {
    if (!isList(body) || body.length !== printed.length) return `${path}: not a list of ${printed.length}`;
    return firstOf(printed, (item: Printed, at) => differenceFromPrint(item, body[at], [], `${path}/${at}`));
  }
  if (!isObject(body)) return `${path}: not an object`;
  const [theirs, ours] = [Object.keys(printed), Object.keys(body).filter((key) => !besides.includes(key))];
  if (theirs.join() !== ours.join()) return `${path}: keys ${ours.join()} where the document has ${theirs.join()}`;
  return firstOf(Object.entries(printed), ([key, value]: [string, Printed]) =>
    differenceFromPrint(value, body[key], [], `${path}/${key}`),
  );
}

function firstOf<Item>(
  items: readonly Item[],
  look: (item: Item, at: number) => string | undefined,
): string | undefined {
  for (const [at, item] of items.entries()) {
    const found = look(item, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Fails unless the reply is `body`, all of it and in this order, and `body` is what the document prints. */
export function compareWhole(
  { reply, body }: WholeAnswer,
  printed: readonly Printed[],
  besides: readonly string[],
): void {
  assert.equal(reply.status, 200, reply.text);
  assert.equal(reply.text, JSON.stringify(body));
  for (const print of printed) assert.equal(differenceFromPrint(print, body, besides), undefined);
}
