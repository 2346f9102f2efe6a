// A page that asks for cookies gets three of its own site: `fbsr_` with the signed request, for its server; `fbm_`, which
// says for which domain; and `fblo_` after a log-out. None of them is read to find out who somebody is: any sub-domain
// may have written it. Source: section 6.3 of the protocol reference.
import { settings } from './settings.ts';

const YEAR = 365 * 86_400;

const nameOf = (kind: 'fbsr' | 'fbm' | 'fblo'): string => `${kind}_${settings()?.appId ?? ''}`;

function read(name: string): string | undefined {
  const found = document.cookie.split('; ').find((part) => part.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

function write(name: string, value: string, seconds: number | undefined, domain = baseDomain()): void {
  const secure = location.protocol === 'https:' ? '; SameSite=None; Secure' : '; SameSite=Lax';
  const age = seconds === undefined ? '' : `; Max-Age=${Math.max(0, Math.floor(seconds))}`;
  document.cookie = `${name}=${value}; Path=/${domain === '' ? '' : `; Domain=${domain}`}${age}${secure}`;
}

/** Empty where the app has no domain of its own: the cookies are for this host then. */
const domainForm = /^base_domain=(\.[a-z0-9.-]{1,253})$/i;
const baseDomain = (): string => domainForm.exec(read(nameOf('fbm')) ?? '')?.[1] ?? '';

/** @param expiresIn seconds; 0 is until the browser ends @param domain the domain of the app, e.g. `.example.com` */
export function keepSignedRequest(signedRequest: string | undefined, expiresIn: number, domain = ''): void {
  if (!settings()?.cookie) return;
  write(nameOf('fbm'), `base_domain=${domain}`, YEAR, domain);
  if (signedRequest !== undefined) write(nameOf('fbsr'), signedRequest, expiresIn > 0 ? expiresIn : undefined, domain);
  write(nameOf('fblo'), '', 0);
}

export function forgetSignedRequest(): void {
  if (settings()?.cookie) write(nameOf('fbsr'), '', 0);
}

/** Remembers that the person logged out here, or refused. */
export function noteLoggedOut(): void {
  if (settings()?.cookie) write(nameOf('fblo'), 'y', YEAR);
}

export const loggedOutHere = (): boolean => settings()?.cookie === true && read(nameOf('fblo')) === 'y';
