// Names and values of a query or a form, each decoded exactly once. What is not plain is refused, never repaired: an
// escape that is not UTF-8, and one name with two different values (invariant I-10; threats IV-01, IV-02, IV-06).

export type PairsFault = 'encoding' | 'duplicate' | 'too_many';

export interface Pairs {
  /** One value per name. */
  values: ReadonlyMap<string, string>;
  /** Every value of a name, in order: for lists of ticks. */
  all(name: string): readonly string[];
  /** Names that came more than once, with equal values. */
  repeated: ReadonlySet<string>;
}

const MOST = 1000;

/** @param lists names that may come more than once */
export function readPairs(text: string, lists: readonly string[] = []): Pairs | PairsFault {
  const values = new Map<string, string>();
  const ticked = new Map<string, string[]>();
  const repeated = new Set<string>();
  const parts = text.split('&').filter(Boolean);
  if (parts.length > MOST) return 'too_many';
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = decoded(equals < 0 ? part : part.slice(0, equals));
    const value = decoded(equals < 0 ? '' : part.slice(equals + 1));
    if (name === undefined || value === undefined) return 'encoding';
    if (lists.includes(name)) {
      const list = ticked.get(name) ?? [];
      list.push(value);
      ticked.set(name, list);
      continue;
    }
    const before = values.get(name);
    if (before !== undefined && before !== value) return 'duplicate';
    if (before !== undefined) repeated.add(name);
    values.set(name, value);
  }
  return { values, repeated, all: (name) => ticked.get(name) ?? [] };
}

/** `+` is a space. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
