// The Graph calls that this page made, for the drawer at the bottom. They are kept in memory alone, and what is listed holds no
// token: those that were used are beside the list, for the question why a call was answered as it was.
import { createStore } from './store.ts';

export interface GraphCall {
  id: number;
  /** Tells whether the web session or a token made it. */
  by: 'session' | 'token';
  method: 'GET' | 'POST' | 'DELETE';
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
const calls = createStore<readonly GraphCall[]>([]);
let next = 1;

const tokens = new Map<number, string>();

/** @param token that made the call; absent for one that the session made */
export function recordCall(call: Omit<GraphCall, 'id' | 'by'>, token?: string): void {
  const id = next++;
  const made: GraphCall = { ...call, id, by: token === undefined ? 'session' : 'token' };
  calls.set([made, ...calls.get()].slice(0, MOST));
  if (token !== undefined) tokens.set(id, token);
  tokens.delete(id - MOST);
}

export function clearCalls(): void {
  tokens.clear();
  calls.set([]);
}

/** The token that made a call of the list; empty where none did. */
export const tokenOfCall = (id: number): string => tokens.get(id) ?? '';

/** The latest calls, newest first. */
export const useCalls = calls.use;
