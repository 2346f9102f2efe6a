// Pages of the console ask the vault by its typed client: the calls of its REST interface, with the session of this
// browser in the place of a key.
import { type Progress, createVaultClient, type VaultClient, VaultError } from '@hallpass/vault/client';
import { ServiceFailure } from '../graph/service-failure.ts';
import { sessionEnded } from './session.ts';

const NO_SESSION = 401;

const clientWith = (progress?: Progress): VaultClient =>
  createVaultClient({
    base: '/console',
    fetch: (url, init) => fetch(url, init),
    ...(progress && { progress }),
  });

const client = clientWith();

/**
 * Makes calls of the vault.
 * @param progress is told how far a long call is
 * @throws ServiceFailure with the sentence of the vault
 */
export async function ask<T>(calls: (vault: VaultClient) => Promise<T>, progress?: Progress): Promise<T> {
  try {
    return await calls(progress ? clientWith(progress) : client);
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    if (error.status === NO_SESSION) sessionEnded();
    throw new ServiceFailure(error.status, error.message);
  }
}
