// The class that managed tokens before version 4 of the mobile SDKs. The page about access tokens still names it.
import type { AccessToken } from './access-token.ts';
import { sharedManager } from './shared.ts';

export const Session = {
  /** The present name is `AccessToken.getCurrentAccessToken`. @throws NotInitialized */
  getCurrentAccessToken: (): AccessToken | null => sharedManager().current,
};
