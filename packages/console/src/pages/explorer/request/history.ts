// The calls of before: method, version and path, newest first. Tokens and parameters of a POST aren't part of them, so that
// nothing secret is stored.
import { createStore } from '../../../graph/store.ts';
import { type Method, sharedCall } from './shared-call.ts';

export interface PastCall {
  method: Method;
  version: string;
  path: string;
}

const NAME = 'hallpass.explorer.history';
const MOST = 30;

function stored(): readonly PastCall[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(NAME) ?? '[]');
    if (!Array.isArray(read)) return [];
    return read.flatMap((one: unknown) => {
      if (typeof one !== 'object' || one === null) return [];
      const { method, version, path } = sharedCall({ ...one });
      return method === undefined || version === undefined || path === undefined ? [] : [{ method, version, path }];
    });
  } catch {
    return [];
  }
}

const past = createStore(stored());

function keep(next: readonly PastCall[]): void {
  past.set(next);
  try {
    localStorage.setItem(NAME, JSON.stringify(next));
  } catch {
    // A browser that stores nothing has the calls of this page alone.
  }
}

/** Text that looks like a token anywhere in a path keeps the call out of the history. */
const holdsToken = (path: string): boolean =>
  path.includes('EAA') || path.includes('|') || path.toLowerCase().includes('%7c');

export function remember(call: PastCall): void {
  if (holdsToken(call.path)) return;
  const others = past
    .get()
    .filter(({ method, version, path }) => method !== call.method || version !== call.version || path !== call.path);
  keep([call, ...others].slice(0, MOST));
}

export const forgetHistory = (): void => keep([]);

export const useHistory = past.use;
