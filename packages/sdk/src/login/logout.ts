// FB.logout logs the person out of the page and of the platform. Source: FB.logout of the documentation, section 6.5 of the
// protocol reference.
import { becomeNobody, nobody } from '../session/identity.ts';
import { tell, complain, isFunction } from '../page/log.ts';
import { server } from '../page/server.ts';
import { authResponse } from '../session/session.ts';
import { settings } from '../page/settings.ts';

async function tellPlatform(token: string): Promise<void> {
  const body = new URLSearchParams({ access_token: token });
  try {
    await (
      await fetch(`${server.www}/x/oauth/logout`, { method: 'POST', body, credentials: 'include', keepalive: true })
    ).text();
  } catch {
    // The platform cannot be reached: nobody is logged in on this page all the same.
  }
}

/** @param callback is told when the platform has answered, or cannot be reached */
export async function logout(callback?: unknown): Promise<void> {
  if (!settings()) return complain('FB.logout() called before FB.init().');
  const token = authResponse()?.accessToken;
  if (token === undefined) complain('FB.logout() called without an access token.');
  becomeNobody();
  if (token !== undefined) await tellPlatform(token);
  tell(isFunction(callback) ? callback : undefined, nobody);
}
