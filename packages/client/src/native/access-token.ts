// A token of a person on a device, and what is known about it: the members of `com.facebook.AccessToken` of the Android
// SDK and of `FBSDKAccessToken` of the iOS SDK, by the names of both. It never changes; a renewal makes a new one.
import { type AccessTokenJson, accessTokenShape, dateOf, JSON_VERSION, NEVER } from './access-token-json.ts';
import type { AccessTokenSource } from './access-token-source.ts';
import { sharedManager } from './shared.ts';
import { realSurroundings } from './surroundings.ts';

/** Everything that makes a token; what is left out is not known. */
export interface AccessTokenFields {
  /** The token itself, as calls send it. */
  token: string;
  applicationId: string;
  /** App-scoped. */
  userId: string;
  permissions?: Iterable<string> | undefined;
  declinedPermissions?: Iterable<string> | undefined;
  expiredPermissions?: Iterable<string> | undefined;
  source?: AccessTokenSource | undefined;
  /** `NEVER` where it is left out. */
  expires?: Date | undefined;
  /** Now where it is left out. */
  lastRefresh?: Date | undefined;
  /** `NEVER` where it is left out. */
  dataAccessExpirationTime?: Date | undefined;
  graphDomain?: string | undefined;
}

export class AccessToken {
  readonly token: string;
  readonly applicationId: string;
  readonly userId: string;
  readonly permissions: ReadonlySet<string>;
  readonly declinedPermissions: ReadonlySet<string>;
  readonly expiredPermissions: ReadonlySet<string>;
  readonly source: AccessTokenSource;
  readonly expires: Date;
  readonly lastRefresh: Date;
  readonly dataAccessExpirationTime: Date;
  readonly graphDomain: string;
  readonly #now: () => number;

  /**
   * Nothing is checked: the caller knows that these facts belong to this token.
   * @param now the clock by which it expires, in milliseconds
   * @throws TypeError where the token, the app or the person is an empty text
   */
  constructor(fields: AccessTokenFields, now: () => number = realSurroundings.now) {
    for (const name of ['token', 'applicationId', 'userId'] as const)
      if (fields[name] === '') throw new TypeError(`An access token needs its ${name}.`);
    this.#now = now;
    this.token = fields.token;
    this.applicationId = fields.applicationId;
    this.userId = fields.userId;
    this.permissions = new Set(fields.permissions);
    this.declinedPermissions = new Set(fields.declinedPermissions);
    this.expiredPermissions = new Set(fields.expiredPermissions);
    this.source = fields.source ?? 'FACEBOOK_APPLICATION_WEB';
    this.expires = fields.expires ?? NEVER;
    this.lastRefresh = fields.lastRefresh ?? new Date(now());
    this.dataAccessExpirationTime = fields.dataAccessExpirationTime ?? NEVER;
    this.graphDomain = fields.graphDomain ?? 'facebook';
  }

  get isExpired(): boolean {
    return this.#now() > this.expires.getTime();
  }

  /** True 90 days after the person last used the app in a way that shows it; calls for their data are refused then. */
  get isDataAccessExpired(): boolean {
    return this.#now() > this.dataAccessExpirationTime.getTime();
  }

  get isInstagramToken(): boolean {
    return this.graphDomain === 'instagram';
  }

  /** The name of `token` on iOS. */
  get tokenString(): string {
    return this.token;
  }

  /** The name of `applicationId` on iOS. */
  get appID(): string {
    return this.applicationId;
  }

  /** The name of `userId` on iOS. */
  get userID(): string {
    return this.userId;
  }

  /** The name of `expires` on iOS. */
  get expirationDate(): Date {
    return this.expires;
  }

  /** The name of `lastRefresh` on iOS. */
  get refreshDate(): Date {
    return this.lastRefresh;
  }

  /** The name of `dataAccessExpirationTime` on iOS. */
  get dataAccessExpirationDate(): Date {
    return this.dataAccessExpirationTime;
  }

  hasGranted(permission: string): boolean {
    return this.permissions.has(permission);
  }

  /** A copy with some facts changed. */
  with(changes: Partial<AccessTokenFields>): AccessToken {
    return new AccessToken({ ...fieldsOf(this), ...changes }, this.#now);
  }

  /** True for a token with the same facts. */
  equals(other: unknown): boolean {
    return other instanceof AccessToken && JSON.stringify(this) === JSON.stringify(other);
  }

  /** Never the token itself: this is what a log shows. */
  toString(): string {
    return `{AccessToken token:ACCESS_TOKEN_REMOVED permissions:[${[...this.permissions].join(', ')}]}`;
  }

  /** The form in which stores keep it, with the token: it is a secret. */
  toJSON(): AccessTokenJson {
    return {
      version: JSON_VERSION,
      token: this.token,
      expires_at: this.expires.getTime(),
      permissions: [...this.permissions].toSorted(),
      declined_permissions: [...this.declinedPermissions].toSorted(),
      expired_permissions: [...this.expiredPermissions].toSorted(),
      last_refresh: this.lastRefresh.getTime(),
      source: this.source,
      application_id: this.applicationId,
      user_id: this.userId,
      data_access_expiration_time: this.dataAccessExpirationTime.getTime(),
      graph_domain: this.graphDomain,
    };
  }

  /** `console.log` of Node prints this. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /** The token of this form, or undefined for anything else, another version included. */
  static fromJSON(json: unknown, now?: () => number): AccessToken | undefined {
    if (!accessTokenShape(json) || json.version !== JSON_VERSION) return undefined;
    if ([json.token, json.application_id, json.user_id].includes('')) return undefined;
    return new AccessToken(
      {
        token: json.token,
        applicationId: json.application_id,
        userId: json.user_id,
        permissions: json.permissions,
        declinedPermissions: json.declined_permissions,
        expiredPermissions: json.expired_permissions,
        source: json.source,
        expires: dateOf(json.expires_at),
        lastRefresh: dateOf(json.last_refresh),
        dataAccessExpirationTime: dateOf(json.data_access_expiration_time ?? 0),
        graphDomain: json.graph_domain,
      },
      now,
    );
  }

  /** The token of the program, or null while nobody is logged in. @throws NotInitialized; so for all that follow */
  static getCurrentAccessToken(): AccessToken | null {
    return sharedManager().current;
  }

  /** Makes another token the current one, keeps it, and tells those who listen. */
  static setCurrentAccessToken(token: AccessToken | null): Promise<void> {
    return sharedManager().setCurrent(token);
  }

  static isCurrentAccessTokenActive(): boolean {
    const token = sharedManager().current;
    return token !== null && !token.isExpired;
  }

  static isDataAccessActive(): boolean {
    const token = sharedManager().current;
    return token !== null && !token.isExpired && !token.isDataAccessExpired;
  }

  /** Marks the current token as expired, without asking anybody. */
  static expireCurrentAccessToken(): Promise<void> {
    return sharedManager().expireCurrent();
  }

  /** Renews the current token now. @throws GraphError | NoGraph | NobodyLoggedIn */
  static refreshCurrentAccessTokenAsync(): Promise<AccessToken> {
    return sharedManager().refresh();
  }

  /** The name of `getCurrentAccessToken` in Swift. */
  static get current(): AccessToken | null {
    return sharedManager().current;
  }

  /** The name of `getCurrentAccessToken` in Objective-C. */
  static get currentAccessToken(): AccessToken | null {
    return sharedManager().current;
  }

  /** The name of `refreshCurrentAccessTokenAsync` on iOS. */
  static refreshCurrentAccessToken(): Promise<AccessToken> {
    return sharedManager().refresh();
  }
}

function fieldsOf(token: AccessToken): AccessTokenFields {
  const { applicationId, userId, permissions, declinedPermissions, expiredPermissions, source } = token;
  const { expires, lastRefresh, dataAccessExpirationTime, graphDomain } = token;
  return {
    token: token.token,
    applicationId,
    userId,
    permissions,
    declinedPermissions,
    expiredPermissions,
    source,
    expires,
    lastRefresh,
    dataAccessExpirationTime,
    graphDomain,
  };
}
