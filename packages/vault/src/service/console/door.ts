// The door of the console: its pages make the calls of the REST interface below `/console`, with the cookie of a session
// in the place of a key (decision 0028). A page of another origin cannot: the browser says where a request comes from, and
// sends the cookie to this site alone. Below `/v1` no cookie is looked at.
import { isFromOwnPage, parseJson, shape } from '@hallpass/protocol';
import { type Context, Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Vault } from '../../vault.ts';
import { ServiceRefusal } from '../refusal-answer.ts';
import { beginSession, callerOfSession, endSession, SESSION_LIFE, type SessionCaller } from './sessions.ts';

const COOKIE = '__Host-hp_vault';
/** Letters of the body of a sign-in: a key has fewer than a hundred. */
const LONGEST_SIGN_IN = 1000;

const signIn = shape.object<{ key: string }>({ key: shape.text });
const noStore = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

const cookieLine = (value: string, age: number): string =>
  `${COOKIE}=${value}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=${age}`;

/** @throws ServiceRefusal `not_our_page` */
function requireOwnPage({ parts }: Vault, request: Request): void {
  const { publicUrl } = parts.settings;
  const { origin } = new URL(request.url);
  const ours = publicUrl === '' ? [origin] : [origin, publicUrl];
  if (!isFromOwnPage(Object.fromEntries(request.headers), ours)) throw new ServiceRefusal('not_our_page');
}

/** The caller of a page of the console. @throws ServiceRefusal `not_our_page`, `no_session`, VaultSealed */
export function consoleCaller(vault: Vault, context: Context): Promise<SessionCaller> {
  requireOwnPage(vault, context.req.raw);
  vault.parts.keys.requireOpen();
  return callerOfSession(vault.parts, getCookie(context, COOKIE));
}

/** The routes by which a browser signs in, asks who it is, and signs out. */
export function consoleDoor(vault: Vault): Hono {
  const { parts } = vault;
  const app = new Hono();

  app.get('/console/session', async (context) => {
    const { session } = await consoleCaller(vault, context);
    return Response.json(session, { headers: noStore });
  });

  app.post('/console/session', async (context) => {
    requireOwnPage(vault, context.req.raw);
    parts.keys.requireOpen();
    if (Number(context.req.header('content-length') ?? 0) > LONGEST_SIGN_IN) throw new ServiceRefusal('no_session');
    const given = parseJson(signIn, (await context.req.text()).slice(0, LONGEST_SIGN_IN));
    const value = await beginSession(parts, given?.key.trim() ?? '');
    const { session } = await callerOfSession(parts, value);
    return Response.json(session, { headers: { ...noStore, 'set-cookie': cookieLine(value, SESSION_LIFE) } });
  });

  app.delete('/console/session', async (context) => {
    requireOwnPage(vault, context.req.raw);
    await endSession(parts, getCookie(context, COOKIE));
    return Response.json({ ended: true }, { headers: { ...noStore, 'set-cookie': cookieLine('', 0) } });
  });
  return app;
}
