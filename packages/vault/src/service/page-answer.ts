// Every page goes out with headers that let nothing in: no script, no frame, nothing from elsewhere, nothing kept
// (threats WP-01).
import { outcome, type OutcomeProps } from '@hallpass/pages';
import type { Vault } from '../vault.ts';

/** @param formsTo origins, beside our own, to which forms of the page may lead in the end */
export function pageAnswer(vault: Vault, status: number, document: string, formsTo: readonly string[] = []): Response {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    `form-action ${["'self'", ...formsTo].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return documentAnswer(vault, status, document, policy);
}

/** A document with the headers that every page has. @param policy the content-security-policy that it runs under */
export function documentAnswer({ parts }: Vault, status: number, document: string, policy: string): Response {
  const secure = parts.settings.publicUrl.startsWith('https:');
  return new Response(document, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=()',
      ...(secure && { 'strict-transport-security': 'max-age=31536000' }),
    },
  });
}

export const outcomePage = (vault: Vault, status: number, props: Omit<OutcomeProps, 'platform'>): Response =>
  pageAnswer(vault, status, outcome({ platform: { name: vault.parts.settings.name }, ...props }));
