// Asks a Graph-style token server, ours or Meta's. Tokens travel in a header, other secrets in a body: an address is
// kept in logs along the way.
import { type DebugTokenAnswer, type DebugTokenData, parseVersion, type TokenAnswer } from '@hallpass/protocol';
import { GraphError, isErrorBody, NoGraph } from './errors.ts';

export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; redirect: 'manual'; signal?: AbortSignal },
) => Promise<Response>;

export interface ClientOptions {
  /** The address of the Graph, e.g. `https://graph.facebook.com` or `http://localhost:4000`. */
  base: string;
  fetch: Fetch;
  /** `v25.0`; without it the app's default answers. */
  version?: string | undefined;
}

export type Params = Readonly<Record<string, string>>;

export interface CallOptions {
  params?: Params | undefined;
  /** The token that calls. */
  token?: string | undefined;
  headers?: Readonly<Record<string, string>>;
}

export interface ClientResponse {
  status: number;
  headers: Headers;
  /** JSON, whatever it says; `redirect` where the answer is another address. */
  body: unknown;
}

/** An app by its id and secret. */
export interface AppCredentials {
  appId: string;
  appSecret: string;
}

export interface GraphClient {
  /** One call, refused or not. @throws NoGraph */
  call(method: 'GET' | 'POST' | 'DELETE', path: string, options?: CallOptions): Promise<ClientResponse>;
  /** @throws GraphError | NoGraph; so for all that follow */
  get(path: string, options?: CallOptions): Promise<unknown>;
  post(path: string, options?: CallOptions): Promise<unknown>;
  delete(path: string, options?: CallOptions): Promise<unknown>;
  /** Asks what a token is. `by` is the token that asks: an app token of the same app, or the token itself. */
  debugToken(token: string, by: string): Promise<DebugTokenData>;
  /** A long-lived token for a short-lived one. */
  exchange(token: string, app: AppCredentials): Promise<TokenAnswer>;
  /** Ends a token at once. */
  revoke(token: string, app: AppCredentials): Promise<void>;
}

export function createClient({ base, fetch, version }: ClientOptions): GraphClient {
  const origin = new URL(base).origin;
  if (version !== undefined && parseVersion(version) === undefined)
    throw new TypeError(`there is no version ${version}`);

  const call: GraphClient['call'] = async (method, path, { params = {}, token, headers = {} } = {}) => {
    const url = addressOf(origin, path, version);
    const sent: Record<string, string> = { accept: 'application/json', ...headers };
    if (token !== undefined) sent.authorization = `Bearer ${token}`;
    const form = formOf(params);
    let response: Response;
    try {
      if (method === 'POST')
        response = await fetch(url, {
          method,
          headers: { ...sent, 'content-type': 'application/x-www-form-urlencoded' },
          body: form,
          redirect: 'manual',
        });
      else
        response = await fetch(form === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${form}`, {
          method,
          headers: sent,
          redirect: 'manual',
        });
    } catch {
      // The error of fetch may repeat the address with its parameters.
      throw new NoGraph(`${origin} could not be reached: is the server running?`);
    }
    return { status: response.status, headers: response.headers, body: await bodyOf(response, origin) };
  };

  const ask = async (method: 'GET' | 'POST' | 'DELETE', path: string, options?: CallOptions): Promise<unknown> => {
    const { status, body } = await call(method, path, options);
    if (isErrorBody(body)) throw new GraphError(status, body);
    if (status >= 400) throw new NoGraph(`${origin} answered with status ${status} and no Graph error.`);
    return body;
  };

  return {
    call,
    get: (path, options) => ask('GET', path, options),
    post: (path, options) => ask('POST', path, options),
    delete: (path, options) => ask('DELETE', path, options),
    async debugToken(token, by) {
      const answer = await ask('POST', '/debug_token', { params: { method: 'get', input_token: token }, token: by });
      return (answer as DebugTokenAnswer).data;
    },
    async exchange(token, { appId, appSecret }) {
      const params = {
        grant_type: 'fb_exchange_token',
        client_id: appId,
        client_secret: appSecret,
        fb_exchange_token: token,
      };
      return (await ask('POST', '/oauth/access_token', { params })) as TokenAnswer;
    },
    async revoke(token, { appId, appSecret }) {
      const params = { method: 'get', client_id: appId, client_secret: appSecret, revoke_token: token };
      await ask('POST', '/oauth/revoke', { params, token: `${appId}|${appSecret}` });
    },
  };
}

/** The parameters of a form. A batch has many, and this takes a third of the time of URLSearchParams. */
const formOf = (params: Params): string =>
  Object.entries(params)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`)
    .join('&');

/** The address of a path such as `/me/accounts?limit=5`, or of a `next` link of the same server. */
function addressOf(origin: string, path: string, version: string | undefined): string {
  if (/^https?:\/\//i.test(path)) {
    if (URL.parse(path)?.origin !== origin) throw new NoGraph(`This address is not one of ${origin}.`);
    return path;
  }
  const plain = path.replace(/^\/+/, '');
  const versioned = /^v\d+\.\d+(?:\/|$|\?)/.test(plain);
  return `${origin}/${version === undefined || versioned ? '' : `${version}/`}${plain}`;
}

async function bodyOf(response: Response, origin: string): Promise<unknown> {
  const location = response.headers.get('location');
  if (response.status >= 300 && response.status < 400 && location !== null) return { redirect: location };
  const text = await response.text();
  if (text === '' && response.status === 304) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new NoGraph(`${origin} answered with something other than JSON: is it the address of a Graph?`);
  }
}
