// A row of the table of calls says what a call of the Graph needs.
import type { Method } from '../request/values.ts';
import type { Permission } from './permissions.ts';

/** A row of the table: type of node, verb, what is called, and the ways to meet what it needs. */
export type CallRow = readonly [
  node: string,
  method: Method,
  /** The name of an edge; empty for the node itself; with a dot before it, a field that needs more than its node. */
  call: string,
  ways: readonly (readonly [kinds: string, ...permissions: Permission[]])[],
];
