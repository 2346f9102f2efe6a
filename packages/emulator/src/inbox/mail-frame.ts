// The document of a mail, as a page of the console shows it in a frame: no script runs in it, nothing is loaded for it, and
// it belongs to no origin, so that it reaches neither the page around it nor the server.
import type { HttpResponse } from '@hallpass/server';
import type { ReceivedMail } from './inbox.ts';

/** Links open in a tab of their own. */
const base = '<base target="_blank">';

export function mailFrame({ html = '' }: Pick<ReceivedMail, 'html'>): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        'img-src data:',
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        'sandbox allow-popups allow-popups-to-escape-sandbox',
      ].join('; '),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    },
    body: `<!doctype html><meta name="referrer" content="no-referrer">${base}${html}`,
  };
}
