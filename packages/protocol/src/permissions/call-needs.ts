// This module tells which permissions a call needs. Its table is generated from the declarations of the server, so a holder
// of tokens can tell what the calls with them took, without asking a server.
import type { Method } from '../request/values.ts';
import type { TokenKind } from '../tokens/tokens.ts';
import { callTable, fieldNames, operationHeads } from './call-table.ts';
import type { PermissionSet } from './permission-sets.ts';
import type { Permission } from './permissions.ts';
import type { CallRow } from './call-row.ts';

const heads: ReadonlySet<string> = new Set(operationHeads);
const fields: ReadonlySet<string> = new Set(fieldNames);
const edges: ReadonlySet<string> = new Set(callTable.flatMap(([, , call]) => (call.startsWith('.') ? [] : [call])));
const words: ReadonlySet<string> = new Set([...edges].flatMap((edge) => edge.split('/')));

const rows = new Map<string, CallRow[]>();
for (const row of callTable) {
  const key = `${row[1]} ${row[2]}`;
  rows.set(key, [...(rows.get(key) ?? []), row]);
}

/** True for a word that begins the path of a call about tokens, and of no thing. */
export const isOperationHead = (word: string): boolean => heads.has(word);

/** A picture is a field and has a path of its own, and both show the same. */
const PICTURE = 'picture';

/** True for a name that is a plain field, and the name of no list. */
export const isPlainField = (name: string): boolean => fields.has(name) && (!edges.has(name) || name === PICTURE);

/** True for a word that stands in paths: the name of a list, or a part of one. */
export const isPathWord = (word: string): boolean => word !== '' && words.has(word);

/** A call as far as its permissions depend on it. */
export interface CallShape {
  method: Method;
  /** The name of the edge; empty for the node itself. */
  edge: string;
  /** Type of the node, where it's known: `user`, `page`. */
  node?: string | undefined;
  fields: readonly string[];
}

/**
 * The ways to meet what a call needs, one list for each of its parts; a call that isn't known has no parts. Where the type
 * of the node isn't known, every type that has such a call counts as a way.
 *
 * @param kind of the token that makes it
 */
export function needsOfCall({ method, edge, node, fields: asked }: CallShape, kind: TokenKind): PermissionSet[][] {
  const named = (call: string): CallRow[] => {
    const all = rows.get(`${method} ${call}`) ?? [];
    const own = all.filter(([of]) => of === node);
    return own.length > 0 ? own : all;
  };
  const calls = [named(edge), ...(method === 'GET' && edge === '' ? asked.map((field) => named(`.${field}`)) : [])];
  return calls.flatMap((found) => {
    const ways = found.flatMap(([, , , sets]) =>
      sets
        .filter(([kinds]) => kinds === '*' || kinds.split(' ').includes(kind))
        .map(([, ...permissions]) => ({ permissions })),
    );
    return ways.length === 0 ? [] : [ways];
  });
}

/** The permissions of those ways that ask for the least beyond what is carried; sorted. */
export function permissionsFor(needs: readonly (readonly PermissionSet[])[], carried: readonly string[]): Permission[] {
  const held = new Set(carried);
  const lacking = ({ permissions }: PermissionSet): number => permissions.filter((one) => !held.has(one)).length;
  const chosen = needs.flatMap((ways) => {
    const [best] = ways.toSorted((a, b) => lacking(a) - lacking(b) || a.permissions.length - b.permissions.length);
    return best?.permissions ?? [];
  });
  return [...new Set(chosen)].sort();
}
