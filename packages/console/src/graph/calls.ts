// This list holds the Graph calls that this page made, for the drawer at the bottom. They are kept in memory alone and
// hold no token.
import { useSyncExternalStore } from 'react';

export interface GraphCall {
  id: number;
  method: string;
  /** Path and query, without any credential. */
  path: string;
  params: Readonly<Record<string, string>>;
  status: number;
  ms: number;
  /** `fbtrace_id` of a refusal. */
  traceId?: string | undefined;
  message?: string | undefined;
}

const MOST = 200;
let calls: readonly GraphCall[] = [];
let next = 1;
const listeners = new Set<() => void>();

export function recordCall(call: Omit<GraphCall, 'id'>): void {
  calls = [{ ...call, id: next++ }, ...calls].slice(0, MOST);
  for (const listener of listeners) listener();
}

export function clearCalls(): void {
  calls = [];
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The latest calls, newest first. */
export const useCalls = (): readonly GraphCall[] => useSyncExternalStore(subscribe, () => calls);
