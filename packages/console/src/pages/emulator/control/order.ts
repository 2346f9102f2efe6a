// Pages about the emulator give orders through this: the calls of its control interface, with the key that this browser
// got for a link. The key is kept for this origin alone, and stands in a header: no other page can send it.
import { ServiceFailure } from '../../../graph/service-failure.ts';
import { createStore } from '../../../graph/store.ts';

type Params = Readonly<Record<string, string | number | boolean | undefined>>;

const KEPT_KEY = 'hallpass-console-key';
const LOCKED = 401;

/** The key of the emulator that answers here; undefined while this browser has none that it takes. */
export const consoleKey = createStore<string | undefined>(localStorage.getItem(KEPT_KEY) ?? undefined);

/** The world that pages show and order about. */
export const chosenWorld = createStore('main');

function keepKey(key: string | undefined): void {
  if (key === undefined) localStorage.removeItem(KEPT_KEY);
  else localStorage.setItem(KEPT_KEY, key);
  consoleKey.set(key);
}

/** Gets the key for the ticket of a link. @throws ServiceFailure where it was used before */
export async function openByTicket(ticket: string): Promise<void> {
  const response = await fetch('/console/control/open', { method: 'POST', body: new URLSearchParams({ ticket }) });
  keepKey((await answerOf<{ key: string }>(response)).key);
}

/**
 * One call of the control interface.
 * @param path below its root, e.g. `faults`
 * @throws ServiceFailure with the emulator's sentence
 */
export async function order<T>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  params: Params = {},
  signal?: AbortSignal,
): Promise<T> {
  const given = new URLSearchParams(
    Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
  const inBody = method === 'POST';
  const response = await fetch(`/console/control/${path}${inBody || given.size === 0 ? '' : `?${given}`}`, {
    method,
    headers: {
      accept: 'application/json',
      'x-hallpass-console-key': consoleKey.get() ?? '',
      'x-hallpass-world': chosenWorld.get(),
    },
    ...(inBody ? { body: given } : {}),
    ...(signal ? { signal } : {}),
  });
  // The emulator has started anew since: its old key opens nothing.
  if (response.status === LOCKED) keepKey(undefined);
  return answerOf<T>(response);
}

async function answerOf<T>(response: Response): Promise<T> {
  const body = (await response.json()) as T & { error?: { message: string } };
  if (!response.ok) throw new ServiceFailure(response.status, body.error?.message ?? `It answered ${response.status}.`);
  return body;
}
