// These checks tell whether a form that arrives is one that we showed, to this very browser and session, and was sent
// by our own page (invariant I-12; threats WP-03, WP-04, DL-04).
import { keyedHashText, sameText } from '../hash.ts';
import type { Installation } from '../installation/installation.ts';

/**
 * The token of a form.
 * @param holder who it was shown to: the hash of the session's cookie, or of the browser's where nobody is logged in
 * @param about the interaction it belongs to, empty for forms of the site
 */
export function formToken({ keys }: Pick<Installation, 'keys'>, holder: string, about = ''): string {
  return keyedHashText(keys.csrf, `${holder}|${about}`);
}

export function isFormToken(
  installation: Pick<Installation, 'keys'>,
  presented: string | undefined,
  holder: string,
  about = '',
): boolean {
  return (
    presented !== undefined && sameText(installation.keys.compare, presented, formToken(installation, holder, about))
  );
}

/**
 * True when a request was sent by a page of ours, as far as the browser says. Our pages send no Referer, and for that
 * reason browsers send `Origin: null` with their forms; Sec-Fetch-Site then tells ours from others. Programs that send
 * neither header are left to the form's token.
 */
export function fromOurPages(headers: Readonly<Record<string, string>>, origins: readonly string[]): boolean {
  const site = headers['sec-fetch-site'];
  const origin = headers.origin;
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin === undefined) return true;
  return origin === 'null' ? site === 'same-origin' : origins.includes(origin);
}
