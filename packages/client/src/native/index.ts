// Manages the token of a program without a browser page, as the mobile SDKs do for an app. It runs in Node.
import { join } from 'node:path';
import { defaultFolder, fileStore } from './store/file-store.ts';
import { metaServer } from './hosts.ts';
import { setSharedManager } from './shared.ts';
import { TokenManager, type TokenManagerOptions } from './token-manager.ts';

export { AccessToken, AccessToken as FBSDKAccessToken, type AccessTokenFields } from './access-token.ts';
export { type AccessTokenJson, NEVER } from './access-token-json.ts';
export { type AccessTokenSource, accessTokenSources } from './access-token-source.ts';
export { type Hosts, metaServer } from './hosts.ts';
export { AuthenticationToken, type AuthenticationTokenJson } from './limited/authentication-token.ts';
export { type AuthenticationTokenClaims, IdTokenRefused } from './limited/id-token.ts';
export { type LimitedLogInOptions, logInLimited, refreshAuthenticationToken } from './limited/limited-login.ts';
export type { LogInResult } from './log-in/finish-log-in.ts';
export { LogInCancelled, LogInFailed } from './log-in/log-in-errors.ts';
export { type BrowserLogInOptions, logInWithBrowser } from './log-in/log-in-with-browser.ts';
export { type DeviceCode, type DeviceLogInOptions, logInWithDevice } from './log-in/log-in-with-device.ts';
export { openBrowser } from './log-in/open-browser.ts';
export { Session } from './session.ts';
export { NotInitialized } from './shared.ts';
export { defaultFolder, fileStore, type FileStoreOptions, StoreRefused } from './store/file-store.ts';
export { memoryStore, type TokenStore } from './store/token-store.ts';
export { realSurroundings, type Surroundings } from './surroundings.ts';
export {
  type AccessTokenChange,
  type AuthenticationTokenChange,
  NobodyLoggedIn,
  TokenManager,
  type TokenManagerOptions,
} from './token-manager.ts';

/** Without a server it is Meta; without a store it is a file of this app in the folder of the person's own files. */
export type InitializeOptions = Omit<TokenManagerOptions, 'server' | 'store'> &
  Partial<Pick<TokenManagerOptions, 'server' | 'store'>>;

/** Makes the manager that the static members of `AccessToken` use, with the token that its store kept. @throws StoreRefused */
export async function initialize(options: InitializeOptions): Promise<TokenManager> {
  const store = options.store ?? fileStore({ file: join(defaultFolder(), `${options.appId}.token`) });
  const manager = new TokenManager({ ...options, server: options.server ?? metaServer, store });
  await manager.load();
  setSharedManager(manager);
  return manager;
}
