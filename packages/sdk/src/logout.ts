// FB.logout logs the person out of the page and of the platform. Source: FB.logout of the documentation, section 6.5 of the
// protocol reference.
import { becomeNobody, nobody } from './identity.ts';
import { callBack, complain, isFunction } from './log.ts';
import { server } from './server.ts';
import { authResponse } from './session.ts';
import { settings } from './settings.ts';

/** @param callback is told when the platform has answered, or cannot be reached */
export function logout(callback?: unknown): void {
  if (!settings()) return complain('FB.logout() called before FB.init().');
  const token = authResponse()?.accessToken;
  if (token === undefined) complain('FB.logout() called without an access token.');
  becomeNobody();
  const body = new URLSearchParams({ access_token: token ?? '' });
  const sent =
    token === undefined
      ? Promise.resolve()
      : fetch(`${server.www}/x/oauth/logout`, { method: 'POST', body, credentials: 'include', keepalive: true });
  const done = (): void => callBack(isFunction(callback) ? callback : undefined, nobody);
  sent.then(done, done);
}
