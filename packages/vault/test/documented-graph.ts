// A Graph that knows the documented calls alone and answers as the documents print: nothing of ours can leak into what the
// vault relies on. Other calls are refused, and a test may have any call answered in another way.
import { createHash } from 'node:crypto';
import type { Fetch } from '@hallpass/client';
import type { DebugTokenData } from '@hallpass/protocol';

export const DAY = 86_400;

/** A token as its server knows it: what debug_token says of it, and how it was made. */
export interface KnownToken extends Partial<DebugTokenData> {
  /** Once it is dead: why. */
  died?: { code: number; subcode?: number; message: string };
  /** The Pages that /me/accounts lists for it. */
  pages?: string[];
  /** The businesses that /me/businesses lists for it, with what their edges list. */
  businesses?: { id: string; owned_pages: string[]; client_pages: string[] }[];
  /** Pages of these lists that are shown without a token. */
  tokenless?: string[];
  /** The name of its person. */
  name?: string;
}

interface AskedCall {
  method: string;
  path: string;
  params: URLSearchParams;
  /** The token that called. */
  by: string;
}

type Answer = { status?: number; body: unknown; headers?: Record<string, string> };
/** Answers in place of the server: `hang` never does, text is sent as it is. */
type Instead = (call: AskedCall) => Answer | 'hang' | 'down' | undefined;

const refusal = (code: number, message: string, subcode?: number): Answer => ({
  status: 400,
  body: { error: { message, type: 'OAuthException', code, error_subcode: subcode, fbtrace_id: 'AbC' } },
});

export class DocumentedGraph {
  readonly app = { id: '17', secret: '0123456789abcdef' };
  readonly tokens = new Map<string, KnownToken>();
  readonly calls: AskedCall[] = [];
  now: () => number;
  instead: Instead | undefined;
  /** The usage headers of every answer. */
  headers: Record<string, string> = {};
  readonly #codes = new Map<string, { known: KnownToken; redirect: string; challenge: string; used: boolean }>();
  #made = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  /** Makes a token. Its text is returned. */
  issue(known: KnownToken): string {
    const text = `EAADocumented${String(++this.#made).padStart(6, '0')}x${'Q'.repeat(24)}`;
    this.tokens.set(text, { app_id: this.app.id, scopes: ['public_profile', 'pages_show_list'], ...known });
    return text;
  }

  /** The person goes through the dialog and says yes. The address that it returns to has the code and the state. */
  consent(dialog: string, known: KnownToken): URL {
    const asked = new URL(dialog).searchParams;
    const redirect = asked.get('redirect_uri') ?? '';
    const code = `AQ${String(++this.#made).padStart(6, '0')}${'c'.repeat(40)}`;
    const scopes = (asked.get('scope') ?? '').split(',').filter(Boolean);
    const issued = { type: 'USER' as const, scopes: ['public_profile', ...scopes], ...known };
    this.#codes.set(code, { known: issued, redirect, challenge: asked.get('code_challenge') ?? '', used: false });
    const back = new URL(redirect);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    return back;
  }

  kill(text: string, died: NonNullable<KnownToken['died']>): void {
    const known = this.tokens.get(text);
    if (known) known.died = died;
  }

  get fetch(): Fetch {
    return async (url, { method, headers, body }) => {
      const { pathname, searchParams } = new URL(url);
      const params = new URLSearchParams([...searchParams, ...new URLSearchParams(body ?? '')]);
      const by = headers['authorization']?.replace(/^Bearer /, '') ?? params.get('access_token') ?? '';
      const verb = params.get('method')?.toUpperCase() ?? method;
      const answer = this.#handle({ method: verb, path: pathname.replace(/^\/v\d+\.\d+/, '') || '/', params, by });
      if (answer === 'hang') return new Promise(() => undefined);
      if (answer === 'down') throw new TypeError('fetch failed');
      const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
      return new Response(text, { status: answer.status ?? 200, headers: { ...this.headers, ...answer.headers } });
    };
  }

  #handle(call: AskedCall): Answer | 'hang' | 'down' {
    this.calls.push(call);
    const instead = this.instead?.(call);
    if (instead !== undefined) return instead;
    const batch = call.params.get('batch');
    if (call.path === '/' && call.method === 'POST' && batch !== null) return this.#batch(call, batch);
    if (call.method === 'GET' && call.path === '/debug_token') return this.#debug(call);
    if (call.path === '/oauth/access_token' && call.params.has('code')) return this.#redeem(call.params);
    if (call.path === '/oauth/access_token') return this.#exchange(call.params);
    if (call.method === 'GET' && call.path === '/refresh_access_token') return this.#refresh(call.params);
    if (call.method === 'GET' && call.path === '/me/accounts')
      return this.#list(call, (known) => (known.pages ?? []).map((id) => this.#page(id, known)));
    if (call.method === 'GET' && call.path === '/me/businesses')
      return this.#list(call, (known) => (known.businesses ?? []).map(({ id }) => ({ id, name: `Business ${id}` })));
    const [, business, edge] = /^\/(\d+)\/(owned_pages|client_pages)$/.exec(call.path) ?? [];
    if (call.method === 'GET' && (edge === 'owned_pages' || edge === 'client_pages'))
      return this.#list(call, (known) =>
        (known.businesses?.find(({ id }) => id === business)?.[edge] ?? []).map((id) => this.#page(id, known)),
      );
    if (call.method === 'GET') return this.#node(call);
    return refusal(100, 'Unsupported request.');
  }

  #batch({ by }: AskedCall, batch: string): Answer {
    const items = JSON.parse(batch) as { method: string; relative_url: string }[];
    if (items.length > 50) return refusal(1, 'Too many requests in batch message. Maximum batch size is 50');
    return {
      body: items.map(({ method, relative_url }) => {
        const { pathname, searchParams } = new URL(relative_url, 'https://graph.example.com/');
        const answer = this.#handle({ method, path: pathname, params: searchParams, by });
        if (typeof answer === 'string') return null;
        return {
          code: answer.status ?? 200,
          body: typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body),
        };
      }),
    };
  }

  #diedOf({ died, expires_at = 0 }: KnownToken): KnownToken['died'] {
    if (died) return died;
    if (expires_at === 0 || this.now() < expires_at) return undefined;
    const message = 'Error validating access token: Session has expired on a day that is past.';
    return { code: 190, subcode: 463, message };
  }

  #debug({ params, by }: AskedCall): Answer {
    if (by !== `${this.app.id}|${this.app.secret}`) return refusal(190, 'Invalid OAuth access token signature.');
    const known = this.tokens.get(params.get('input_token') ?? '');
    if (known === undefined)
      return {
        body: { data: { is_valid: false, scopes: [], error: { code: 190, message: 'Malformed access token' } } },
      };
    const { died, pages: _, businesses: _businesses, tokenless: _tokenless, name: _name, ...data } = known;
    if (data.app_id !== this.app.id)
      return refusal(100, '(#100) The App_id in the input_token did not match the Viewing App');
    const end = died ?? this.#diedOf(known);
    return { body: { data: { ...data, is_valid: end === undefined, ...(end && { error: end, scopes: [] }) } } };
  }

  #exchange(params: URLSearchParams): Answer {
    if (params.get('client_id') !== this.app.id || params.get('client_secret') !== this.app.secret)
      return refusal(1, 'Error validating client secret.');
    if (params.get('grant_type') !== 'fb_exchange_token') return refusal(100, 'Unsupported grant_type.');
    const known = this.tokens.get(params.get('fb_exchange_token') ?? '');
    const died = known && this.#diedOf(known);
    if (!known || died) return refusal(died?.code ?? 190, died?.message ?? 'Malformed access token', died?.subcode);
    const sixty = 60 * DAY;
    const token = this.issue({ ...known, issued_at: this.now(), expires_at: this.now() + sixty });
    return { body: { access_token: token, token_type: 'bearer', expires_in: sixty } };
  }

  #refresh(params: URLSearchParams): Answer {
    const known = this.tokens.get(params.get('access_token') ?? '');
    const grants = ['ig_refresh_token', 'th_refresh_token'];
    if (!known || !grants.includes(params.get('grant_type') ?? '') || this.#diedOf(known))
      return refusal(190, 'Error validating access token: Session has expired.', 463);
    if (this.now() < (known.issued_at ?? 0) + DAY) return refusal(4_476_002, 'The token is not 24 hours old.');
    const token = this.issue({ ...known, issued_at: this.now(), expires_at: this.now() + 60 * DAY });
    return { body: { access_token: token, token_type: 'bearer', expires_in: 60 * DAY } };
  }

  #redeem(params: URLSearchParams): Answer {
    if (params.get('client_id') !== this.app.id || params.get('client_secret') !== this.app.secret)
      return refusal(1, 'Error validating client secret.');
    const given = this.#codes.get(params.get('code') ?? '');
    if (!given) return refusal(100, 'Invalid verification code format.');
    if (given.used) return refusal(100, 'This authorization code has been used.', 36009);
    if (given.redirect !== params.get('redirect_uri'))
      return refusal(100, 'Error validating verification code.', 36008);
    const hash = createHash('sha256')
      .update(params.get('code_verifier') ?? '')
      .digest('base64url');
    if (given.challenge !== '' && hash !== given.challenge) return refusal(1, 'Code challenge does not match.');
    given.used = true;
    const token = this.issue({ ...given.known, expires_at: this.now() + 2 * 3600 });
    return { body: { access_token: token, token_type: 'bearer', expires_in: 2 * 3600 } };
  }

  /** Two at a time, so that lists have pages. The address of the next one carries the token, as it does there. */
  #list({ path, params, by }: AskedCall, itemsOf: (known: KnownToken) => { id: string }[]): Answer {
    const known = this.tokens.get(by);
    const died = known && this.#diedOf(known);
    if (!known || died) return refusal(190, died?.message ?? 'Malformed access token', died?.subcode);
    const all = itemsOf(known);
    const from = Number(params.get('after') ?? 0);
    const next = from + 2 < all.length;
    return {
      body: {
        data: all.slice(from, from + 2),
        paging: {
          cursors: { before: String(from), after: String(from + 2) },
          ...(next && { next: `https://graph.example.com${path}?access_token=${by}&limit=2&after=${from + 2}` }),
        },
      },
    };
  }

  #page(id: string, { user_id, scopes, tokenless }: KnownToken) {
    if (tokenless?.includes(id)) return { id, name: `Page ${id}`, tasks: [] };
    const token = this.issue({
      type: 'PAGE',
      profile_id: id,
      expires_at: 0,
      data_access_expires_at: 0,
      ...(user_id !== undefined && { user_id }),
      ...(scopes && { scopes }),
    });
    return { id, name: `Page ${id}`, access_token: token, tasks: ['MANAGE'] };
  }

  #node({ path, by }: AskedCall): Answer {
    const known = this.tokens.get(by);
    const died = known && this.#diedOf(known);
    if (!known || died) return refusal(190, died?.message ?? 'Malformed access token', died?.subcode);
    const id = path.slice(1);
    if (id === 'me')
      return { body: { id: known.profile_id ?? known.user_id ?? '', name: known.name ?? `Person ${known.user_id}` } };
    const listed = [
      known.pages,
      ...(known.businesses ?? []).flatMap((one) => [one.owned_pages, one.client_pages]),
    ].flat();
    return listed.includes(id)
      ? { body: this.#page(id, known) }
      : refusal(100, `Unsupported get request. Object with ID '${id}' does not exist.`, 33);
  }
}
