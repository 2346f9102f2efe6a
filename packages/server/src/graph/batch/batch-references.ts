// A batch item can contain `{result=name:$.data.*.id}`: a JSONPath into the answer of a named item, replaced by its
// values joined by commas. References may arrive percent-encoded. Source: "Make multiple requests".
import type { Work } from '../../wire/work.ts';

const LONGEST_NAME = 100;
const LONGEST_PATH = 300;
const MOST_STEPS = 50;
const MOST_FOUND = 10_000;

interface Reference {
  /** The position at which it begins and ends in the text. */
  from: number;
  to: number;
  name: string;
  path: string;
}

/** The characters that give a reference its form, plain or encoded. */
const mark = /%(?:7B|7D|3A|3D|24)|[{}:=$]/gi;

const plain = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/**
 * Every reference of a text, in order. The marks are read once, from left to right, and what does not become a
 * reference is
 * never looked at again, so hostile text takes no longer than any other of its length.
 */
function* referencesIn(text: string): Generator<Reference> {
  if (!text.includes('result')) return;
  /** The mark that must come next, or may; undefined outside of a reference. */
  let awaited: '=' | ':' | '$' | '}' | undefined;
  let from = 0;
  let nameFrom = 0;
  let pathFrom = 0;
  for (const { 0: written, index } of text.matchAll(mark)) {
    const character = plain(written);
    const end = index + written.length;
    if (character === '{') {
      awaited = text.startsWith('result', end) ? '=' : undefined;
      from = index;
      nameFrom = end + 'result'.length;
    } else if (awaited === '=') {
      awaited = character === '=' && index === nameFrom ? ':' : undefined;
      nameFrom = end;
    } else if (awaited === ':' && (character === ':' || character === '}')) {
      awaited = character === ':' && index > nameFrom && index - nameFrom <= LONGEST_NAME ? '$' : undefined;
      pathFrom = end;
    } else if (awaited === '$') {
      awaited = character === '$' && index === pathFrom ? '}' : undefined;
    } else if (awaited === '}' && character === '}') {
      awaited = undefined;
      if (index - pathFrom > LONGEST_PATH) continue;
      const [name] = text.slice(nameFrom, pathFrom).split(/:|%3A/i, 1);
      yield { from, to: end, name: plain(name ?? ''), path: plain(text.slice(pathFrom, index)) };
    }
  }
}

/** Names that a text refers to. */
export function references(text: string): string[] {
  return [...referencesIn(text)].map(({ name }) => name);
}

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
