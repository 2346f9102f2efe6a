// Manages the token of one program, as the mobile SDKs do for an app: which one is current, who is told of a change,
// where it is kept, and when it is renewed. Source: `AccessTokenManager` of the Android SDK, `FBSDKAccessToken` and
// its renewal of the iOS SDK.
import { createClient, type CallOptions, type GraphClient } from '../client.ts';
import { GraphError } from '../errors.ts';
import { AccessToken } from './access-token.ts';
import { accessTokenSources } from './access-token-source.ts';
import type { AuthenticationToken } from './limited/authentication-token.ts';
import type { DeviceKey } from './limited/dpop.ts';
import { isDead, isOnlyExpired } from './facts.ts';
import { type Hosts, hostsOf } from './hosts.ts';
import { type KeptState, readState, writeState } from './store/kept-state.ts';
import { renewed } from './renewal.ts';
import type { TokenStore } from './store/token-store.ts';
import { realSurroundings, type Surroundings } from './surroundings.ts';

/** Milliseconds. A token of this age is renewed when it is used. */
const RENEW_AFTER = 24 * 3_600_000;
/** Milliseconds between two tries of a renewal. */
const TRY_AGAIN_AFTER = 3_600_000;

export interface TokenManagerOptions {
  appId: string;
  /** The client token of the app: calls without a person are made by it, and the log-in by a device code. */
  clientToken?: string | undefined;
  /** The address of a server of one host, or the hosts of a platform. */
  server: string | Hosts;
  /** The version of the Graph, such as `v25.0`. */
  version?: string | undefined;
  store: TokenStore;
  /** These take the place of the real surroundings of the program: tests give their own clock. */
  surroundings?: Partial<Surroundings> | undefined;
}

/** A change of the current access token. */
export interface AccessTokenChange {
  previous: AccessToken | null;
  current: AccessToken | null;
  /** True where the person is another one, or there was or is none. */
  userChanged: boolean;
  /** True where the token stays and has just expired. */
  expired: boolean;
}

export interface AuthenticationTokenChange {
  previous: AuthenticationToken | null;
  current: AuthenticationToken | null;
}

/** There is no token to renew. */
export class NobodyLoggedIn extends Error {
  override readonly name = 'NobodyLoggedIn';
}

export class TokenManager {
  readonly appId: string;
  readonly clientToken: string | undefined;
  readonly version: string | undefined;
  readonly hosts: Required<Hosts>;
  readonly surroundings: Surroundings;
  /** Calls of the Graph with a token that the caller names. */
  readonly client: GraphClient;
  readonly #store: TokenStore;
  readonly #accessListeners = new Set<(change: AccessTokenChange) => void>();
  readonly #authenticationListeners = new Set<(change: AuthenticationTokenChange) => void>();
  #state: KeptState = {};
  #saving: Promise<unknown> = Promise.resolve();
  #background: Promise<unknown> = Promise.resolve();
  #renewing: Promise<AccessToken> | undefined;
  #lastTry = Number.NEGATIVE_INFINITY;
  #stopExpiry: () => void = () => undefined;

  /** Nobody is logged in before `load`. @throws TypeError for a server that cannot be used */
  constructor({ appId, clientToken, server, version, store, surroundings }: TokenManagerOptions) {
    this.appId = appId;
    this.clientToken = clientToken;
    this.version = version;
    this.hosts = hostsOf(server);
    this.surroundings = { ...realSurroundings, ...surroundings };
    this.client = createClient({ base: this.hosts.graph, fetch: this.surroundings.fetch, version });
    this.#store = store;
  }

  /** The token of the person who is logged in, expired or not. */
  get current(): AccessToken | null {
    return this.#state.accessToken ?? null;
  }

  /** The result of a Limited Login. */
  get authentication(): AuthenticationToken | null {
    return this.#state.authenticationToken ?? null;
  }

  /** The device keeps these of a Limited Login besides its token. */
  get limitedLogin(): { userTokenNonce: string | undefined; deviceKey: DeviceKey | undefined } {
    return { userTokenNonce: this.#state.userTokenNonce, deviceKey: this.#state.deviceKey };
  }

  /** `app-id|client-token`; undefined without a client token. */
  get clientAccessToken(): string | undefined {
    return this.clientToken === undefined ? undefined : `${this.appId}|${this.clientToken}`;
  }

  /** Takes what the store kept. A token of another app is not taken. */
  async load(): Promise<void> {
    const state = readState(await this.#store.load(), this.surroundings.now);
    if (state.accessToken && state.accessToken.applicationId !== this.appId) return;
    const previous = this.#state;
    this.#state = state;
    this.#tell(previous);
  }

  /** Makes this token the current one, keeps it, and tells those who listen. */
  setCurrent(token: AccessToken | null): Promise<void> {
    return this.#set({ ...this.#state, accessToken: token ?? undefined });
  }

  setAuthentication(token: AuthenticationToken | null): Promise<void> {
    return this.#set({ ...this.#state, authenticationToken: token ?? undefined });
  }

  /** Keeps the result of a Limited Login with what renews it. */
  setLimitedLogin(state: Pick<KeptState, 'authenticationToken' | 'userTokenNonce' | 'deviceKey'>): Promise<void> {
    return this.#set({ ...this.#state, ...state });
  }

  /** Forgets the person. The platform is not told: another program of the same log-in goes on. */
  logOut(): Promise<void> {
    return this.#set({});
  }

  /** Marks the current token as expired, without asking anybody. */
  async expireCurrent(): Promise<void> {
    const token = this.current;
    if (token && !token.isExpired)
      await this.setCurrent(token.with({ expires: new Date(this.surroundings.now() - 1) }));
  }

  /** Calls `listener` at each change, until the returned function is called. */
  onAccessTokenChange(listener: (change: AccessTokenChange) => void): () => void {
    this.#accessListeners.add(listener);
    return () => void this.#accessListeners.delete(listener);
  }

  onAuthenticationTokenChange(listener: (change: AuthenticationTokenChange) => void): () => void {
    this.#authenticationListeners.add(listener);
    return () => void this.#authenticationListeners.delete(listener);
  }

  /**
   * A call of the Graph with the current token, or with the client token while nobody is logged in. A token that is
   * refused as dead is forgotten; one that is a day old is renewed in the background.
   * @throws GraphError | NoGraph
   */
  async call(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    options: Omit<CallOptions, 'token'> = {},
  ): Promise<unknown> {
    const used = this.current;
    const ask = { GET: this.client.get, POST: this.client.post, DELETE: this.client.delete }[method];
    try {
      return await ask(path, { ...options, token: used?.token ?? this.clientAccessToken });
    } catch (error) {
      if (used && error instanceof GraphError) await this.#learn(used, error);
      throw error;
    } finally {
      this.extendIfNeeded();
    }
  }

  /** Begins a renewal where the current token is a day old and none was tried within the hour. Its failure is silent. */
  extendIfNeeded(): void {
    const token = this.current;
    if (!token || !accessTokenSources[token.source].renews) return;
    const now = this.surroundings.now();
    if (now - token.lastRefresh.getTime() <= RENEW_AFTER || now - this.#lastTry <= TRY_AGAIN_AFTER) return;
    this.#background = this.refresh().catch(() => undefined);
  }

  /** Resolves when nothing goes on in the background any more: a program waits for it before it ends. */
  async idle(): Promise<void> {
    await this.#background;
    await this.#saving;
  }

  /** Renews the current token now. @throws NobodyLoggedIn | GraphError | NoGraph */
  refresh(): Promise<AccessToken> {
    this.#renewing ??= this.#refresh().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  async #refresh(): Promise<AccessToken> {
    const before = this.current;
    if (!before) throw new NobodyLoggedIn('Nobody is logged in: there is no token to renew.');
    this.#lastTry = this.surroundings.now();
    try {
      const after = await renewed(this.client, before, this.surroundings.now);
      // Somebody may have logged in or out meanwhile: their token stays.
      if (this.current === before) await this.setCurrent(after);
      return after;
    } catch (error) {
      if (error instanceof GraphError) await this.#learn(before, error);
      throw error;
    }
  }

  /** A refusal of the current token ends it here too. */
  async #learn(used: AccessToken, error: GraphError): Promise<void> {
    if (!isDead(error) || this.current?.token !== used.token) return;
    if (isOnlyExpired(error)) await this.expireCurrent();
    else await this.setCurrent(null);
  }

  async #set(state: KeptState): Promise<void> {
    const previous = this.#state;
    this.#state = state;
    this.#tell(previous);
    const text = writeState(state);
    const save = this.#saving.then(() => (text === undefined ? this.#store.remove() : this.#store.save(text)));
    this.#saving = save.catch(() => undefined);
    await save;
  }

  #tell(before: KeptState): void {
    const { current, authentication } = this;
    const accessToken = before.accessToken ?? null;
    const authenticationToken = before.authenticationToken ?? null;
    if (current !== accessToken) {
      this.#watchExpiry(current);
      const userChanged = accessToken?.userId !== current?.userId;
      for (const listener of this.#accessListeners)
        listener({ previous: accessToken, current, userChanged, expired: false });
    }
    if (authentication !== authenticationToken)
      for (const listener of this.#authenticationListeners)
        listener({ previous: authenticationToken, current: authentication });
  }

  #watchExpiry(token: AccessToken | null): void {
    this.#stopExpiry();
    this.#stopExpiry = () => undefined;
    if (!token || token.isExpired) return;
    this.#stopExpiry = this.surroundings.at(token.expires.getTime() + 1, () => {
      for (const listener of this.#accessListeners)
        listener({ previous: token, current: token, userChanged: false, expired: true });
    });
  }
}
