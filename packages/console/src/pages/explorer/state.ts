// The Explorer's state stays while the console is open, also when another tool is shown meanwhile. A reload forgets the token.
import { createStore } from '../../graph/store.ts';
import type { TokenAnswer } from '../../graph/token-call.ts';
import type { Method } from './request/shared-call.ts';

export type DebugLevel = 'off' | 'warning' | 'info' | 'all';

export interface SentCall {
  method: Method;
  version: string;
  /** Below the version, without credentials. */
  path: string;
  params: Readonly<Record<string, string>>;
}

export interface ExplorerState {
  token: string;
  /** The name of the token, as its maker gave it: "User Token", "Corner Bakery". */
  tokenOf: string;
  /** True where the token is known to speak for no person: such a token has no permissions of its own to ask for. */
  ofNoPerson: boolean;
  /** The person's token that Page tokens were taken from, to go back to. */
  userToken: string;
  appId: string | undefined;
  permissions: readonly string[];
  /** Of Login for Business. */
  configuration: string | undefined;
  method: Method;
  /** `undefined` for the default of the installation. */
  version: string | undefined;
  path: string;
  /** Parameters of a POST, one `name=value` per line. */
  params: readonly (readonly [name: string, value: string])[];
  debug: DebugLevel;
  sent: SentCall | undefined;
  answer: TokenAnswer | undefined;
  busy: boolean;
}

const state = createStore<ExplorerState>({
  token: '',
  tokenOf: '',
  ofNoPerson: false,
  userToken: '',
  appId: undefined,
  permissions: [],
  configuration: undefined,
  method: 'GET',
  version: undefined,
  path: 'me?fields=id,name',
  params: [],
  debug: 'off',
  sent: undefined,
  answer: undefined,
  busy: false,
});

export const explorerState = state.get;
export const useExplorer = state.use;
/**
 * Changes some of it. A token that is put into the box without a word about whose it is may be a person's; one of no person
 * leaves the person's beside it.
 */
export function setExplorer(change: Partial<ExplorerState>): void {
  const before = state.get();
  const token = change.token === undefined ? {} : { ofNoPerson: false };
  const kept = change.ofNoPerson === true && !before.ofNoPerson ? { userToken: before.token } : {};
  state.set({ ...before, ...token, ...kept, ...change });
}
