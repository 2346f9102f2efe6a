// The console of a vault: one document and its files, built beforehand and handed in by whoever serves. All that they show
// they ask of the door beside them; here they are only sent, under a content-security-policy with a new nonce for each
// answer (threats WP-01).
import { Hono } from 'hono';
import type { Vault } from '../../vault.ts';
import { documentAnswer } from '../page-answer.ts';

/** The files of the console, as a build has left them. */
export interface ConsoleFiles {
  /** The document of every page; `nonce` is what its scripts and styles carry. */
  html(nonce: string): string;
  /** By path below `/console/`. Names change with the content, so they may be kept for good. */
  assets: ReadonlyMap<string, { type: string; body: Uint8Array; brotli?: Uint8Array }>;
}

const policyWith = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');

/** The routes of the documents and files; none where the console was not built. */
export function consoleFileRoutes(vault: Vault, files: ConsoleFiles | undefined): Hono {
  const app = new Hono();
  if (files === undefined) return app;
  const { random } = vault.parts.world;

  app.get('/console/assets/:name', (context, next) => {
    const found = files.assets.get(`assets/${context.req.param('name')}`);
    if (found === undefined) return next();
    const pressed = /\bbr\b/.test(context.req.header('accept-encoding') ?? '') ? found.brotli : undefined;
    const body = Uint8Array.from(pressed ?? found.body);
    return Promise.resolve(
      new Response(body, {
        headers: {
          'content-type': found.type,
          'content-length': String(body.byteLength),
          'cache-control': 'public, max-age=31536000, immutable',
          'x-content-type-options': 'nosniff',
          vary: 'Accept-Encoding',
          ...(pressed && { 'content-encoding': 'br' }),
        },
      }),
    );
  });

  app.get('/console/*', () => {
    const nonce = Buffer.from(random.bytes(16)).toString('base64url');
    return documentAnswer(vault, 200, files.html(nonce), policyWith(nonce));
  });
  return app;
}
