// A server of Instagram or Threads that knows the documented calls alone: codes, the exchange for a long-lived token, its
// refresh, and /me. It has no debug_token. Sources: the guides to Instagram business log-in and to Threads access tokens.
import type { Fetch } from '@hallpass/client';

const HOUR = 3600;
const DAY = 24 * HOUR;

interface ServiceWords {
  prefix: string;
  exchange: string;
  refresh: string;
  hosts: { tokens: string; graph: string };
}

const words: Readonly<Record<'instagram' | 'threads', ServiceWords>> = {
  instagram: {
    prefix: 'IGAA',
    exchange: 'ig_exchange_token',
    refresh: 'ig_refresh_token',
    hosts: { tokens: 'api.instagram.com', graph: 'graph.instagram.com' },
  },
  threads: {
    prefix: 'THAA',
    exchange: 'th_exchange_token',
    refresh: 'th_refresh_token',
    hosts: { tokens: 'graph.threads.net', graph: 'graph.threads.net' },
  },
};

interface Issued {
  account: string;
  long: boolean;
  issuedAt: number;
  expiresAt: number;
}

export class DocumentedService {
  readonly app = { id: '23', secret: 'feedfacecafebeef' };
  readonly tokens = new Map<string, Issued>();
  readonly calls: { host: string; method: string; path: string }[] = [];
  readonly #words: ServiceWords;
  readonly #codes = new Map<string, { account: string; redirect: string }>();
  readonly #now: () => number;
  #made = 0;

  constructor(service: 'instagram' | 'threads', now: () => number) {
    this.#words = words[service];
    this.#now = now;
  }

  /** The person says yes; the service adds `#_` to the address that it returns to. */
  consent(dialog: string, account: string): URL {
    const asked = new URL(dialog).searchParams;
    const code = `AQB${String(++this.#made).padStart(6, '0')}${'c'.repeat(40)}`;
    const redirect = asked.get('redirect_uri') ?? '';
    this.#codes.set(code, { account, redirect });
    return new URL(`${redirect}?code=${code}&state=${encodeURIComponent(asked.get('state') ?? '')}#_`);
  }

  issue(account: string, long: boolean, age = 0): string {
    const text = `${this.#words.prefix}${String(++this.#made).padStart(8, '0')}${'Z'.repeat(40)}`;
    const issuedAt = this.#now() - age;
    this.tokens.set(text, { account, long, issuedAt, expiresAt: issuedAt + (long ? 60 * DAY : HOUR) });
    return text;
  }

  get fetch(): Fetch {
    return async (address, { method, body, headers }) => {
      const url = new URL(address);
      this.calls.push({ host: url.host, method, path: url.pathname });
      const params = new URLSearchParams([...url.searchParams, ...new URLSearchParams(body ?? '')]);
      const by = headers['authorization']?.replace(/^Bearer /, '') ?? params.get('access_token') ?? '';
      const { status = 200, answer } = this.#answer(method, url, params, by);
      return new Response(JSON.stringify(answer), { status });
    };
  }

  #answer(
    method: string,
    { host, pathname }: URL,
    params: URLSearchParams,
    by: string,
  ): { status?: number; answer: unknown } {
    const refusal = (code: number, message: string, subcode?: number) => ({
      status: 400,
      answer: { error: { message, type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'AbC' } },
    });
    const { hosts, exchange, refresh } = this.#words;
    const plain = pathname.replace(/^\/v\d+\.\d+/, '');
    if (host === hosts.tokens && method === 'POST' && plain === '/oauth/access_token') {
      if (params.get('client_id') !== this.app.id) return refusal(4_476_002, 'No app ID was sent with the request.');
      const given = this.#codes.get(params.get('code') ?? '');
      const right =
        params.get('client_secret') === this.app.secret && params.get('grant_type') === 'authorization_code';
      if (!right || given?.redirect !== params.get('redirect_uri')) return refusal(100, 'Invalid request.');
      this.#codes.delete(params.get('code') ?? '');
      return { answer: { access_token: this.issue(given?.account ?? '', false), user_id: Number(given?.account) } };
    }
    if (host !== hosts.graph || method !== 'GET') return refusal(100, 'Unsupported request.');
    const known = this.tokens.get(by);
    if (known === undefined || this.#now() >= known.expiresAt)
      return refusal(190, 'Error validating access token: Session has expired.', 463);
    if (plain === '/me') return { answer: { id: known.account, username: `account_${known.account}` } };
    const life = { token_type: 'bearer', expires_in: 60 * DAY };
    if (plain === '/access_token' && params.get('grant_type') === exchange) {
      if (known.long || params.get('client_secret') !== this.app.secret) return refusal(100, 'Invalid request.');
      return { answer: { access_token: this.issue(known.account, true), ...life } };
    }
    if (plain === '/refresh_access_token' && params.get('grant_type') === refresh) {
      if (!known.long || this.#now() < known.issuedAt + DAY) return refusal(100, 'The token can’t be refreshed yet.');
      return { answer: { access_token: this.issue(known.account, true), ...life } };
    }
    return refusal(100, 'Unsupported request.');
  }
}
