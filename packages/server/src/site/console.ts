// The console serves developers and businesses: one document and its files, built beforehand. All that they show they
// ask of the Graph (decision 0021); the server only sends them, under a content-security-policy with a new nonce for
// each answer.
import type { HttpResponse } from '../wire/answer.ts';
import { html, newNonce, notFoundPage } from './answers.ts';
import { compressedFile } from './compressed.ts';
import type { SiteRequest } from './site-request.ts';
import { paths } from './paths.ts';

const YEAR = 365 * 86_400;

const isEmulator = ({ installation }: SiteRequest): boolean => installation.world.demo !== undefined;

function policy(ask: SiteRequest, nonce: string): string {
  const graph = ask.addresses.graph === ask.base ? '' : ` ${ask.addresses.graph}`;
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${graph}`,
    // Mails of an emulator are shown in frames.
    ...(isEmulator(ask) ? ["frame-src 'self'"] : []),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}

/** The Explorer opens the dialog in a window and hears from it; the page where the dialog answers has to see its opener. */
const openerPolicy = ({ incoming }: SiteRequest): string =>
  incoming.path === paths.explorerReturn ? 'unsafe-none' : 'same-origin-allow-popups';

/** The document of every page of the console; a page of its own says so where the console was not built. */
export function consoleShown(ask: SiteRequest): HttpResponse {
  const { console: files, random } = ask.installation.world;
  if (!files) return notFoundPage(ask);
  const nonce = newNonce(random);
  return html(ask, files.html(nonce), {
    headers: { 'content-security-policy': policy(ask, nonce), 'cross-origin-opener-policy': openerPolicy(ask) },
  });
}

/** A page about the emulator itself: its clock, its faults, its mails. */
export const emulatorPageShown = (ask: SiteRequest): HttpResponse =>
  isEmulator(ask) ? consoleShown(ask) : notFoundPage(ask);

/** A script or style of the console. Its name changes with its content, so browsers may keep it permanently. */
export function consoleFileSent(ask: SiteRequest): HttpResponse {
  const { console: files } = ask.installation.world;
  const found = files?.assets.get(ask.incoming.path.slice(`${paths.console}/`.length));
  if (!found) return notFoundPage(ask);
  return compressedFile(ask, found.type, found, YEAR, {
    'cache-control': `public, max-age=${YEAR}, immutable`,
  });
}
