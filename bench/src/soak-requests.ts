// The soak run mixes everything into each minute: calls as clients make them, and calls as somebody makes them who
// means harm.
import { app, redirect } from './cast.ts';

export interface SoakRequest {
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body: string;
}

const get = (path: string, headers: Record<string, string> = {}): SoakRequest => ({
  method: 'GET',
  path,
  headers,
  body: '',
});
const form = (path: string, values: Record<string, string>): SoakRequest => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(values).toString(),
});
const json = (path: string, value: unknown): SoakRequest => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** A text that says the same again and again. */
const filled = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length)).slice(0, length);
const pages = Array.from({ length: 25 }, (_, i) => String(3001 + i)).join(',');

/** Requests of everyday use. */
function plain(token: string): SoakRequest[] {
  const client = { client_id: app.id, client_secret: app.secret };
  return [
    get(`/v25.0/me?fields=id,name&access_token=${token}`),
    get(`/v25.0/me/accounts?limit=25&access_token=${token}`),
    get(`/v25.0/me?fields=id,name,accounts.limit(10){name,feed.limit(5){message}}&access_token=${token}`),
    get(`/v25.0/?ids=${pages}&fields=name&access_token=${token}`),
    get(`/v25.0/debug_token?input_token=${token}&access_token=${app.id}%7C${app.secret}`),
    form('/v25.0/oauth/access_token', { grant_type: 'client_credentials', ...client }),
    form('/v25.0/oauth/access_token', { grant_type: 'fb_exchange_token', ...client, fb_exchange_token: token }),
    json('/v25.0/', {
      access_token: token,
      include_headers: false,
      batch: Array.from({ length: 20 }, () => ({ method: 'GET', relative_url: 'me' })),
    }),
    get(`/v25.0/dialog/oauth?client_id=${app.id}&redirect_uri=${encodeURIComponent(redirect)}&state=x`),
    get('/.well-known/openid-configuration'),
  ];
}

/** Requests that ask for too much, or are made to be misread. */
function hostile(token: string): SoakRequest[] {
  const posted = (text: string) => ({ method: 'POST', relative_url: 'me', body: text });
  const wide = Array.from({ length: 14 }, () => posted(`x=${filled('{result=a:$..z}', 64_000)}`));
  return [
    json('/v25.0/', { access_token: token, batch: [{ name: 'a', relative_url: `?ids=${pages}&metadata=1` }, ...wide] }),
    json('/v25.0/', { batch: Array.from({ length: 15 }, () => posted(filled('{result=:$:$:$', 64_000))) }),
    get(`/v25.0/me?fields=accounts.limit(100){feed.limit(100){${filled('id,', 2997)}id}}&access_token=${token}`),
    form('/v25.0/me', { method: 'get', access_token: token, fields: filled('accounts{', 60_000) }),
    get(`/v25.0/me/accounts?after=AAZDZD&access_token=${token}`),
    get(`/v25.0/${'9'.repeat(400)}?access_token=${token}`),
    form('/v25.0/oauth/access_token', {
      grant_type: '\0',
      client_id: '9223372036854775808',
      client_secret: filled('\ud83d\ude00', 2000),
    }),
    form('/v25.0/oauth/access_token', {
      client_id: app.id,
      client_secret: filled('x', 60_000),
      code: filled('%', 60_000),
      redirect_uri: 'a',
    }),
    get(`/v25.0/debug_token?input_token=${filled('EAA', 4000)}&access_token=${app.id}%7Cwrong`),
    { ...json('/v25.0/me', null), body: filled('[', 100_000) },
    {
      ...json('/v25.0/me', null),
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
      body: filled('--b\r\n', 100_000),
    },
    get('/login', { cookie: filled('__Host-hp_session=a;', 8000) }),
    get(`/v25.0/dialog/oauth?${filled('scope=a%20b&', 12_000)}`),
    get(`/v25.0/dialog/oauth?client_id=${app.id}&redirect_uri=${filled('%2F', 6000)}&scope=${filled('a,', 4000)}`),
    get(`/${filled('a/', 8000)}`),
    form('/login', { email: '\0', password: filled('x', 60_000) }),
  ];
}

/** All of them, in the order in which they are sent: every second one is hostile. */
export function soakRequests(token: string): SoakRequest[] {
  const [good, bad] = [plain(token), hostile(token)];
  return Array.from({ length: good.length * bad.length }, (_, i) => [
    good[i % good.length] as SoakRequest,
    bad[i % bad.length] as SoakRequest,
  ]).flat();
}
