// `{result=name:$.data.*.id}` in a batch item: a JSONPath into the answer of a named item, replaced by its values joined
// by commas. References may arrive percent-encoded.

// Short and without braces inside, so that hostile text is looked through once.
const reference = /(?:\{|%7B)result(?:=|%3D)([^{}:]{1,100}?)(?::|%3A)((?:\$|%24)[^{}]{0,300}?)(?:\}|%7D)/gi;

const plain = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Names that a text refers to. */
export function references(text: string): string[] {
  if (!text.includes('result')) return [];
  return [...text.matchAll(reference)].map((match) => plain(match[1] as string));
}

/**
 * Replaces every reference by its values, percent-encoded; one that finds nothing becomes the empty text.
 * @returns undefined where more than `most` characters would come of it
 */
export function substitute(text: string, results: ReadonlyMap<string, unknown>, most: number): string | undefined {
  let length = text.length;
  const replaced = text.replace(reference, (_, name: string, path: string) => {
    if (length > most) return '';
    const values = select(results.get(plain(name)), plain(path)).map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
    const written = encodeURIComponent(values.join(','));
    length += written.length;
    return written;
  });
  return length > most ? undefined : replaced;
}

/** The small part of JSONPath that batches use: `$`, `.name`, `['name']`, `[0]`, `.*`, `[*]`, `..name`. */
export function select(root: unknown, path: string): unknown[] {
  const steps = path.match(/\.\.[\w-]+|\.[\w-]+|\.\*|\[\*\]|\[\d+\]|\['[^']*'\]/g) ?? [];
  let found: unknown[] = [root];
  for (const step of steps.slice(0, 50)) {
    if (step === '.*' || step === '[*]') found = found.flatMap(children);
    else if (step.startsWith('..')) found = found.flatMap((value) => descend(value, step.slice(2)));
    else {
      const key = step.startsWith('.') ? step.slice(1) : step.slice(1, -1).replace(/^'|'$/g, '');
      found = found.flatMap((value) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? [(value as Record<string, unknown>)[key]] : [],
      );
    }
    if (found.length > 10_000) found = found.slice(0, 10_000);
  }
  return found.filter((value) => value !== undefined && value !== null);
}

const children = (value: unknown): unknown[] => (typeof value === 'object' && value !== null ? Object.values(value) : []);

function descend(value: unknown, key: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.hasOwn(value, key) ? [(value as Record<string, unknown>)[key]] : [];
  return [...own, ...children(value).flatMap((child) => descend(child, key))];
}
