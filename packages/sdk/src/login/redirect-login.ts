// A page that opens no window is left for the dialog, and comes back with the answer in its address. Such an answer counts
// only with the state that this tab sent along, and is taken out of the address before anything else is done.
import type { WireAnswer } from '../session/auth-response.ts';
import { newName } from './dialog-window.ts';
import { complain } from '../page/log.ts';
import { settings } from '../page/settings.ts';

const storedName = (): string => `fbls_${settings()?.appId ?? ''}`;

/** @param options `redirect_uri` is another page to come back to; it must be registered, as this one must */
export function goToDialog(
  addressFor: (answerAt: { redirect_uri: string; state: string }) => string,
  options: ReadonlyMap<string, unknown>,
): void {
  const state = newName();
  const asked = options.get('redirect_uri');
  const redirect = typeof asked === 'string' ? asked : location.origin + location.pathname + location.search;
  try {
    sessionStorage.setItem(storedName(), state);
  } catch {
    return complain('FB.login() cannot leave the page: the browser stores nothing for it.');
  }
  location.assign(addressFor({ redirect_uri: redirect, state }));
}

const answerNames: readonly string[] = ['error', 'error_code', 'error_description', 'error_reason', 'state', 'code'];

/** Takes the answer out of the address. @returns undefined where there is none that this tab asked for */
export function answerInAddress(): WireAnswer | undefined {
  let expected: string | null = null;
  try {
    expected = sessionStorage.getItem(storedName());
  } catch {
    return undefined;
  }
  const query = new URLSearchParams(location.search);
  const answer = new Map([...query, ...new URLSearchParams(location.hash.slice(1))]);
  if (expected === null || answer.get('state') !== expected) return undefined;
  sessionStorage.removeItem(storedName());
  const inQuery = query.get('state') === expected;
  if (inQuery) for (const name of answerNames) query.delete(name);
  const rest = query.toString();
  const search = inQuery ? (rest === '' ? '' : `?${rest}`) : location.search;
  history.replaceState(history.state, '', location.pathname + search);
  return answer;
}
