// The static members of the mobile classes need one manager for the whole program: the one that `initialize` made.
import type { TokenManager } from './token-manager.ts';

let shared: TokenManager | undefined;

/** The static members were used before `initialize`. */
export class NotInitialized extends Error {
  override readonly name = 'NotInitialized';
}

/** @throws NotInitialized before `initialize` has been called */
export function sharedManager(): TokenManager {
  if (!shared)
    throw new NotInitialized('Call initialize() first: it says which app this is and where tokens are kept.');
  return shared;
}

export function setSharedManager(manager: TokenManager | undefined): void {
  shared = manager;
}
