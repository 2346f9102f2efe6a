// These types are as much of clients without types of their own as the tests here use.

declare module 'passport' {
  import type { IncomingMessage, ServerResponse } from 'node:http';
  type Step = (request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => void;
  class Passport {
    use(strategy: object): this;
    initialize(): Step;
    authenticate(name: string, options: object, done?: (error: unknown, user: unknown, info: unknown) => void): Step;
  }
  const passport: Passport & { Passport: typeof Passport };
  export default passport;
}

declare module 'passport-facebook' {
  export interface Profile {
    id: string;
    displayName: string;
    emails?: { value: string }[];
    photos?: { value: string }[];
  }
  type Verified = (error: unknown, user?: unknown) => void;
  export class Strategy {
    constructor(
      options: object,
      verify: (
        accessToken: string,
        refreshToken: string | undefined,
        params: Record<string, unknown>,
        profile: Profile,
        done: Verified,
      ) => void,
    );
  }
}

declare module 'passport-facebook-token' {
  import type { Profile } from 'passport-facebook';
  export default class FacebookTokenStrategy {
    constructor(
      options: object,
      verify: (
        accessToken: string,
        refreshToken: string | undefined,
        profile: Profile,
        done: (error: unknown, user?: unknown) => void,
      ) => void,
    );
  }
}

declare module 'facebook-nodejs-business-sdk' {
  /** Fields of the answer are there by name. */
  export interface Item {
    id: string;
    _data: Record<string, unknown>;
  }
  export interface Cursor extends Array<Item> {
    hasNext(): boolean;
    next(): Promise<Cursor>;
    hasPrevious(): boolean;
    previous(): Promise<Cursor>;
  }
  export class FacebookAdsApi {
    static init(token: string): FacebookAdsApi;
    constructor(token: string, locale?: string, crashLog?: boolean);
    setDebug(on: boolean): this;
    /** The answer as its HTTP client gives it: the body is in `data`. */
    getAppID(): Promise<{ data: { data: { app_id: string } } }>;
    call(method: string, path: string | string[], params?: object): Promise<Record<string, unknown>>;
  }
  class Node {
    constructor(id: string, data?: object, parent?: string, api?: FacebookAdsApi);
    id: string;
    _data: Record<string, unknown>;
  }
  export class User extends Node {
    get(fields: string[], params?: object): Promise<Item>;
    getAccounts(fields: string[], params?: object): Promise<Cursor>;
    getPermissions(fields: string[], params?: object): Promise<Cursor>;
    createAccount(fields: string[], params: object): Promise<Item>;
    createBusiness(fields: string[], params: object): Promise<Item>;
    getBusinesses(fields: string[], params?: object): Promise<Cursor>;
    getAdAccounts(fields: string[], params?: object): Promise<Cursor>;
    update(fields: string[], params: object): Promise<unknown>;
    delete(fields: string[], params?: object): Promise<unknown>;
  }
  export class Application extends Node {
    createAccount(fields: string[], params: object): Promise<Item>;
    getAccounts(fields: string[], params?: object): Promise<Cursor>;
    deleteAccounts(params: object): Promise<unknown>;
  }
  export class Page extends Node {
    get(fields: string[], params?: object): Promise<Item>;
    getFeed(fields: string[], params?: object): Promise<Cursor>;
    createFeed(fields: string[], params?: object): Promise<Item>;
  }
  export class AdAccount extends Node {
    read(fields: string[], params?: object): Promise<Item>;
    createCampaign(fields: string[], params: object): Promise<Item>;
    getCampaigns(fields: string[], params?: object): Promise<Cursor>;
    getInsights(fields: string[], params?: object): Promise<Cursor>;
  }
  export class Campaign extends Node {
    read(fields: string[], params?: object): Promise<Item>;
    update(fields: string[], params: object): Promise<unknown>;
    delete(fields: string[], params?: object): Promise<unknown>;
    getInsights(fields: string[], params?: object): Promise<Cursor>;
  }
  export class FacebookAdsApiBatch {
    constructor(api: FacebookAdsApi, success?: (response: unknown) => void, failure?: (response: unknown) => void);
    add(
      method: string,
      path: string | string[],
      params?: object,
      files?: object,
      success?: (response: BatchAnswer) => void,
      failure?: (response: BatchAnswer) => void,
    ): object;
    execute(): Promise<FacebookAdsApiBatch | undefined>;
  }
  export interface BatchAnswer {
    body: Record<string, unknown>;
    code: number;
    error: { message: string; status: number } | undefined;
    isSuccess: boolean;
  }
}

declare module 'fb' {
  export interface Answer {
    error?: { message: string; type: string; code: number; error_subcode?: number; fbtrace_id: string };
    [name: string]: unknown;
  }
  export class Facebook {
    constructor(options: object);
    options(name: string): unknown;
    setAccessToken(token: string): void;
    api(path: string, ...rest: unknown[]): Promise<Answer>;
    parseSignedRequest(
      signed: string,
      secret?: string,
    ): { user_id: string; algorithm: string; code?: string } | undefined;
    getLoginUrl(options: object): string;
    withAccessToken(token: string): Facebook;
  }
  export class FacebookApiException extends Error {
    response: Answer;
  }
}

declare module 'simple-oauth2' {
  export interface AccessToken {
    token: Record<string, unknown>;
  }
  export class AuthorizationCode {
    constructor(options: object);
    authorizeURL(params: object): string;
    getToken(params: object): Promise<AccessToken>;
  }
  export class ClientCredentials {
    constructor(options: object);
    getToken(params?: object): Promise<AccessToken>;
  }
}

declare module 'facebook-js-sdk' {
  interface Answer {
    status: number;
    data: Record<string, unknown>;
  }
  export default class Facebook {
    constructor(options: object);
    baseUrl: string;
    getLoginUrl(permissions: string[]): string;
    callback(code: string): Promise<Answer>;
    setAccessToken(token: string): void;
    get(path: string, token?: string): Promise<Answer>;
    post(path: string, options: object, token?: string): Promise<Answer>;
    delete(path: string, token?: string): Promise<Answer>;
  }
}
