// The history keeps the calls of before: method, version and path, newest first. Tokens and parameters of a POST aren't
// part of them, so that nothing secret is stored.
import { useSyncExternalStore } from 'react';
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

let past: readonly PastCall[] = stored();
const listeners = new Set<() => void>();

function keep(next: readonly PastCall[]): void {
  past = next;
  try {
    localStorage.setItem(NAME, JSON.stringify(past));
  } catch {
    // A browser that stores nothing has the calls of this page alone.
  }
  for (const listener of listeners) listener();
}

/** Text that looks like a token anywhere in a path keeps the call out of the history. */
const holdsToken = (path: string): boolean =>
  path.includes('EAA') || path.includes('|') || path.toLowerCase().includes('%7c');

export function remember(call: PastCall): void {
  if (holdsToken(call.path)) return;
  const others = past.filter(
    ({ method, version, path }) => method !== call.method || version !== call.version || path !== call.path,
  );
  keep([call, ...others].slice(0, MOST));
}

export const forgetHistory = (): void => keep([]);

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useHistory = (): readonly PastCall[] => useSyncExternalStore(subscribe, () => past);
