// A browser is signed in to a vault by a key, which it shows once: from then on a cookie that no script can read stands
// for it. Pages know who is signed in and which rights the key has, and never the key.
import type { ConsoleSession, Right } from '@hallpass/vault/client';
import { heardNow } from '../graph/clock.ts';
import { platformName } from '../graph/start.ts';
import { ServiceFailure } from '../graph/service-failure.ts';
import { createStore } from '../graph/store.ts';

const ADDRESS = '/console/session';
const SIGNED_OUT = 401;

/** The session of this browser: undefined while it is not known, null for none. */
export const vaultSession = createStore<ConsoleSession | null | undefined>(undefined);

/** The reason why nobody can be signed in now, such as a vault that is sealed; undefined where all is well. */
export const vaultTrouble = createStore<ServiceFailure | undefined>(undefined);

/** A call was refused because the session is over. What was typed stays. */
export const sessionEnded = (): void => vaultSession.set(null);

async function answered(response: Response): Promise<ConsoleSession> {
  const body = (await response.json()) as ConsoleSession & { error?: { message: string } };
  if (!response.ok) throw new ServiceFailure(response.status, body.error?.message ?? `It answered ${response.status}.`);
  return body;
}

function begin(session: ConsoleSession): void {
  heardNow(session.now);
  platformName.set(session.platform);
  vaultTrouble.set(undefined);
  vaultSession.set(session);
}

/** Asks the vault who is signed in. */
export async function askSession(): Promise<void> {
  try {
    begin(await answered(await fetch(ADDRESS)));
  } catch (error) {
    const refused = error instanceof ServiceFailure ? error : new ServiceFailure(0, 'The vault can’t be reached.');
    vaultTrouble.set(refused.status === SIGNED_OUT ? undefined : refused);
    vaultSession.set(null);
  }
}

/** @throws ServiceFailure with the sentence of the vault */
export async function signIn(key: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  begin(await answered(await fetch(ADDRESS, { method: 'POST', headers, body: JSON.stringify({ key }) })));
}

export async function signOut(): Promise<void> {
  await fetch(ADDRESS, { method: 'DELETE' });
  vaultSession.set(null);
}

/** True where the key of this session has the right. The vault judges it anew at each call. */
export const useRight = (right: Right): boolean => vaultSession.use()?.rights.includes(right) ?? false;
