// A seed file as it was written: its values as plain data, and where each of them stands.
import { oncePer } from '@hallpass/protocol';
import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Path, Problem } from './problems.ts';

export interface Source {
  /**
   * Maps, lists, texts, numbers, yes/no and null; whole numbers too large for a number are the text of their digits.
   */
  value: unknown;
  /** The place where a key or an item of a list begins; for what is not there, where the thing begins that lacks it. */
  place(path: Path): { line: number; column: number };
  /** The problems that keep the file from being YAML. */
  problems: Problem[];
}

/** Reads YAML 1.2 (so also JSON). */
export function readSource(text: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    intAsBigInt: true,
    uniqueKeys: false,
  });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = document.errors.map((error) => ({
    ...at(error.pos[0]),
    path: '',
    message: sentence(error.message),
  }));
  for (const offset of problems.length > 0 ? [] : repeatedKeys(document))
    problems.push({ ...at(offset), path: '', message: 'Map keys must be unique' });
  const place: Source['place'] = (path) => at(offsetOf(document.contents, path));
  if (problems.length > 0) return { value: undefined, place, problems };
  try {
    return { value: plain(document.toJS({ maxAliasCount: 100 })), place, problems };
  } catch (error) {
    // Aliases that lead nowhere, to too much, or to themselves.
    const message =
      error instanceof RangeError
        ? 'An anchor holds itself'
        : sentence(error instanceof Error ? error.message : String(error));
    return { value: undefined, place, problems: [{ line: 1, column: 1, path: '', message }] };
  }
}

/**
 * Finds keys that their map has already. The parser would compare each key with each other one, so that a map of twice
 * the size took four times as long.
 */
function repeatedKeys(document: ReturnType<typeof parseDocument>): number[] {
  const found: number[] = [];
  visit(document, {
    Map(_key, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) found.push(key.range?.[0] ?? 0);
        seen.add(key.value);
      }
    },
  });
  return found;
}

const sentence = (message: string): string => message.split('\n')[0] ?? message;

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  // Keys from a file: an object without a prototype has no key that nobody wrote.
  const out = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(value)) out[key] = plain(item);
  return out;
}

function offsetOf(root: Node | null, path: Path): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const part of path) {
    if (isAlias(node) || !isCollection(node)) break;
    const item: unknown = isMap(node) ? pairsOf(node).get(String(part)) : node.items[Number(part)];
    if (item === undefined) break;
    const start = isPair(item) ? item.key : item;
    offset = (start as Node | null)?.range?.[0] ?? offset;
    node = isPair(item) ? item.value : item;
  }
  return offset;
}

/** The pairs of a map by their keys, put in order once for all the places that are asked for. */
const pairsOf = oncePer(
  (map: YAMLMap): ReadonlyMap<string, Pair> => new Map(map.items.map((pair) => [keyText(pair.key), pair])),
);

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}
