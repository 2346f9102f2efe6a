// The references of a batch item are replaced by values of the answers that they name, joined by commas. Source: "Make
// multiple requests".
import { referencesIn } from '@hallpass/protocol/request';
import type { Work } from '../../wire/work.ts';

const MOST_STEPS = 50;
const MOST_FOUND = 10_000;

/**
 * Replaces every reference by its values, percent-encoded; one that finds nothing becomes the empty text.
 * @param results the answer of each named item, read when a reference first asks for it
 * @returns undefined where more than `most` characters would come of it
 * @throws GraphError work.too_much
 */
export async function substitute(
  text: string,
  results: (name: string) => unknown,
  most: number,
  work: Work,
): Promise<string | undefined> {
  const parts: string[] = [];
  let length = text.length;
  let at = 0;
  for (const { from, to, name, path } of referencesIn(text)) {
    const pause = work.pause();
    if (pause) await pause;
    const values = select(results(name), path, work).map((value) =>
      typeof value === 'string' ? value : JSON.stringify(value),
    );
    const joined = values.join(',');
    work.spend('byte', joined.length);
    const written = encodeURIComponent(joined.toWellFormed());
    parts.push(text.slice(at, from), written);
    at = to;
    length += written.length;
    if (length > most) return undefined;
  }
  return parts.join('') + text.slice(at);
}

/**
 * The small part of JSONPath that batches use: `$`, `.name`, `['name']`, `[0]`, `.*`, `[*]`, `..name`.
 * @throws GraphError work.too_much where more values are passed on the way than a request may have looked through
 */
export function select(root: unknown, path: string, work: Work): unknown[] {
  work.spend('byte', path.length);
  work.spend('step');
  const steps = path.match(/\.\.[\w-]+|\.[\w-]+|\.\*|\[\*\]|\[\d+\]|\['[^']*'\]/g) ?? [];
  let found: unknown[] = [root];
  for (const step of steps.slice(0, MOST_STEPS)) {
    work.spend('step', found.length);
    if (step === '.*' || step === '[*]') found = found.flatMap((value) => children(value, work));
    else if (step.startsWith('..')) {
      const inner: unknown[] = [];
      for (const value of found) descend(value, step.slice(2), inner, work);
      found = inner;
    } else {
      const key = step.startsWith('.') ? step.slice(1) : step.slice(1, -1).replace(/^'|'$/g, '');
      found = found.flatMap((value) => property(value, key));
    }
    if (found.length > MOST_FOUND) found = found.slice(0, MOST_FOUND);
  }
  return found.filter((value) => value !== undefined && value !== null);
}

function children(value: unknown, work: Work): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const all: unknown[] = Object.values(value);
  work.spend('step', all.length);
  return all;
}

const property = (value: unknown, key: string): unknown[] =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? [(value as Record<string, unknown>)[key]]
    : [];

/** Adds every property `key` below a value, outer ones first. */
function descend(value: unknown, key: string, into: unknown[], work: Work): void {
  into.push(...property(value, key));
  for (const child of children(value, work)) if (typeof child === 'object') descend(child, key, into, work);
}
